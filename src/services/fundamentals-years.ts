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
  reason: 'FILED_LATER' | 'FILING_DATE_NOT_GIVEN' | 'SHORT_YEAR' | 'GAP_BEFORE';
}

export interface FiscalYear {
  period_end: string;
  /** `null`: not given, or its statements differ. */
  currency: string | null;
  /** Its statements are in different currencies: no figure of one can be set against one of another. */
  isMixed: boolean;
  /** When the last of its statements was filed. */
  filed_on: string;
  figures: Readonly<Partial<Record<FigureName, string | null>>>;
}

type Known = FiledStatement<string> & { filing_date: string; statement: StatementName };

/** Fiscal years end a year apart, give or take what a changed year-end brings. */
const longestYear = 430;
/** A shorter one is the rest of a year whose end was changed: its revenue is none of a year. */
const shortestYear = 330;

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
  const end = years.findIndex((year, at) => isShort(year, years[at + 1]) || isAfterGap(years[at - 1], year));
  if (end < 0) return { years, left_out };
  for (const [at, year] of years.slice(end).entries()) {
    const reason = at === 0 && isShort(year, years[end + 1]) ? 'SHORT_YEAR' : 'GAP_BEFORE';
    for (const { statement, period_end } of byEnd.get(year.period_end) ?? [])
      left_out.push({ statement, period_end, reason });
  }
  return { years: years.slice(0, end), left_out };
}

function yearOf(known: readonly Known[]): FiscalYear {
  const [first] = known as [Known];
  const currencies = new Set(known.map(({ currency }) => currency));
  const filed = known.map(({ filing_date }) => filing_date).sort();
  return {
    period_end: first.period_end,
    currency: currencies.size === 1 ? first.currency : null,
    isMixed: new Set([...currencies].filter((currency) => currency !== null)).size > 1,
    filed_on: filed.at(-1) as string,
    // Net income stands in two statements: the income statement's counts.
    figures: Object.assign({}, ...known.map(({ figures }) => figures).reverse()) as FiscalYear['figures'],
  };
}

function isShort({ period_end }: FiscalYear, older: FiscalYear | undefined): boolean {
  return older !== undefined && daysBetween(older.period_end, period_end) < shortestYear;
}

function isAfterGap(newer: FiscalYear | undefined, { period_end }: FiscalYear): boolean {
  return newer !== undefined && daysBetween(period_end, newer.period_end) > longestYear;
}
