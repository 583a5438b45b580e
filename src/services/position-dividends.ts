/** What a security paid over a window: exact, in its own currency and in base at the rate of the day of each payment. */
import type { DailyValue } from './daily-values';
import { dayIndex } from './day-index';
import { moneyPlaces, ratePlaces } from './decimal';
import { amountPlaces, divideFixed, fixedText, parseFixed, powerOfTen } from './fixed';
import { majorUnit } from './fx';
import type { PositionFlow } from './position-history';

export interface PositionDividends {
  /** Less withheld tax; `null`: some were paid in another currency. */
  local: string | null;
  /** `null`: there was no rate on the day of a payment. */
  base: string | null;
}

/** @param values the opening, whose day does not count, and the days of the window */
export function positionDividends(
  flows: readonly PositionFlow[],
  security: { id: string; currency: string },
  values: readonly DailyValue[],
): PositionDividends {
  const dayOf = dayIndex(values.map(({ date }) => date));
  let local: bigint | null = 0n;
  let base: bigint | null = 0n;
  for (const { date, security_id, currency, income } of flows) {
    const day = dayOf(date);
    if (security_id !== security.id || day === null || day === 0) continue;
    const { major, perMajor } = majorUnit(currency);
    const amount = divideFixed(parseFixed(income), BigInt(perMajor));
    if (amount === 0n) continue;
    local = local === null || major !== security.currency ? null : local + amount;
    const rate = values[day]?.buckets.get(major)?.rate;
    base = base === null || rate === undefined ? null : base + amount * rate;
  }
  return {
    local: local === null ? null : rounded(local, amountPlaces),
    base: base === null ? null : rounded(base, amountPlaces + ratePlaces),
  };
}

function rounded(amount: bigint, places: number): string {
  return fixedText(divideFixed(amount, powerOfTen(places - moneyPlaces)), moneyPlaces);
}
