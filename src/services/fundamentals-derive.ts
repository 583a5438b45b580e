/** From a company's annual statements to the figures that ratings read, each with its formula, years and filing. */
import { type FundamentalName, fundamentalNames, type FundamentalUnit } from '../contract/rating-names';
import { daysBetween } from './dates';
import { currentRatio, debtToEquity, interestCoverage, netCash } from './fundamentals-balance';
import { dividendGrowthStreak, fcfCoverage, payoutRatio } from './fundamentals-dividends';
import * as margins from './fundamentals-margins';
import type { Derived } from './fundamentals-read';
import { type AnnualStatements, type FiscalYear, fiscalYears, type LeftOut } from './fundamentals-years';
import type { ReasonCodes } from './holdings';

export interface Fundamental {
  value: number | string | null;
  unit: FundamentalUnit;
  method: string;
  observations: number;
  period_ends: string[];
  filed_on: string | null;
  reasons: ReasonCodes;
}

export interface DerivedFundamentals {
  currency: string | null;
  latest_period_end: string | null;
  latest_filing: string | null;
  years: number;
  left_out: LeftOut[];
  inputs: Record<FundamentalName, Fundamental>;
  reasons: ReasonCodes;
}

type Formula = readonly [FundamentalUnit, method: string, (years: readonly FiscalYear[]) => Derived];

/** A year, and four months to file the next one. */
const longestAge = 500;

const formulas: Readonly<Record<FundamentalName, Formula>> = {
  payout_ratio: ['fraction', 'mean of dividends paid / net income, 3 to 5 years', payoutRatio],
  fcf_coverage: ['multiple', 'free cash flow / dividends paid, newest year', fcfCoverage],
  dividend_growth_streak: [
    ...(['years', 'years in a row with more dividends paid than the year before'] as const),
    dividendGrowthStreak,
  ],
  net_cash: ['currency', 'cash and short-term investments − total debt, newest year', netCash],
  return_on_equity: [
    ...(['fraction', 'mean of net income / equity at the year’s end, 3 to 5 years'] as const),
    margins.returnOnEquity,
  ],
  gross_margin: ['fraction', 'mean of gross profit / revenue, 3 to 5 years', margins.grossMargin],
  intangibles_to_assets: [
    ...(['fraction', 'goodwill and intangible assets / total assets, newest year'] as const),
    margins.intangiblesToAssets,
  ],
  switching_costs: [
    ...(['points', 'somebody’s own judgement; no statement tells it'] as const),
    () => ({ value: null, reason: 'NEEDS_JUDGEMENT', used: [] }),
  ],
  debt_to_equity: ['multiple', 'total debt / equity, newest year', debtToEquity],
  current_ratio: ['multiple', 'current assets / current liabilities, newest year', currentRatio],
  interest_coverage: ['multiple', 'EBIT / interest expense, newest year', interestCoverage],
  operating_margin_deviation: [
    ...(['fraction', 'sample deviation of operating income / revenue, 3 to 5 years'] as const),
    margins.operatingMarginDeviation,
  ],
  operating_margin: [
    ...(['fraction', 'mean of operating income / revenue, 3 to 5 years'] as const),
    margins.operatingMargin,
  ],
  free_cash_flow_margin: [
    ...(['fraction', 'mean of free cash flow / revenue, 3 to 5 years'] as const),
    margins.freeCashFlowMargin,
  ],
  growth_variation: [
    ...(['multiple', 'sample deviation / mean of yearly revenue growth, 3 to 5 changes'] as const),
    margins.growthVariation,
  ],
  cash_to_assets: [
    ...(['fraction', 'cash and short-term investments / total assets, newest year'] as const),
    margins.cashToAssets,
  ],
};

/**
 * Only statements filed on or before the day count, so that no rating sees the future. Nothing missing has a default.
 * `NO_STATEMENTS`: none counts; `STALE`: the newest is so old that the next one is overdue.
 */
export function deriveFundamentals(statements: AnnualStatements, asofDate: string): DerivedFundamentals {
  const { years, left_out } = fiscalYears(statements, asofDate);
  const [newest] = years;
  if (!newest) return withoutFundamentals('NO_STATEMENTS', left_out);
  const isStale = daysBetween(newest.period_end, asofDate) > longestAge;
  return {
    currency: newest.currency,
    latest_period_end: newest.period_end,
    latest_filing: newest.filed_on,
    years: years.length,
    left_out,
    inputs: eachFundamental(([unit, method, derive]) => {
      const { used, ...found } = derive(years);
      const value = isStale ? null : found.value;
      const reason = isStale ? 'STALE' : found.reason;
      return {
        ...{ value, unit, method, observations: found.observations ?? used.length },
        period_ends: used.map(({ period_end }) => period_end),
        filed_on: filedOn(used),
        reasons: {
          ...(reason !== undefined && { value: reason }),
          ...(used.length === 0 && { filed_on: reason ?? 'NO_STATEMENTS' }),
        },
      };
    }),
    reasons: newest.currency === null ? { currency: 'NOT_GIVEN' } : {},
  };
}

/** Where nothing is known: every figure says why. */
export function withoutFundamentals(code: string, left_out: LeftOut[] = []): DerivedFundamentals {
  const none = { currency: null, latest_period_end: null, latest_filing: null };
  return {
    ...none,
    ...{ years: 0, left_out },
    inputs: eachFundamental(([unit, method]) => ({
      ...{ value: null, unit, method, observations: 0, period_ends: [], filed_on: null },
      reasons: { value: code, filed_on: code },
    })),
    reasons: Object.fromEntries(Object.keys(none).map((name) => [name, code])),
  };
}

function eachFundamental(of: (formula: Formula) => Fundamental): Record<FundamentalName, Fundamental> {
  const entries = fundamentalNames.map((name) => [name, of(formulas[name])] as const);
  return Object.fromEntries(entries) as Record<FundamentalName, Fundamental>;
}

function filedOn(years: readonly FiscalYear[]): string | null {
  return (
    years
      .map(({ filed_on }) => filed_on)
      .sort()
      .at(-1) ?? null
  );
}
