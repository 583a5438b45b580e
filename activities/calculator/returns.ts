/** Handlers of the calculator's returns. */
import type { returnsCatalogue } from '../../src/capabilities/calculator/returns';
import { annualise } from '../../src/services/annualise';
import { moneyWeightedReturn } from '../../src/services/money-weighted-return';
import { type TimeWeightedReturn, timeWeightedReturn } from '../../src/services/returns';
import type { HandlersOf } from '../agent';
import { attributionHandlers } from './attribution';
import { numberOf } from './numbers';
import { checkFlowDates, checkNotNegative, checkPositive, checkRising } from './returns-checks';

export const returnsHandlers: HandlersOf<keyof typeof returnsCatalogue> = {
  'calc.annualise': async ({ total_return, days, periods, periods_per_year }) => {
    const duration = {
      days: numberOf(days),
      periods: numberOf(periods),
      periods_per_year: numberOf(periods_per_year),
    };
    checkNotNegative('/days', duration.days);
    checkNotNegative('/periods', duration.periods);
    checkPositive('/periods_per_year', duration.periods_per_year);
    const result = annualise(Number(total_return), duration);
    const reason = result.reasons['annualised'];
    return { result: { ...result, ...(reason !== undefined && { reason }) } };
  },

  'calc.time_weighted_return': async ({ values, flow_timing }) => {
    checkRising('/values', values);
    const points = values.map(({ date, value, inflow = 0, outflow = 0, value_before_flow }, index) => {
      checkNotNegative(`/values/${String(index)}/inflow`, Number(inflow));
      checkNotNegative(`/values/${String(index)}/outflow`, Number(outflow));
      return {
        date,
        value: Number(value),
        inflow: Number(inflow),
        outflow: Number(outflow),
        ...(value_before_flow !== undefined && { value_before_flow: Number(value_before_flow) }),
      };
    });
    return { result: withCalculatorCodes(timeWeightedReturn(points, flow_timing)) };
  },

  'calc.money_weighted_return': async ({ cash_flows, opening_value, final_value, day_count }) => {
    const amountOf = ({ date, amount }: { date: string; amount: number | string }) => ({
      date,
      amount: Number(amount),
    });
    const opening = typeof opening_value === 'object' ? amountOf(opening_value) : numberOf(opening_value);
    const valuations = {
      opening: typeof opening === 'number' ? { amount: opening } : opening,
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
