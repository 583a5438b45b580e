/** The chart of losses: every security with its parts, the day in its title, the currency at its axis. */
import { harvestChart } from './chart-tax';
import type { Benefit } from './tax-benefit';

const benefit = (
  symbol: string,
  allowed_base: string,
  disallowed_base: string,
  excluded: Benefit['excluded'],
) => ({ symbol, allowed_base, disallowed_base, excluded }) as Benefit;

it('shows what counts, what is left out, and what is disallowed', () => {
  const chart = harvestChart(
    [benefit('A', '12.5', '0', null), benefit('B', '7', '3', 'WASH_SALE')],
    '2012-12-31',
    'CAD',
  );
  expect(chart['data']).toEqual({
    values: [
      { symbol: 'A', part: 'allowed', amount: 12.5 },
      { symbol: 'A', part: 'disallowed', amount: 0 },
      { symbol: 'B', part: 'left out', amount: 7 },
      { symbol: 'B', part: 'disallowed', amount: 3 },
    ],
  });
  expect(chart).toMatchObject({
    title: { text: 'Losses that could be taken as of 2012-12-31' },
    encoding: { x: { title: 'Loss in CAD' } },
  });
});

it('says so where there is nothing to show', () => {
  expect(harvestChart([], '2012-12-31', 'CAD')['title']).toMatchObject({ subtitle: 'none' });
});
