/** Formulas of dividends over fiscal years. What a company pays is the absolute amount of its cash flow statement. */
import { type Derived, figure, mostYears, ofNewest, overYears } from './fundamentals-read';
import type { FiscalYear } from './fundamentals-years';

/** Mean of dividends over net income. A year with a loss has no payout, and none of the others stands for it. */
export function payoutRatio(years: readonly FiscalYear[]): Derived {
  const used = years.slice(0, mostYears);
  if (used.every((year) => paid(year) === 0)) return { value: null, reason: 'NO_DIVIDENDS', used };
  return overYears(years, (year) => {
    const [dividends, income] = [paid(year), figure(year, 'net_income')];
    if (dividends === null || income === null) return 'NOT_GIVEN';
    return income <= 0 ? 'LOSS_YEAR' : dividends / income;
  });
}

/** Free cash flow over dividends in the newest year. */
export function fcfCoverage(years: readonly FiscalYear[]): Derived {
  return ofNewest(years, (year) => {
    const [free, dividends] = [figure(year, 'free_cash_flow'), paid(year)];
    if (free === null || dividends === null) return 'NOT_GIVEN';
    return dividends === 0 ? 'NO_DIVIDENDS' : free / dividends;
  });
}

/** Years in a row, up to the newest, in which more was paid than in the year before. */
export function dividendGrowthStreak(years: readonly FiscalYear[]): Derived {
  const known = years.findIndex((year) => paid(year) === null);
  const used = known < 0 ? years : years.slice(0, known);
  if (used.length === 0) return { value: null, reason: 'NOT_GIVEN', used: years.slice(0, 1) };
  if (used.every((year) => paid(year) === 0)) return { value: null, reason: 'NO_DIVIDENDS', used };
  if (used.length < 2) return { value: null, reason: 'TOO_FEW_YEARS', used, observations: 0 };
  const changed = used.some(({ currency }) => currency === null || currency !== used[0]?.currency);
  if (changed) return { value: null, reason: 'CURRENCY_CHANGED', used, observations: 0 };
  const amounts = used.map((year) => paid(year) as number);
  const end = amounts.findIndex((amount, at) => amount <= (amounts[at + 1] ?? -1));
  const observations = amounts.length - 1;
  return { value: end < 0 ? observations : end, used, observations };
}

function paid(year: FiscalYear): number | null {
  const amount = figure(year, 'dividends_paid');
  return amount === null ? null : Math.abs(amount);
}
