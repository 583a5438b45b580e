/** Handlers of the calculator's returns. */
import type { returnsCatalogue } from '../../src/capabilities/calculator/returns';
import { annualise } from '../../src/services/annualise';
import { moneyWeightedReturn } from '../../src/services/money-weighted-return';
import { type TimeWeightedReturn, timeWeightedReturn } from '../../src/services/returns';
import type { HandlersOf } from '../agent';
import { attributionHandlers } from './attribution';
import { numbersOf } from './numbers';
import { checkFlowDates, checkNotNegative, checkPositive, checkRising } from './returns-checks';

export const returnsHandlers: HandlersOf<keyof typeof returnsCatalogue> = {
  'calc.annualise': async ({ total_return, ...given }) => {
    const { total_return: total, ...duration } = numbersOf({ total_return, ...given });
    checkNotNegative('/days', duration.days);
    checkNotNegative('/periods', duration.periods);
    checkPositive('/periods_per_year', duration.periods_per_year);
    const result = annualise(total, duration);
    const reason = result.reasons['annualised'];
    return { result: { ...result, ...(reason !== undefined && { reason }) } };
  },

  'calc.time_weighted_return': async ({ values, flow_timing }) => {
    checkRising('/values', values);
    const points = values.map(({ date, ...given }, index) => {
      const place = `/values/${String(index)}`;
      const figures = numbersOf(given);
      checkNotNegative(`${place}/inflow`, figures.inflow);
      checkNotNegative(`${place}/outflow`, figures.outflow);
      return { date, ...figures };
    });
    return { result: withCalculatorCodes(timeWeightedReturn(points, flow_timing)) };
  },

  'calc.money_weighted_return': async ({ cash_flows, opening_value, final_value, day_count }) => {
    const amountOf = ({ date, amount }: { date: string; amount: number | string }) => ({
      date,
      amount: Number(amount),
    });
    const valuations = {
      opening:
        typeof opening_value === 'object'
          ? amountOf(opening_value)
          : opening_value === undefined
            ? undefined
            : { amount: Number(opening_value) },
      final: final_value && amountOf(final_value),
    };
    const flows = cash_flows.map(amountOf);
    checkFlowDates(flows, valuations);
    return { result: moneyWeightedReturn(flows, valuations, day_count) };
  },

  ...attributionHandlers,
};

/** A loss of more than everything has no rate above −1; the calculator has one code for that. */
function withCalculatorCodes(result: TimeWeightedReturn): TimeWeightedReturn {
  const codeOf = (code: string) => (code === 'TOTAL_LOSS' ? 'NO_ROOT' : code);
  return {
    ...result,
    sub_periods: result.sub_periods.map(({ reason, ...period }) => ({
      ...period,
      ...(reason !== undefined && { reason: codeOf(reason) }),
    })),
    warnings: result.warnings.map(({ date, code }) => ({ date, code: codeOf(code) })),
    reasons: Object.fromEntries(Object.entries(result.reasons).map(([field, code]) => [field, codeOf(code)])),
  };
}
