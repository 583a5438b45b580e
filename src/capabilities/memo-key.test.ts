import { catalogue } from '.';
import { memoKey } from './memo-key';
import { testContext as ctx } from '../../tests/support/request-context';

const capability = catalogue['pricing.apply_pack'];
const key = memoKey(capability, 'sha256:1', ctx);

describe('the key of a remembered result', () => {
  it.each([
    ['another capability', () => memoKey({ ...capability, name: 'pricing.other' }, 'sha256:1', ctx)],
    [
      'another version',
      () => memoKey({ ...capability, version: `${capability.version}.1` }, 'sha256:1', ctx),
    ],
    ['other arguments', () => memoKey(capability, 'sha256:2', ctx)],
    ['another pack', () => memoKey(capability, 'sha256:1', { ...ctx, pricing_pack_id: 'PP_2013-02-27' })],
    ['another ledger', () => memoKey(capability, 'sha256:1', { ...ctx, ledger_commit_hash: null })],
    [
      'another user',
      () => memoKey(capability, 'sha256:1', { ...ctx, user_id: ctx.user_id.replace('1', '2') }),
    ],
    ['another base currency', () => memoKey(capability, 'sha256:1', { ...ctx, base_currency: 'USD' })],
  ])('differs for %s', (_title, other) => {
    expect(other()).not.toBe(key);
  });

  it.each([
    ['another request', { request_id: 'r2', trace_id: 't2' }],
    ['a date that the capability does not read', { asof_date: '2013-02-27' }],
    ['other rights', { rights: [] }],
  ])('is the same for %s', (_title, change) => {
    expect(memoKey(capability, 'sha256:1', { ...ctx, ...change })).toBe(key);
  });
});
