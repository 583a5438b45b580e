/** Annual statements, ratios and profiles of companies from Financial Modeling Prep. https://site.financialmodelingprep.com/developer/docs/stable */
import { type TSchema, Type } from '@sinclair/typebox';
import { EngineError } from '../contract/errors';
import { isDay } from '../services/dates';
import { balanceFigures, cashFlowFigures, incomeFigures, ratioFigures } from './fmp-figures';
import { askJson, malformed, shapeOf } from './http-json';
import type { AskText } from './http-text';
import { plainNumber } from './plain-number';
import { requireKey } from './require-key';

const provider = 'FMP';

export interface Statement<Figure extends string> {
  symbol: string;
  period_end: string;
  fiscal_year: string;
  currency: string | null;
  /**
   * When it was filed, and so became known; `null`: the provider does not say. It writes the end of the period itself where
   * it does not know, which would be a look ahead.
   */
  filing_date: string | null;
  /** In `currency`; `null`: the provider has none. It also writes 0 for what a company does not report. */
  figures: Record<Figure, string | null>;
}

export interface Ratios {
  symbol: string;
  period_end: string;
  fiscal_year: string;
  currency: string | null;
  /** Fractions and multiples; `null`: the provider has none. */
  ratios: Record<keyof typeof ratioFigures, number | null>;
}

export interface Profile {
  symbol: string;
  name: string | null;
  currency: string | null;
  sector: string | null;
  industry: string | null;
  country: string | null;
}

export interface StatementsAsked {
  symbol: string;
  /** The newest so many fiscal years. */
  limit: number;
  signal?: AbortSignal;
}

type Statements<Map> = (asked: StatementsAsked) => Promise<Statement<Extract<keyof Map, string>>[]>;

/** All lists begin with the newest year; an unknown symbol has empty ones. */
export interface Fmp {
  incomeStatements: Statements<typeof incomeFigures>;
  balanceSheets: Statements<typeof balanceFigures>;
  cashFlows: Statements<typeof cashFlowFigures>;
  ratios(asked: StatementsAsked): Promise<Ratios[]>;
  /** @throws EngineError DATA_MISSING where it knows no such symbol */
  profile(asked: { symbol: string; signal?: AbortSignal }): Promise<Profile>;
}

const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
/** Empty: not given. */
const CurrencyText = Type.Optional(Type.Union([Type.String({ pattern: '^([A-Z]{3})?$' }), Type.Null()]));
const Figure = Type.Optional(Type.Union([Type.Number(), Type.Null()]));
const head = {
  symbol: Type.String(),
  date: Type.String(),
  fiscalYear: Type.String(),
  /** A quarter where a year was asked for would count as one. */
  period: Type.Literal('FY'),
  reportedCurrency: CurrencyText,
};
const profileShape = shapeOf(
  Type.Array(
    Type.Object({
      ...{ symbol: Type.String(), companyName: Text, currency: CurrencyText },
      ...{ sector: Text, industry: Text, country: Text },
    }),
    { maxItems: 1 },
  ),
);

interface Row {
  symbol: string;
  date: string;
  fiscalYear: string;
  reportedCurrency?: string | null;
  filingDate?: string | null;
  [figure: string]: unknown;
}

export function fmp(ask: AskText, key: string | null): Fmp {
  const rowsOf = (path: string, names: Readonly<Record<string, string>>) => {
    const figures: Record<string, TSchema> = {};
    for (const name of Object.values(names)) figures[name] = Figure;
    const shape = shapeOf(Type.Array(Type.Object({ ...head, filingDate: Text, ...figures })));
    return async ({ symbol, limit, signal }: StatementsAsked): Promise<Row[]> => {
      requireKey(provider, 'FMP_API_KEY', key);
      const query = { symbol, period: 'annual', limit: String(limit) };
      const request = { path: `/stable/${path}`, query, ...(signal && { signal }) };
      const rows = (await askJson(ask, request, { shape, provider })) as Row[];
      rows.forEach(requireOf(symbol));
      if (new Set(rows.map(({ date }) => date)).size < rows.length)
        throw malformed(provider, 'a fiscal year twice');
      return [...rows].sort((a, b) => (a.date < b.date ? 1 : -1));
    };
  };
  const statements = <M extends Readonly<Record<string, string>>>(path: string, names: M): Statements<M> => {
    const ask = rowsOf(path, names);
    return async (asked) =>
      (await ask(asked)).map((row) => ({
        ...headOf(row),
        filing_date: filingDateOf(row),
        figures: figuresOf(row, names, plainNumber),
      }));
  };
  const ratioRows = rowsOf('ratios', ratioFigures);
  return {
    incomeStatements: statements('income-statement', incomeFigures),
    balanceSheets: statements('balance-sheet-statement', balanceFigures),
    cashFlows: statements('cash-flow-statement', cashFlowFigures),
    ratios: async (asked) =>
      (await ratioRows(asked)).map((row) => ({
        ...headOf(row),
        ratios: figuresOf(row, ratioFigures, (value) => value),
      })),
    async profile({ symbol, signal }) {
      requireKey(provider, 'FMP_API_KEY', key);
      const request = { path: '/stable/profile', query: { symbol }, ...(signal && { signal }) };
      const [found] = await askJson(ask, request, { shape: profileShape, provider });
      if (!found) {
        const message = `${provider} has no profile of ${symbol}; check the symbol.`;
        throw new EngineError('DATA_MISSING', message, { provider, symbol });
      }
      if (found.symbol !== symbol) throw malformed(provider, 'another symbol');
      const { companyName, currency, sector, industry, country } = found;
      return {
        ...{ symbol, name: companyName || null, currency: currency || null },
        ...{ sector: sector || null, industry: industry || null, country: country || null },
      };
    },
  };
}

/** Figures of another company would be worse than none. */
function requireOf(symbol: string): (row: Row, at: number) => void {
  return (row, at) => {
    if (row.symbol !== symbol) throw malformed(provider, `row ${String(at)}: another symbol`);
    if (!isDay(row.date)) throw malformed(provider, `row ${String(at)}: no day`);
  };
}

function headOf({ symbol, date, fiscalYear, reportedCurrency }: Row) {
  return { symbol, period_end: date, fiscal_year: fiscalYear, currency: reportedCurrency || null };
}

function filingDateOf({ date, filingDate }: Row): string | null {
  return filingDate && isDay(filingDate) && filingDate > date ? filingDate : null;
}

function figuresOf<M extends Readonly<Record<string, string>>, T>(
  row: Row,
  names: M,
  read: (value: number) => T,
): Record<Extract<keyof M, string>, T | null> {
  const figures = Object.entries(names).map(([ours, theirs]) => {
    const value = row[theirs];
    return [ours, typeof value === 'number' ? read(value) : null] as const;
  });
  return Object.fromEntries(figures) as Record<Extract<keyof M, string>, T | null>;
}
