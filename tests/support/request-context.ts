/** The request context of tests without servers. */
import type { RequestContext } from '../../src/contract/request-context';

export const testContext: RequestContext = Object.freeze({
  trace_id: '0'.repeat(32),
  request_id: 'r',
  user_id: '00000000-0000-4000-8000-000000000001',
  portfolio_id: '00000000-0000-4000-8000-000000000002',
  pricing_pack_id: 'PP_2013-02-28',
  ledger_commit_hash: 'sha256:abc',
  asof_date: '2013-02-28',
  base_currency: 'CAD',
  benchmark_id: null,
  rights: ['portfolio_read'],
});
