/** A total return as a yearly rate. */
import type { ReasonCodes } from './holdings';

export const annualiseByDays = '(1 + R)^(365/days) − 1';
export const annualiseByPeriods = '(1 + R)^(periods_per_year/periods) − 1';

export interface Annualised {
  annualised: number | null;
  convention: string;
  reasons: ReasonCodes;
}

/** How long the return took: calendar days, or a number of periods of which a year has so many. */
export interface Duration {
  days?: number | undefined;
  periods?: number | undefined;
  periods_per_year?: number | undefined;
}

/**
 * (1 + R)^(365/days) − 1 or (1 + R)^(P/n) − 1; `days` wins where both are given. A fraction per year.
 * Not available: `ONE_DATE` for no time at all, `MISSING_INPUT` without a duration, `NO_ROOT` where no yearly rate above
 * −1 gives the total (a loss of more than everything) or it is larger than a double holds.
 */
export function annualise(totalReturn: number, { days, periods, periods_per_year }: Duration): Annualised {
  const convention = days === undefined && periods !== undefined ? annualiseByPeriods : annualiseByDays;
  const notAvailable = (code: string): Annualised => ({
    annualised: null,
    convention,
    reasons: { annualised: code },
  });
  const years = days === undefined ? ratio(periods, periods_per_year) : days / 365;
  if (years === null) return notAvailable('MISSING_INPUT');
  if (years <= 0) return notAvailable('ONE_DATE');
  if (totalReturn < -1) return notAvailable('NO_ROOT');
  const annualised = totalReturn === -1 ? -1 : Math.expm1(Math.log1p(totalReturn) / years);
  return Number.isFinite(annualised) ? { annualised, convention, reasons: {} } : notAvailable('NO_ROOT');
}

function ratio(periods: number | undefined, perYear: number | undefined): number | null {
  return periods === undefined || perYear === undefined || perYear <= 0 ? null : periods / perYear;
}
