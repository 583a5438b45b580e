/** The agent `calculator`: measures on the numbers it is given. */
import { annualise } from '../src/services/annualise';
import { defineAgent } from './agent';

export const calculator = defineAgent('calculator', ['calc.annualise'], (_services: unknown) => ({
  'calc.annualise': async ({ total_return, days, periods, periods_per_year }) => ({
    result: annualise(Number(total_return), {
      days,
      periods: numberOf(periods),
      periods_per_year: numberOf(periods_per_year),
    }),
  }),
}));

function numberOf(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
