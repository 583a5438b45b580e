/** Calls capabilities that need nothing but their arguments, in this process: no server, no database, no memory. */
import { randomUUID } from 'node:crypto';
import type { RequestContext } from '../contract/request-context';
import { EngineError } from '../contract/errors';
import { callsWithoutServices } from './pure-calls';

/** @throws EngineError CAPABILITY_UNKNOWN, ARGS_INVALID, and the capability's own; NeedsService for one that needs more */
export type PureCaller = (capability: string, args: unknown) => Promise<unknown>;

const limitMs = 60_000;

export function pureCaller(): PureCaller {
  const calls = callsWithoutServices();
  return async (capability, args) => {
    const call = calls.get(capability);
    if (!call) throw new EngineError('CAPABILITY_UNKNOWN', `There is no capability "${capability}".`);
    const options = { execution_id: 'call', effect_key: null, cache: false };
    const { signal } = new AbortController();
    return (await call(args, context, options, { attempt: 1, limitMs, signal })).result;
  };
}

/** None of it is seen by a capability that needs nothing but its arguments. */
const context: RequestContext = {
  trace_id: '0'.repeat(32),
  request_id: randomUUID(),
  user_id: randomUUID(),
  portfolio_id: null,
  pricing_pack_id: 'PP_1970-01-01',
  ledger_commit_hash: `sha256:${'0'.repeat(64)}`,
  asof_date: '1970-01-01',
  base_currency: null,
  benchmark_id: null,
  rights: [],
};
