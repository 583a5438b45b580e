/** Handlers of the calculator's returns. */
import type { returnsCatalogue } from '../../src/capabilities/calculator/returns';
import { annualise } from '../../src/services/annualise';
import type { HandlersOf } from '../agent';
import { numberOf } from './numbers';

export const returnsHandlers: HandlersOf<keyof typeof returnsCatalogue> = {
  'calc.annualise': async ({ total_return, days, periods, periods_per_year }) => ({
    result: annualise(Number(total_return), {
      days,
      periods: numberOf(periods),
      periods_per_year: numberOf(periods_per_year),
    }),
  }),
};
