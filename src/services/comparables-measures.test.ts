import { priceMeasures } from './comparables-measures';
import { splitGrowth } from './split-growth';

const days = Array.from({ length: 22 }, (_, at) => `2013-01-${String(at + 1).padStart(2, '0')}`);
const closes = (values: readonly string[]) =>
  values.map((close, at) => ({ date: days[at] as string, close, currency: 'USD' }));
const steady = days.map(() => '10');

it('takes a split out of a price return', () => {
  const halved = steady.map((close, at) => (at < 11 ? '20' : close));
  const split = splitGrowth([{ security_id: 'a', ex_date: days[11] as string, ratio: '2' }]);
  expect(priceMeasures(closes(halved), days, split, 'a')).toEqual({
    ...{ price: '10', price_return: 0, volatility: 0, observations: 21, reasons: {} },
  });
  expect(priceMeasures(closes(halved), days, splitGrowth([]), 'a').price_return).toBe(-0.5);
});

it('has no return where the first or the last day has no price, and no volatility of few days', () => {
  const none = splitGrowth([]);
  expect(priceMeasures(closes(steady).slice(1), days, none, 'a')).toMatchObject({
    price_return: null,
    reasons: { price_return: 'NO_QUOTE' },
  });
  expect(priceMeasures(closes(steady).slice(0, -1), days, none, 'a')).toMatchObject({
    price: null,
    reasons: { price: 'NO_QUOTE' },
  });
  expect(priceMeasures(closes(['10', '11']), days.slice(0, 2), none, 'a')).toMatchObject({
    volatility: null,
    reasons: { volatility: 'FEW_OBSERVATIONS' },
  });
  expect(priceMeasures(closes(['10', '11']), days.slice(0, 2), none, 'a').price_return).toBeCloseTo(0.1, 12);
});
