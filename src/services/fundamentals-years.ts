/** Annual statements as fiscal years: those that were filed by a day, in a row, the newest first. */
import { daysBetween } from './dates';

export type IncomeFigure =
  | 'revenue'
  | 'cost_of_revenue'
  | 'gross_profit'
  | 'operating_income'
  | 'ebit'
  | 'interest_expense'
  | 'net_income';
export type BalanceFigure =
  | 'cash_and_short_term_investments'
  | 'current_assets'
  | 'goodwill_and_intangible_assets'
  | 'total_assets'
  | 'current_liabilities'
  | 'total_debt'
  | 'shareholders_equity';
export type CashFlowFigure = 'free_cash_flow' | 'dividends_paid';
export type FigureName = IncomeFigure | BalanceFigure | CashFlowFigure;

/** A provider's statement may have further figures. */
export interface FiledStatement<Figure extends string> {
  period_end: string;
  currency: string | null;
  /** `null`: nobody says, so nobody knows when it became known. */
  filing_date: string | null;
  /** Decimal texts in `currency`; `null`: not given. */
  figures: Readonly<Record<Figure, string | null>>;
}

export interface AnnualStatements {
  income: readonly FiledStatement<IncomeFigure>[];
  balance_sheet: readonly FiledStatement<BalanceFigure>[];
  cash_flow: readonly FiledStatement<CashFlowFigure>[];
}

type StatementName = keyof AnnualStatements;

export interface LeftOut {
  statement: StatementName;
  period_end: string;
  reason: 'FILED_LATER' | 'FILING_DATE_NOT_GIVEN' | 'GAP_BEFORE';
}

export interface FiscalYear {
  period_end: string;
  /** `null`: not given, or its statements differ. */
  currency: string | null;
  /** When the last of its statements was filed. */
  filed_on: string;
  figures: Readonly<Partial<Record<FigureName, string | null>>>;
}

type Known = FiledStatement<string> & { filing_date: string; statement: StatementName };

/** Fiscal years end a year apart, give or take what a changed year-end brings. */
const longestYear = 430;

export function fiscalYears(
  statements: AnnualStatements,
  asofDate: string,
): { years: FiscalYear[]; left_out: LeftOut[] } {
  const left_out: LeftOut[] = [];
  const byEnd = new Map<string, Known[]>();
  const names: readonly StatementName[] = ['income', 'balance_sheet', 'cash_flow'];
  for (const statement of names) {
    for (const one of statements[statement]) {
      const { period_end, filing_date } = one;
      if (filing_date === null) left_out.push({ statement, period_end, reason: 'FILING_DATE_NOT_GIVEN' });
      else if (filing_date > asofDate) left_out.push({ statement, period_end, reason: 'FILED_LATER' });
      else byEnd.set(period_end, [...(byEnd.get(period_end) ?? []), { ...one, filing_date, statement }]);
    }
  }
  const years = [...byEnd].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, known]) => yearOf(known));
  const gap = years.findIndex((year, at) => isAfterGap(years[at - 1], year));
  if (gap < 0) return { years, left_out };
  for (const { period_end } of years.slice(gap))
    for (const { statement } of byEnd.get(period_end) ?? [])
      left_out.push({ statement, period_end, reason: 'GAP_BEFORE' });
  return { years: years.slice(0, gap), left_out };
}

function yearOf(known: readonly Known[]): FiscalYear {
  const [first] = known as [Known];
  const currencies = new Set(known.map(({ currency }) => currency));
  const filed = known.map(({ filing_date }) => filing_date).sort();
  return {
    period_end: first.period_end,
    currency: currencies.size === 1 ? first.currency : null,
    filed_on: filed.at(-1) as string,
    // Net income stands in two statements: the income statement's counts.
    figures: Object.assign({}, ...known.map(({ figures }) => figures).reverse()) as FiscalYear['figures'],
  };
}

function isAfterGap(newer: FiscalYear | undefined, { period_end }: FiscalYear): boolean {
  return newer !== undefined && daysBetween(period_end, newer.period_end) > longestYear;
}
