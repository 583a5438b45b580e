/** What every question about taxes starts from: the sales of a ledger up to a day, under a lot method. */
import type { Pool } from 'pg';
import { defaultWashWindowDays, type TaxLotMethod, type TaxTerm } from '../../src/contract/tax-names';
import { ledgerLots } from '../../src/db/ledger-lots';
import type { Tx } from '../../src/db/pool';
import { daysBetween } from '../../src/services/dates';
import { sharesMoved, type TaxSales, taxSalesOf } from '../../src/services/tax-sales';
import { washSales, type WashSales } from '../../src/services/wash-sales';
import type { Call } from '../agent';
import { type ActivityOnPack, type PeriodArgs, readOnPack } from './activity-ledger';

export interface TaxLoaded {
  tx: Tx;
  onPack: ActivityOnPack;
  under: (method: TaxLotMethod) => TaxSales;
}

/** @throws EngineError PORTFOLIO_NOT_FOUND, PACK_NOT_FOUND, DATA_MISSING */
export async function readTaxes<T>(
  database: Pool,
  args: PeriodArgs,
  call: Call<'user_id' | 'portfolio_id'>,
  work: (loaded: TaxLoaded) => T | Promise<T>,
): Promise<T> {
  return readOnPack(database, args, call, async (tx, onPack) => {
    const { transactions, closures, realise, rateOf } = onPack.activity;
    const lots = await ledgerLots(tx, onPack.span);
    return work({ tx, onPack, under: taxSalesOf({ transactions, closures, realise, rateOf, lots }) });
  });
}

export function washesOf(sales: TaxSales, windowDays = defaultWashWindowDays): WashSales {
  const { parts, bought } = sharesMoved(sales);
  return washSales(parts, bought, windowDays);
}

/** Symbols with a sale whose gain is not known, or a split that changed some lots only. */
export function notComparable(
  { sales, timelines }: TaxSales,
  isAsked: (saleDate: string) => boolean = () => true,
): string[] {
  const unknown = sales.filter(({ sale, realised }) => isAsked(sale.date) && realised.gain_base === null);
  const split = [...timelines.values()].filter(({ problem }) => problem !== null);
  return [
    ...new Set([...unknown.map(({ sale }) => sale.symbol ?? ''), ...split.map(({ symbol }) => symbol)]),
  ];
}

export const isOfYear = (date: string, year: number): boolean => Number(date.slice(0, 4)) === year;

/** Last day of a year that is known at a pack. */
export function lastDayOf(year: number, packDate: string): string {
  const last = `${String(year)}-12-31`;
  return last < packDate ? last : packDate;
}

export function termOf(acquired: string, day: string, longTermDays: number): TaxTerm {
  return daysBetween(acquired, day) > longTermDays ? 'long' : 'short';
}

export const washRule =
  '26 U.S.C. § 1091: same security, earliest loss and earliest purchase first, shares compared after splits; gains and ' +
  'losses before fees. Accounts elsewhere, options, substantially identical other securities and the holding period that ' +
  'replacements inherit are not looked at. No tax advice.';
