/** Loads and values the daily history of a portfolio, for every measure over time: one transaction, few statements. */
import type { Pool } from 'pg';
import { EngineError } from '../src/contract/errors';
import { fxHistory } from '../src/db/fx-rates';
import { cashChanges, currencyConversions, holdingChanges, type LedgerSpan } from '../src/db/history';
import { type Tx, withUser } from '../src/db/pool';
import { findPortfolio, type PortfolioRow } from '../src/db/portfolios';
import { packDates, priceHistory } from '../src/db/prices';
import { findPack, type PackRow } from '../src/db/pricing-packs';
import { packVerifier } from '../src/db/verify-pack';
import { type DailyInputs, dailyValues } from '../src/services/daily-values';
import { majorUnit } from '../src/services/fx';
import { firstActivity } from '../src/services/ledger-state';
import { type History, lastDays, type NoWindow, sinceInception, type Window } from '../src/services/window';
import type { Call } from './agent';

export interface PortfolioHistory {
  base_currency: string;
  pack: PackRow;
  /** Whole, for measures over several windows. */
  history: History;
  /** What it was valued from, for measures of single positions. */
  inputs: DailyInputs;
  since_inception: Window | NoWindow;
  /** The same as `since_inception` where no number of days was asked for. */
  window: Window | NoWindow;
}

interface Loaded {
  history: History;
  inputs: DailyInputs;
  base_currency: string;
  pack: PackRow;
}

/**
 * Returns the function that gives a portfolio's history at a pack, cut to a window. Calls that come while the same history
 * is being loaded share it: the steps of an overview ask for it at the same time, over different windows.
 * The function throws EngineError PORTFOLIO_NOT_FOUND, PACK_NOT_FOUND, DATA_MISSING.
 */
export function portfolioHistories(
  database: Pool,
): (
  args: { portfolio_id: string; pack_id: string; lookback_days?: number },
  call: Call<'user_id' | 'portfolio_id'>,
) => Promise<PortfolioHistory> {
  const loading = new Map<string, Promise<Loaded>>();
  return async ({ portfolio_id, pack_id, lookback_days }, call) => {
    const ledger_commit_hash = ledgerCommitOf(call, portfolio_id);
    const { user_id } = call.ctx;
    // The user is part of the key: what one may see is not another's.
    const key = [user_id, portfolio_id, pack_id, ledger_commit_hash].join(' ');
    let load = loading.get(key);
    if (!load) {
      load = withUser(database, user_id, async (tx) => {
        const { base_currency } = await requirePortfolio(tx, portfolio_id);
        const pack = await requirePack(tx, pack_id);
        const span = { portfolio_id, ledger_commit_hash, to: pack.date };
        return { ...(await loadHistory(tx, span, pack.id, base_currency)), base_currency, pack };
      }).finally(() => loading.delete(key));
      loading.set(key, load);
    }
    const { history, inputs, base_currency, pack } = await load;
    const since_inception = sinceInception(history);
    const window = lookback_days === undefined ? since_inception : lastDays(history, lookback_days);
    return { base_currency, pack, history, inputs, since_inception, window };
  };
}

/** The ledger state every result of the call refers to. @throws EngineError DATA_MISSING */
export function ledgerCommitOf({ ctx }: Pick<Call<'portfolio_id'>, 'ctx'>, portfolioId: string): string {
  if (ctx.portfolio_id !== null && ctx.portfolio_id !== portfolioId) {
    throw new EngineError(
      'DATA_MISSING',
      `The request is about portfolio ${ctx.portfolio_id}; there is no ledger commit for ${portfolioId} in it.`,
      { portfolio_id: portfolioId },
    );
  }
  if (ctx.ledger_commit_hash === null) {
    throw new EngineError('DATA_MISSING', `No ledger was read in for portfolio ${portfolioId}.`, {
      portfolio_id: portfolioId,
    });
  }
  return ctx.ledger_commit_hash;
}

/** @throws EngineError PORTFOLIO_NOT_FOUND */
export async function requirePortfolio(tx: Tx, id: string): Promise<PortfolioRow> {
  const portfolio = await findPortfolio(tx, id);
  if (!portfolio) throw new EngineError('PORTFOLIO_NOT_FOUND', `There is no portfolio ${id} among yours.`);
  return portfolio;
}

/** One for the process: what was found whole need not be read again. */
const verifyPack = packVerifier();

/** A pack that is there and whole. @throws EngineError PACK_NOT_FOUND, PACK_CORRUPT */
export async function requirePack(tx: Tx, id: string): Promise<PackRow> {
  const pack = await findPack(tx, id);
  if (!pack) throw new EngineError('PACK_NOT_FOUND', `There is no pricing pack ${id}.`);
  await verifyPack(tx, id);
  return pack;
}

async function loadHistory(
  tx: Tx,
  span: LedgerSpan,
  pack_id: string,
  base_currency: string,
): Promise<Pick<Loaded, 'history' | 'inputs'>> {
  const holding_changes = await holdingChanges(tx, span);
  const cash_changes = await cashChanges(tx, span);
  const conversions = await currencyConversions(tx, span);
  const dates = await packDates(tx, { pack_id });
  const security_ids = [...new Set(holding_changes.map((change) => change.security_id))];
  const prices = security_ids.length === 0 ? [] : await priceHistory(tx, { pack_id, security_ids });
  const currencies = new Set([
    base_currency,
    ...cash_changes.map(({ currency }) => currency),
    ...prices.map(({ currency }) => currency),
  ]);
  const rates = await fxHistory(tx, {
    pack_id,
    currencies: [...currencies].map((currency) => majorUnit(currency).major),
  });
  const inputs = { base_currency, dates, holding_changes, cash_changes, conversions, prices, rates };
  return { history: { ...dailyValues(inputs), dates, first_activity: firstActivity(inputs) }, inputs };
}
