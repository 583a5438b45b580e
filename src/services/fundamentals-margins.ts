/** Formulas of margins, returns and growth over fiscal years. */
import {
  type Derived,
  figure,
  leastYears,
  mostYears,
  ofNewest,
  overYears,
  quotient,
} from './fundamentals-read';
import type { FiscalYear } from './fundamentals-years';
import { mean, sampleDeviation } from './moments';

/** Mean of net income over the equity at the end of the year. */
export function returnOnEquity(years: readonly FiscalYear[]): Derived {
  return overYears(years, (year) => {
    const [income, equity] = [figure(year, 'net_income'), figure(year, 'shareholders_equity')];
    if (income === null || equity === null) return 'NOT_GIVEN';
    return equity <= 0 ? 'NO_EQUITY' : income / equity;
  });
}

/** Mean; a year without costs is one that does not report them. */
export function grossMargin(years: readonly FiscalYear[]): Derived {
  return overYears(years, (year) => {
    const cost = figure(year, 'cost_of_revenue');
    return cost === null || cost === 0 ? 'NOT_GIVEN' : quotient(year, 'gross_profit', 'revenue');
  });
}

export function operatingMargin(years: readonly FiscalYear[]): Derived {
  return overYears(years, (year) => quotient(year, 'operating_income', 'revenue'));
}

/** Sample deviation of the same margins. */
export function operatingMarginDeviation(years: readonly FiscalYear[]): Derived {
  return overYears(years, (year) => quotient(year, 'operating_income', 'revenue'), sampleDeviation);
}

export function freeCashFlowMargin(years: readonly FiscalYear[]): Derived {
  return overYears(years, (year) => quotient(year, 'free_cash_flow', 'revenue'));
}

export function intangiblesToAssets(years: readonly FiscalYear[]): Derived {
  return ofNewest(years, (year) => quotient(year, 'goodwill_and_intangible_assets', 'total_assets'));
}

export function cashToAssets(years: readonly FiscalYear[]): Derived {
  return ofNewest(years, (year) => quotient(year, 'cash_and_short_term_investments', 'total_assets'));
}

/** Sample deviation of yearly revenue growth over its mean; of a company that does not grow it has no meaning. */
export function growthVariation(years: readonly FiscalYear[]): Derived {
  const used = years.slice(0, mostYears + 1);
  const observations = Math.max(0, used.length - 1);
  const none = (reason: string): Derived => ({ value: null, reason, used, observations });
  if (observations < leastYears) return none('TOO_FEW_YEARS');
  if (used.some(({ currency }) => currency === null || currency !== used[0]?.currency))
    return none('CURRENCY_CHANGED');
  const revenues = used.map((year) => figure(year, 'revenue'));
  if (revenues.some((revenue) => revenue === null || revenue <= 0)) return none('NOT_GIVEN');
  const growths = revenues
    .slice(0, -1)
    .map((revenue, at) => (revenue as number) / (revenues[at + 1] as number) - 1);
  const average = mean(growths);
  if (average <= 0) return none('NO_GROWTH');
  return { value: sampleDeviation(growths) / average, used, observations };
}
