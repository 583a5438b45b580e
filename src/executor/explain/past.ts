/** A portfolio's past as its ledger and the pack's history have it: what was held, quoted and paid on every trading day. */
import {
  sourcedPrices,
  type SourcedFxRow,
  type SourcedPriceRow,
  sourcedRates,
  symbolsOf,
} from '../../db/explain-evidence';
import {
  type CashChangeRow,
  cashChanges,
  currencyConversions,
  type HoldingChangeRow,
  holdingChanges,
} from '../../db/history';
import type { Tx } from '../../db/pool';
import { positionFlows } from '../../db/position-history';
import { packDates } from '../../db/prices';
import type { PackRow } from '../../db/pricing-packs';
import { type DailyInputs, dailyValues } from '../../services/daily-values';
import { majorUnit } from '../../services/fx';
import { type PositionHistory, positionHistory } from '../../services/position-history';
import type { History, Window } from '../../services/window';

export interface PortfolioPast {
  history: History;
  base_currency: string;
  holding_changes: HoldingChangeRow[];
  cash_changes: CashChangeRow[];
  /** By day. */
  prices: ReadonlyMap<string, SourcedPriceRow[]>;
  rates: ReadonlyMap<string, SourcedFxRow[]>;
  symbols: ReadonlyMap<string, string>;
  /** Day by day, each security and each currency's cash on its own. */
  positions(window: Window): Promise<PositionHistory>;
}

export async function loadPast(
  tx: Tx,
  {
    portfolio_id,
    ledger_commit_hash,
    pack,
    base_currency,
  }: { portfolio_id: string; ledger_commit_hash: string; pack: PackRow; base_currency: string },
): Promise<PortfolioPast> {
  const span = { portfolio_id, ledger_commit_hash, to: pack.date };
  const pack_id = pack.id;
  const holding_changes = await holdingChanges(tx, span);
  const cash_changes = await cashChanges(tx, span);
  const conversions = await currencyConversions(tx, span);
  const dates = await packDates(tx, { pack_id });
  const security_ids = [...new Set(holding_changes.map((change) => change.security_id))];
  const prices = security_ids.length === 0 ? [] : await sourcedPrices(tx, { pack_id, security_ids });
  const currencies = [base_currency, ...cash_changes.map(({ currency }) => currency), ...prices.map(({ currency }) => currency)];
  const majors = [...new Set(currencies.map((currency) => majorUnit(currency).major))];
  const rates = await sourcedRates(tx, { pack_id, currencies: majors });
  const [first_activity = null] = [holding_changes[0]?.date, cash_changes[0]?.date].filter((date) => date !== undefined).sort();
  const inputs: DailyInputs = { base_currency, dates, holding_changes, cash_changes, conversions, prices, rates };
  const values = dailyValues(inputs);
  return {
    history: { ...values, dates, first_activity },
    base_currency,
    holding_changes,
    cash_changes,
    prices: byDay(prices),
    rates: byDay(rates),
    symbols: await symbolsOf(tx, security_ids),
    positions: async (window) => positionHistory(inputs, await positionFlows(tx, span), window.values),
  };
} // prettier-ignore

function byDay<T extends { date: string }>(rows: readonly T[]): Map<string, T[]> {
  const days = new Map<string, T[]>();
  for (const row of rows) {
    const day = days.get(row.date);
    if (day) day.push(row);
    else days.set(row.date, [row]);
  }
  return days;
}
