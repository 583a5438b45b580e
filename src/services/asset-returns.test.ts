import { day, play, type Scenario } from '../../tests/support/positions';
import { heldAssets } from './asset-returns';
import { componentRisk } from './component-risk';
import type { KnownSplit } from './split-growth';

const still = { USD: '1', CAD: '1' };
const assetsOf = (scenario: Scenario, splits: KnownSplit[] = []) => {
  const { history, inputs } = play(scenario);
  return heldAssets(history, inputs, splits);
};
const rounded = (returns: readonly (number | null)[] | undefined) =>
  returns?.map((value) => (value === null ? null : Number(value.toFixed(9))));

describe('the returns of what is held', () => {
  it('are price and rate, also of days before it was bought, weighed by what it is now', () => {
    const assets = assetsOf({
      prices: ['100', '110', '99'].map((close) => ({ A: [close, 'USD'] })),
      rates: [still, { USD: '1', CAD: '1.1' }, { USD: '1', CAD: '1.1' }],
      shares: [[2, 'A', '1']],
      cash: [
        [0, 'CAD', '1000', '1000'],
        [0, 'USD', '99', '99'],
        [2, 'USD', '-99', '0'],
      ],
      flows: [{ day: 2, security_id: 'A', bought: '99' }],
    });
    expect(assets.map(({ id }) => id)).toEqual(['A', 'CAD']);
    expect(rounded(assets[0]?.returns)).toEqual([0.21, -0.1]);
    expect(rounded(assets[1]?.returns)).toEqual([0, 0]);
    expect(assets[0]?.weight).toBeCloseTo(108.9 / 1108.9, 12);
    expect(assets.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('have dividends in them where it was held, and no fall where shares were split', () => {
    const [share] = assetsOf({
      prices: ['100', '50', '51'].map((close) => ({ A: [close, 'USD'] })),
      rates: [still, still, still],
      shares: [
        [0, 'A', '10'],
        [1, 'A', '10'],
      ],
      flows: [{ day: 2, security_id: 'A', income: '10' }],
    });
    expect(rounded(share?.returns)).toEqual([0, 0.03]);
  });

  it('know declared splits of days on which it was not held, and of days with a trade', () => {
    const split = { security_id: 'A', ex_date: day(1), ratio: '2' };
    const market = {
      prices: ['100', '51', '51'].map((close) => ({ A: [close, 'USD'] as [string, string] })),
      rates: [still, still, still],
    };
    const [later] = assetsOf({ ...market, shares: [[2, 'A', '10']] }, [split]);
    expect(rounded(later?.returns)).toEqual([0.02, 0]);
    const shares: Scenario['shares'] = [
      [0, 'A', '10'],
      [1, 'A', '15'],
    ];
    const [traded] = assetsOf({ ...market, shares, flows: [{ day: 1, security_id: 'A', bought: '255' }] }, [
      split,
    ]);
    expect(rounded(traded?.returns)).toEqual([0.02, 0]);
  });

  it('count a declared split once, when the ledger books it late', () => {
    const shares: Scenario['shares'] = [
      [0, 'A', '10'],
      [2, 'A', '10'],
    ];
    const [share] = assetsOf(
      {
        prices: ['100', '50', '50'].map((close) => ({ A: [close, 'USD'] })),
        rates: [still, still, still],
        shares,
      },
      [{ security_id: 'A', ex_date: day(1), ratio: '2' }],
    );
    expect(rounded(share?.returns)).toEqual([0, 0]);
  });

  it('are missing where a price is, and there are none of a portfolio that owes more than it has', () => {
    const [share] = assetsOf({
      prices: [{}, { A: ['10', 'USD'] }, { A: ['11', 'USD'] }],
      rates: [still, still, still],
      shares: [[1, 'A', '1']],
      cash: [[0, 'CAD', '5', '5']],
    });
    expect(rounded(share?.returns)).toEqual([null, 0.1]);
    expect(assetsOf({ prices: [{}, {}], rates: [still, still], cash: [[0, 'CAD', '-5', '-5']] })).toEqual([]);
  });

  it('carry a value at risk whose parts add up to that of the whole', () => {
    const closes = [100, 102, 99, 103, 101, 98, 104];
    const assets = assetsOf({
      prices: closes.map((close, at) => ({
        A: [String(close), 'USD'],
        B: [String(200 - close - at), 'USD'],
      })),
      rates: closes.map((_, at) => ({ USD: '1', CAD: String(1 + at / 100) })),
      shares: [
        [0, 'A', '3'],
        [0, 'B', '2'],
      ],
      cash: [
        [0, 'USD', '100', '100'],
        [0, 'CAD', '100', '100'],
      ],
    });
    const { value_at_risk, components } = componentRisk({
      returns: Object.fromEntries(assets.map(({ id, returns }) => [id, returns])),
      weights: Object.fromEntries(assets.map(({ id, weight }) => [id, weight])),
    });
    const sum = Object.values(components).reduce((all, one) => all + (one.value_at_risk as number), 0);
    expect(sum).toBeCloseTo(value_at_risk as number, 12);
    expect(assets.map(({ id }) => id)).toEqual(['A', 'B', 'USD', 'CAD']);
  });
});
