import fc from 'fast-check';
import { anyPortfolio, play, type Scenario } from '../../tests/support/positions';
import { positionReturn, type PositionReturn } from './position-return';

const still = { USD: '1', CAD: '1' };
const prices = (...closes: string[]): Scenario['prices'] => closes.map((close) => ({ A: [close, 'USD'] }));

function returnOf(scenario: Omit<Scenario, 'rates'> & Partial<Scenario>, row = 0): PositionReturn {
  const { history } = play({ rates: scenario.prices.map(() => still), ...scenario });
  return positionReturn(history.positions[row] as (typeof history.positions)[0], history.rates);
}
const cash: Scenario['cash'] = [[0, 'USD', '10000', '10000']];

describe('the return of a position', () => {
  it('chains its days: what was bought and sold meanwhile is no return', () => {
    const { local, base, returns } = returnOf({
      prices: prices('100', '110', '99'),
      shares: [
        [0, 'A', '1'],
        [1, 'A', '9'],
        [2, 'A', '-5'],
      ],
      cash,
      flows: [
        { day: 1, security_id: 'A', bought: '990' },
        { day: 2, security_id: 'A', sold: '495' },
      ],
    });
    expect(local).toBeCloseTo(99 / 100 - 1, 12);
    expect(base).toBe(local);
    expect(returns.map((value) => value?.toFixed(6))).toEqual(['0.100000', '-0.100000']);
  });

  it('counts dividends, and what the first close was above the price paid', () => {
    const { local } = returnOf({
      prices: prices('1', '101', '101'),
      shares: [[1, 'A', '1']],
      cash,
      flows: [
        { day: 1, security_id: 'A', bought: '100' },
        { day: 2, security_id: 'A', income: '1.01' },
      ],
    });
    expect(local).toBeCloseTo(1.01 * 1.01 - 1, 12);
  });

  it('of shares bought and sold on one day is what they brought over what they cost', () => {
    const { local, observations } = returnOf({
      prices: prices('100', '100'),
      cash,
      flows: [{ day: 1, security_id: 'A', bought: '100', sold: '102' }],
      shares: [],
    });
    expect([local?.toFixed(6), observations]).toEqual(['0.020000', 1]);
  });

  it('does not change with a split', () => {
    const { local, returns } = returnOf({
      prices: prices('100', '52', '26'),
      shares: [
        [0, 'A', '3'],
        [1, 'A', '3'],
        [2, 'A', '6'],
      ],
      cash,
    });
    expect(local).toBeCloseTo(0.04, 12);
    expect(returns.map((value) => value?.toFixed(9))).toEqual(['0.040000000', '0.000000000']);
  });

  it('goes on where a position was closed and opened again', () => {
    const { local, observations, returns } = returnOf({
      prices: prices('100', '110', '500', '100', '120'),
      shares: [
        [0, 'A', '1'],
        [1, 'A', '-1'],
        [3, 'A', '1'],
      ],
      cash,
      flows: [
        { day: 1, security_id: 'A', sold: '110' },
        { day: 3, security_id: 'A', bought: '100' },
      ],
    });
    expect(local).toBeCloseTo(1.1 * 1.2 - 1, 12);
    expect([observations, returns[1]]).toEqual([3, null]);
  });

  it('warns of a dividend after the last share, of an overdraft, and has no return of what was never held', () => {
    const late = returnOf({
      prices: prices('100', '100', '100'),
      shares: [
        [0, 'A', '1'],
        [1, 'A', '-1'],
      ],
      cash,
      flows: [
        { day: 1, security_id: 'A', sold: '100' },
        { day: 2, security_id: 'A', income: '1' },
      ],
    });
    expect(late).toMatchObject({ local: 0, warnings: [{ day: 2, code: 'GAIN_WITHOUT_CAPITAL' }] });
    const overdrawn = returnOf({ prices: [{}, {}], cash: [[0, 'CAD', '-5', '-5']] });
    expect(overdrawn).toMatchObject({
      ...{ base: null, local: null, fx: null, observations: 0 },
      warnings: [{ day: 1, code: 'ZERO_START' }],
      reasons: { base: 'TOO_FEW_OBSERVATIONS', local: 'TOO_FEW_OBSERVATIONS', fx: 'TOO_FEW_OBSERVATIONS' },
    });
  });

  it('has no exchange rate’s part where everything was lost', () => {
    const lost = returnOf({
      prices: prices('100', '100'),
      shares: [
        [0, 'A', '1'],
        [1, 'A', '-1'],
      ],
      cash,
    });
    expect(lost).toMatchObject({ local: -1, base: -1, fx: null, reasons: { fx: 'TOTAL_LOSS' } });
  });

  it('of cash in a foreign currency is the rate’s; of one held throughout, fx is rate over rate', () => {
    fc.assert(
      fc.property(anyPortfolio, (scenario) => {
        const { history } = play(scenario);
        for (const position of history.positions) {
          if (position.kind !== 'security' || position.value.some((value) => value <= 0)) continue;
          const rate = history.rates.of(position.currency);
          const { base, local, fx } = positionReturn(position, history.rates);
          const change = (rate.at(-1) as number) / (rate[0] as number) - 1;
          expect(fx).toBeCloseTo(change, 10);
          expect((1 + (local as number)) * (1 + change) - 1).toBeCloseTo(base as number, 10);
        }
      }),
    );
    const foreign = returnOf({ prices: [{}, {}], cash, rates: [still, { USD: '1', CAD: '1.1' }] });
    expect([foreign.local, foreign.base?.toFixed(9)]).toEqual([0, '0.100000000']);
  });
});
