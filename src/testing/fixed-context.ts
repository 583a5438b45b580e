/** The request context and the moment that every pattern test starts from; a test's `ctx` goes over it. */
import type { RequestContext } from '../contract/request-context';

export const fixedStart = '2026-01-30T16:00:00.000Z';

export const fixedContext: RequestContext = Object.freeze({
  trace_id: '0'.repeat(32),
  request_id: 'pattern-test',
  user_id: '00000000-0000-4000-8000-000000000001',
  // Capabilities refuse a portfolio other than the context's; without one a test may use any.
  portfolio_id: null,
  pricing_pack_id: 'PP_2026-01-30',
  ledger_commit_hash: 'sha256:0000000000000000000000000000000000000000000000000000000000000000',
  asof_date: '2026-01-30',
  base_currency: 'USD',
  benchmark_id: null,
  rights: [],
});
