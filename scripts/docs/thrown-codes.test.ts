import { thrownCodes } from './thrown-codes';
import { catalogue } from '../../src/capabilities';
import { errorCodes } from '../../src/contract/errors';

describe('the codes that handlers can end with', () => {
  const codes = thrownCodes();

  it('are known of each capability, and are codes', () => {
    expect(Object.keys(catalogue).filter((name) => !codes.has(name))).toEqual([]);
    expect([...codes.values()].flat().filter((code) => !Object.hasOwn(errorCodes, code))).toEqual([]);
  });

  it.each([
    // Thrown by the handler, by maths below it, by what agents are built from, by a provider's client, by the effect's table.
    ['ledger.positions', ['PORTFOLIO_NOT_FOUND', 'DATA_MISSING', 'DATABASE_UNAVAILABLE']],
    ['calc.lots', ['ARGS_INVALID', 'NOT_ENOUGH_LOTS']],
    ['metrics.compute_twr', ['PACK_NOT_FOUND', 'PACK_CORRUPT', 'PORTFOLIO_NOT_FOUND']],
    ['provider.fetch_quote', ['PROVIDER_REFUSED', 'PROVIDER_UNAVAILABLE', 'SOURCE_INVALID', 'CIRCUIT_OPEN']],
    ['fundamentals.load', ['PROVIDER_REFUSED', 'PROVIDER_UNAVAILABLE', 'SOURCE_INVALID']],
    ['alerts.create', ['EFFECT_UNDONE', 'PORTFOLIO_NOT_FOUND']],
  ])('of %s are found wherever they are thrown', (name, expected) => {
    expect(codes.get(name)).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    ['charts.overview', ['PACK_NOT_FOUND', 'DATABASE_UNAVAILABLE']],
    ['calc.annualise', ['DATABASE_UNAVAILABLE', 'PROVIDER_REFUSED', 'NOT_ENOUGH_LOTS']],
    ['provider.fetch_quote', ['PACK_NOT_FOUND', 'NOT_ENOUGH_LOTS']],
  ])('of %s are no more than it can reach', (name, others) => {
    expect(codes.get(name)?.filter((code) => others.includes(code))).toEqual([]);
  });
});
