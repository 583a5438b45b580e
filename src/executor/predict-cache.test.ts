import { testContext } from '../../tests/support/request-context';
import { digest } from '../canonical';
import { catalogue, memoKey } from '../capabilities';
import type { ForeseenCall } from '../pattern/foreseen-calls';
import { predictCache } from './predict-cache';

const annualise = (days: number): ForeseenCall =>
  ({
    callable: { capability: 'calc.annualise' },
    args: { total_return: 0.1, days },
  }) as unknown as ForeseenCall;
const known = memoKey(catalogue['calc.annualise'], digest(annualise(365).args), testContext);

describe('predictCache', () => {
  it.each(['redis', 'local'] as const)('asks a %s memory under the key that the call would have', async (scope) => {
    const lookup = (keys: readonly string[]): Promise<boolean[]> => Promise.resolve(keys.map((key) => key === known));
    const predict = predictCache(catalogue, { lookup, scope });
    const foreign = { callable: { capability: 'their.own' }, args: {} } as unknown as ForeseenCall;
    const states = (await predict([foreign, annualise(365), annualise(366)], testContext)).map(({ state }) => state);
    expect(states).toEqual(['unknown', 'hit', scope === 'redis' ? 'miss' : 'unknown']);
  });
}); // prettier-ignore
