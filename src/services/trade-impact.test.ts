import { beforeAndAfter, sideFigures } from './trade-impact';
import { universeOf } from './trade-universe';

const held = (symbol: string, quantity: string) => ({
  ...{ symbol, asset_class: 'equity', security_id: symbol, currency: 'CAD', quantity, price: '10' },
  ...{ rate_base_per_local: '1', value: String(Number(quantity) * 10), reasons: {} },
});
const cash = { ...held('CAD', '20'), asset_class: 'cash', security_id: null };
const universe = universeOf([held('A', '60'), held('B', '20'), cash]);
const trade = (security_id: string, side: 'buy' | 'sell', amount: string, cost_base = '1') => ({
  ...{ security_id, side, quantity: String(Number(amount) / 10), value_base: amount, cost_base },
});

describe('the impact of trades', () => {
  it('is a change of value by the costs alone: what is sold becomes cash', () => {
    const { before, after } = beforeAndAfter(universe, [trade('A', 'sell', '300'), trade('B', 'buy', '100')]);
    expect([before.value, before.cash, after.value, after.cash].map(String)).toEqual([
      '1000',
      '200',
      '998',
      '398',
    ]);
    expect(after.weights).toEqual([300 / 998, 300 / 998]);
    // 0.6² + 0.2² + 0.2²
    expect(sideFigures(before, undefined)).toMatchObject({ top_10: 0.8, volatility: null });
    expect(sideFigures(before, undefined).hhi).toBeCloseTo(0.44, 14);
    expect(sideFigures(before, [[0.04, 0], [0, 0.09]]).volatility).toBeCloseTo(Math.sqrt(0.018), 14); // prettier-ignore
  });

  it('counts several trades of one security, as their cash does', () => {
    const { after } = beforeAndAfter(universe, [trade('A', 'sell', '100'), trade('A', 'sell', '200')]);
    expect([after.value, after.cash].map(String)).toEqual(['998', '498']);
    expect(after.weights[0]).toBe(300 / 998);
  });
});
