/** One alert at one pack: looked at as its owner, then written down, with a notification where it fires. */
import type { Pool } from 'pg';
import { EngineError, type ErrorCode } from '../../src/contract/errors';
import type { RequestContext } from '../../src/contract/request-context';
import { type AlertRow, holdAlert } from '../../src/db/alerts';
import {
  type Failure,
  storeAskedFailure,
  storeEvaluation,
  storeFailure,
} from '../../src/db/alerts-evaluations';
import { notify } from '../../src/db/alerts-notifications';
import { type Tx, withUser } from '../../src/db/pool';
import { findPortfolio } from '../../src/db/portfolios';
import { newestFreshPack } from '../../src/db/pricing-packs';
import { findSecurities } from '../../src/db/securities';
import { evaluateCondition, type Verdict } from '../../src/services/alert-evaluation';
import { addDays } from '../../src/services/dates';
import { askWith, type Calls } from './calls';
import { observe } from './observe';
import type { World } from './world';

export interface Pack {
  id: string;
  date: string;
}

/** What looking at an alert came to: a verdict, or a failure that another attempt may mend. */
export type Look = { verdict: Verdict } | { failure: Failure };

export interface Looking {
  database: Pool;
  calls: Calls;
  pack: Pack;
  run_id: string;
  signal: AbortSignal;
  /** Other than the current state of the portfolio's ledger. */
  ledger_commit_hash?: string | null;
}

/** Codes that say that there is no value; whoever asks again finds none either. */
const noValue: readonly ErrorCode[] = ['DATA_MISSING', 'PORTFOLIO_NOT_FOUND', 'PROVIDER_REFUSED'];

/** @throws EngineError DATABASE_UNAVAILABLE, by which nothing is said of the alert; an AbortError when it is cancelled */
export async function lookAt(alert: AlertRow, looking: Looking): Promise<Look> {
  const { condition, title } = alert;
  try {
    const observed = await observe(condition, await worldOf(alert, looking));
    return { verdict: evaluateCondition(condition, observed) };
  } catch (error) {
    looking.signal.throwIfAborted();
    const code = error instanceof EngineError ? error.code : 'INTERNAL';
    if (code === 'DATABASE_UNAVAILABLE') throw error;
    if (code === 'CAPABILITY_UNKNOWN') return notAvailable(title, looking.pack, 'NOT_ANSWERED');
    if (error instanceof EngineError && noValue.includes(error.code)) {
      const { reason } = error.details;
      return notAvailable(title, looking.pack, typeof reason === 'string' ? reason : code);
    }
    // What nobody foresaw may hold what is not the user's to read.
    const message = error instanceof EngineError ? error.message : 'It failed unexpectedly.';
    return { failure: { code, message } };
  }
}

export interface Settled {
  notification_id: string | null;
  /** It fires, and was told already, or is paused by now. */
  silent: boolean;
}

/**
 * Writes it all in one transaction.
 * @param isAsked by somebody, who sees the failure and may ask again; else it is retried by the workflow
 * @returns `null`, and nothing was written: while it was looked at, the alert was deleted or its condition changed
 */
export async function settle(
  tx: Tx,
  alert: AlertRow,
  pack: Pack,
  look: Look,
  isAsked = false,
): Promise<Settled | null> {
  const { user_id, id: alert_id, condition_digest } = alert;
  if (!(await holdAlert(tx, alert))) return null;
  const key = { user_id, alert_id, pack_id: pack.id };
  if ('failure' in look) {
    await (isAsked ? storeAskedFailure : storeFailure)(tx, key, look.failure);
    return { notification_id: null, silent: false };
  }
  const { verdict } = look;
  await storeEvaluation(tx, { ...key, condition_digest, ...verdict });
  if (verdict.outcome !== 'fires') return { notification_id: null, silent: false };
  const notification_id = await notify(tx, { ...key, asof_date: pack.date, message: verdict.sentence });
  return { notification_id, silent: notification_id === null };
}

function notAvailable(title: string, { date }: Pack, reason: string): Look {
  const sentence = `What “${title}” watches is not available as of ${date} (${reason}).`;
  return { verdict: { outcome: 'not_available', sentence, reason } };
}

async function worldOf(alert: AlertRow, looking: Looking): Promise<World> {
  const { database, calls, pack, run_id, signal } = looking;
  const { user_id, portfolio_id } = alert;
  const portfolio =
    portfolio_id === null ? null : await withUser(database, user_id, (tx) => findPortfolio(tx, portfolio_id));
  if (portfolio_id !== null && portfolio === null)
    throw new EngineError('PORTFOLIO_NOT_FOUND', `There is no portfolio ${portfolio_id} among yours.`);
  const ledger = looking.ledger_commit_hash ?? portfolio?.ledger_commit_hash ?? null;
  const ctx: RequestContext = {
    trace_id: run_id,
    request_id: run_id,
    user_id,
    portfolio_id,
    pricing_pack_id: pack.id,
    ledger_commit_hash: ledger,
    asof_date: pack.date,
    base_currency: portfolio?.base_currency ?? null,
    benchmark_id: portfolio?.benchmark_id ?? null,
    rights: [],
  };
  return {
    ask: askWith(calls, ctx, run_id, signal),
    ctx,
    portfolioName: portfolio?.name ?? '',
    packBefore: (days) => withUser(database, user_id, (tx) => newestFreshPack(tx, addDays(pack.date, -days))),
    securityOf: (id) =>
      withUser(database, user_id, async (tx) => {
        const [one] = await findSecurities(tx, [id]);
        return one ? { symbol: one.symbol, name: one.name } : null;
      }),
  };
}
