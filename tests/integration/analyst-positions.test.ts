/** What the analyst says of the demo's positions, from the real database. */
import { type Analyst, startAnalyst } from '../support/ask-analyst';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const total = <K extends string>(rows: readonly Record<K, number | null>[], member: K): number =>
  rows.reduce((sum, row) => sum + (row[member] ?? NaN), 0);
const windows: { lookback_days?: number }[] = [{ lookback_days: 252 }, { lookback_days: 1 }, {}];

describe('metrics.currency_attribution', () => {
  it.each(windows)(
    'adds up by currency, position and month to the time-weighted return: %j',
    async (args) => {
      const split = await analyst.ask('metrics.currency_attribution', args);
      const { value } = await analyst.ask('metrics.compute_twr', args);
      expect(split.base_return_actual).toBe(value);
      expect(Math.abs(split.error_bps as number)).toBeLessThan(1e-5);
      for (const rows of [split.by_currency, split.by_position, split.by_period]) {
        for (const part of ['local_return', 'fx_return', 'interaction', 'total'] as const) {
          const whole = part === 'total' ? split.value : split[part];
          expect(Math.abs(total<typeof part>(rows, part) - (whole as number))).toBeLessThan(1e-9);
        }
      }
      // Nothing has a weight on the morning of the first day.
      const days = split.observations - (args.lookback_days === undefined ? 1 : 0);
      expect(total(split.by_position, 'average_weight')).toBeCloseTo(days / split.observations, 9);
    },
  );

  it('names shares by symbol, then cash, and months from the first to the last', async () => {
    const split = await analyst.ask('metrics.currency_attribution', { lookback_days: 252 });
    expect(split.by_position.map(({ symbol, currency }) => [symbol, currency])).toEqual([
      ['AAPL', 'USD'],
      ['IBM', 'USD'],
      ['MSFT', 'USD'],
      ['CAD', 'CAD'],
      ['USD', 'USD'],
    ]);
    expect(split.by_period[0]).toMatchObject({ period: '2012-02', from: split.from, to: '2012-02-29' });
    expect(split.by_period.at(-1)).toMatchObject({ period: '2013-02', from: '2013-01-31', to: split.to });
    expect(split.by_period).toHaveLength(13);
  });

  it('gives the interaction away when asked, and the total stays', async () => {
    const apart = await analyst.ask('metrics.currency_attribution', { lookback_days: 252 });
    const given = await analyst.ask('metrics.currency_attribution', {
      lookback_days: 252,
      interaction: 'currency',
    });
    expect(given).toMatchObject({ interaction: 0, convention: { interaction: 'currency' } });
    expect(given.fx_return).toBeCloseTo((apart.fx_return as number) + (apart.interaction as number), 12);
    expect(given.value).toBeCloseTo(apart.value as number, 12);
  });

  it('has one month and no weights on the day a portfolio began', async () => {
    const first = await analyst.ask('metrics.currency_attribution', {}, { day: '2007-01-03' });
    expect(first).toMatchObject({
      by_currency: [
        { currency: 'CAD', average_weight: 0 },
        { currency: 'USD', average_weight: 0 },
      ],
      by_period: [{ period: '2007-01', from: '2007-01-02', to: '2007-01-03' }],
    });
  });
});
