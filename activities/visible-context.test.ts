import { visibleContext } from './visible-context';
import { testContext as ctx } from '../tests/support/request-context';

const visible = visibleContext({ name: 'a.b', reads: ['asof_date'] }, ctx);

describe('the context that a handler sees', () => {
  it('has pack, ledger commit and what the contract declares', () => {
    expect({ ...visible }).toEqual({
      pricing_pack_id: 'PP_2013-02-28',
      ledger_commit_hash: 'sha256:abc',
      asof_date: '2013-02-28',
    });
    expect(visible.asof_date).toBe('2013-02-28');
  });

  it.each(['user_id', 'portfolio_id', 'trace_id', 'rights'] as const)('refuses %s, by name', (member) => {
    expect(() => visible[member]).toThrow(`a.b reads ctx.${member}, which its contract does not declare`);
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(visible)).toBe(true);
  });
});
