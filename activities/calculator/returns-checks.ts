/** What a schema cannot say of the arguments of the calculator's returns. Each throws EngineError ARGS_INVALID. */
import { EngineError } from '../../src/contract/errors';
import type { Valuations } from '../../src/services/money-weighted-return';

export function refuse(pointer: string, message: string): never {
  throw new EngineError('ARGS_INVALID', `${pointer} ${message}`, { pointer });
}

export function checkNotNegative(pointer: string, value: number | undefined): void {
  if (value !== undefined && value < 0)
    refuse(pointer, `is ${String(value)}; give a size of 0 or more, not a signed amount.`);
}

export function checkPositive(pointer: string, value: number | undefined): void {
  if (value !== undefined && value <= 0) refuse(pointer, `is ${String(value)}; give a number above 0.`);
}

/** Each day once, in order: the return between two rows depends on which comes first. */
export function checkRising(pointer: string, rows: readonly { date: string }[]): void {
  for (let index = 1; index < rows.length; index++) {
    const [before, { date }] = [rows[index - 1]?.date as string, rows[index] as { date: string }];
    if (date > before) continue;
    const place = `${pointer}/${String(index)}/date`;
    if (date === before) refuse(place, `is ${date} again; give one row for each day.`);
    refuse(place, `is ${date}, after ${before}; put the rows in the order of their dates.`);
  }
}

/** No flow lies outside the period between the valuations. */
export function checkFlowDates(flows: readonly { date: string }[], { opening, final }: Valuations): void {
  for (const [index, { date }] of flows.entries()) {
    const place = `/cash_flows/${String(index)}/date`;
    if (final && date > final.date)
      refuse(place, `is ${date}, after the final value of ${final.date}; leave the flow out or value later.`);
    if (opening?.date !== undefined && date < opening.date)
      refuse(
        place,
        `is ${date}, before the opening value of ${opening.date}; leave it out or value earlier.`,
      );
  }
  if (final && opening?.date !== undefined && final.date < opening.date)
    refuse('/final_value/date', `is ${final.date}, before the opening value of ${opening.date}.`);
}
