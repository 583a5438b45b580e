/** Dividends, splits and earnings of companies from Financial Modeling Prep, past and announced. https://site.financialmodelingprep.com/developer/docs/stable */
import { type Static, type TProperties, type TSchema, Type } from '@sinclair/typebox';
import { isDay } from '../services/dates';
import { askJson, malformed, shapeOf } from './http-json';
import type { AskText } from './http-text';
import { plainNumber } from './plain-number';
import { requireKey } from './require-key';

const provider = 'FMP';

export interface DividendOfProvider {
  symbol: string;
  ex_date: string;
  record_date: string | null;
  pay_date: string | null;
  declared_on: string | null;
  /** Cash per share as it was declared, not adjusted for later splits; `null`: not given, which it writes as 0. */
  amount: string | null;
}

export interface SplitOfProvider {
  symbol: string;
  ex_date: string;
  /** So many shares for so many old ones. */
  new_shares: string;
  old_shares: string;
}

export interface EarningsOfProvider {
  symbol: string;
  /** Of the report. */
  date: string;
  eps: string | null;
  eps_estimate: string | null;
  revenue: string | null;
  revenue_estimate: string | null;
}

export interface ActionsAsked {
  symbol: string;
  signal?: AbortSignal;
}

/** All that it knows of a company, in the order of days; empty where it knows of none. */
export interface FmpActions {
  dividends(asked: ActionsAsked): Promise<DividendOfProvider[]>;
  splits(asked: ActionsAsked): Promise<SplitOfProvider[]>;
  earnings(asked: ActionsAsked): Promise<EarningsOfProvider[]>;
}

const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
const Figure = Type.Optional(Type.Union([Type.Number(), Type.Null()]));
const Shares = Type.Number({ exclusiveMinimum: 0 });

const dividendRow = {
  ...{ recordDate: Text, paymentDate: Text, declarationDate: Text },
  dividend: Type.Number({ minimum: 0 }),
};
const splitRow = { numerator: Shares, denominator: Shares };
const earningsRow = {
  ...{ epsActual: Figure, epsEstimated: Figure, revenueActual: Figure, revenueEstimated: Figure },
};

export function fmpActions(ask: AskText, key: string | null): FmpActions {
  const rowsOf = <P extends TProperties>(path: string, members: P) => {
    const row = Type.Object({ symbol: Type.String(), date: Type.String(), ...members });
    const shape = shapeOf(Type.Array(row) as TSchema);
    type Row = Static<typeof row> & { symbol: string; date: string };
    return async ({ symbol, signal }: ActionsAsked): Promise<Row[]> => {
      requireKey(provider, 'FMP_API_KEY', key);
      const request = { path: `/stable/${path}`, query: { symbol }, ...(signal && { signal }) };
      const rows = (await askJson(ask, request, { shape, provider })) as Row[];
      for (const [at, { symbol: of, date }] of rows.entries()) {
        if (of !== symbol) throw malformed(provider, `row ${String(at)}: another symbol`);
        if (!isDay(date)) throw malformed(provider, `row ${String(at)}: no day`);
      }
      return [...rows].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    };
  };
  const [dividends, splits, earnings] = [
    rowsOf('dividends', dividendRow),
    rowsOf('splits', splitRow),
    rowsOf('earnings', earningsRow),
  ];
  return {
    async dividends(asked) {
      const found = (await dividends(asked)).map(({ symbol, date, dividend, ...row }, at) => ({
        ...{ symbol, ex_date: date },
        record_date: dayOf(row.recordDate, at),
        pay_date: dayOf(row.paymentDate, at),
        declared_on: dayOf(row.declarationDate, at),
        amount: dividend === 0 ? null : plainNumber(dividend),
      }));
      // Two dividends may have one ex-date; the same one twice would be paid twice.
      return requireOnce(found, (one) => JSON.stringify(one));
    },
    async splits(asked) {
      const found = (await splits(asked)).map(({ symbol, date, numerator, denominator }) => ({
        ...{ symbol, ex_date: date },
        new_shares: plainNumber(numerator),
        old_shares: plainNumber(denominator),
      }));
      return requireOnce(found, ({ ex_date }) => ex_date);
    },
    async earnings(asked) {
      const found = (await earnings(asked)).map(({ symbol, date, ...row }) => ({
        ...{ symbol, date },
        eps: textOf(row.epsActual),
        eps_estimate: textOf(row.epsEstimated),
        revenue: textOf(row.revenueActual),
        revenue_estimate: textOf(row.revenueEstimated),
      }));
      return requireOnce(found, ({ date }) => date);
    },
  };
}

function requireOnce<T>(rows: T[], key: (row: T) => string): T[] {
  if (new Set(rows.map(key)).size < rows.length) throw malformed(provider, 'a row twice');
  return rows;
}

/** It writes nothing, or an empty text, for a day that it does not know. */
function dayOf(text: string | null | undefined, at: number): string | null {
  if (!text) return null;
  if (!isDay(text)) throw malformed(provider, `row ${String(at)}: no day`);
  return text;
}

function textOf(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : plainNumber(value);
}
