import fc from 'fast-check';
import { anyPortfolio, baseReturn, play, type Played, type Scenario } from '../../tests/support/positions';
import { attributeByCurrency, type CurrencyAttribution } from './currency-attribution';
import type { InteractionTo } from './position-attribution';

/** One share in USD, by day: close, USD per EUR, CAD per EUR. */
interface Simple extends Omit<Scenario, 'prices' | 'rates'> {
  market: [close: string, usd: string, cad: string][];
}

function played({ market, ...rest }: Simple): Played {
  return play({
    ...rest,
    prices: market.map(([close]) => ({ A: [close, 'USD'] })),
    rates: market.map(([, usd, cad]) => ({ USD: usd, CAD: cad })),
  });
}

function attribute({ history }: Played, interaction?: InteractionTo): CurrencyAttribution {
  const result = attributeByCurrency(history, interaction);
  if ('reason' in result) throw new Error(result.reason);
  return result;
}

const sumOf = <K extends string>(rows: readonly Record<K, number>[], member: K): number =>
  rows.reduce((sum, row) => sum + row[member], 0);
const still: Simple['market'][0] = ['100', '1', '1'];
const bought = (day: number, amount: string) => ({ day, security_id: 'A', currency: 'USD', bought: amount });

describe('currency attribution', () => {
  const oneDay = played({ market: [still, ['110', '1', '1.05']], shares: [[0, 'A', '1']] });

  it('of one share on one day is local, currency and interaction', () => {
    const { total, local_return, fx_return, interaction, by_currency } = attribute(oneDay);
    expect([local_return, fx_return, interaction, total].map((value) => Number(value.toFixed(12)))).toEqual([
      0.1, 0.05, 0.005, 0.155,
    ]);
    expect(by_currency).toHaveLength(1);
    expect(by_currency[0]?.average_weight).toBeCloseTo(1, 15);
  });

  it.each([
    ['currency', 0.1, 0.055],
    ['local', 0.105, 0.05],
  ] as const)('gives the interaction to the %s return where that is asked', (whose, local, fx) => {
    const result = attribute(oneDay, whose);
    for (const one of [result, result.by_currency[0], result.by_position[0], result.by_period[0]]) {
      expect(one?.local_return).toBeCloseTo(local, 12);
      expect(one?.fx_return).toBeCloseTo(fx, 12);
      expect(one?.interaction).toBe(0);
      expect(one?.total).toBeCloseTo(0.155, 12);
    }
  });

  it('gives cash in a foreign currency to the currency alone', () => {
    const foreign = played({
      market: [
        ['1', '1.25', '1.5'],
        ['1', '1.2', '1.5'],
      ],
      cash: [[0, 'USD', '100', '100']],
    });
    expect(attribute(foreign)).toMatchObject({ local_return: 0, interaction: 0 });
    expect(attribute(foreign).fx_return).toBeCloseTo(1.25 / 1.2 - 1, 12);
  });

  it('takes a dividend for the share’s local return, a fee for the cash’s, a purchase for none', () => {
    const { by_position, by_currency } = attribute(
      played({
        market: [still, still],
        shares: [
          [0, 'A', '1'],
          [1, 'A', '1'],
        ],
        cash: [
          [0, 'USD', '100', '100'],
          [1, 'USD', '-96', '0'],
        ],
        flows: [
          { ...bought(1, '100'), income: '5' },
          { day: 1, kind: 'fees', income: '-1' },
        ],
      }),
    );
    expect(by_currency).toMatchObject([{ currency: 'USD' }]);
    expect(by_currency[0]?.local_return).toBeCloseTo(4 / 200, 12);
    expect(by_position.map(({ security_id, total }) => [security_id, Number(total.toFixed(12))])).toEqual([
      ['A', 0.025],
      [null, -0.005],
    ]);
  });

  it('takes a conversion for no return, and what it cost against the day’s rate for local in base', () => {
    const converted = played({
      market: [
        ['1', '1', '1'],
        ['1', '1', '1'],
      ],
      cash: [
        [0, 'CAD', '200', '200'],
        [1, 'CAD', '-100', '0'],
        [1, 'USD', '98', '0'],
      ],
      conversions: [
        [1, 'CAD', '-100'],
        [1, 'USD', '98'],
      ],
    });
    const { by_currency, total } = attribute(converted);
    expect(by_currency).toMatchObject([
      { currency: 'CAD', local_return: -0.01, fx_return: 0 },
      { currency: 'USD', local_return: 0, fx_return: 0, average_weight: 0 },
    ]);
    expect(total).toBeCloseTo(baseReturn(converted.values), 12);
  });

  it('does not take a purchase in another currency than the price’s for a return of either', () => {
    const across = played({
      market: [
        ['100', '1', '2'],
        ['100', '1', '2'],
      ],
      shares: [[1, 'A', '1']],
      cash: [
        [0, 'CAD', '300', '300'],
        [1, 'CAD', '-200', '0'],
      ],
      flows: [{ ...bought(1, '200'), currency: 'CAD' }],
    });
    expect(attribute(across).by_position).toMatchObject([
      { security_id: 'A', currency: 'USD', local_return: 0, total: 0 },
      { security_id: null, currency: 'CAD', local_return: 0, total: 0 },
    ]);
  });

  it('counts the first day from nothing, and days without capital as nothing', () => {
    const emptied = played({
      market: [still, still, ['120', '1', '1'], ['120', '1', '1']],
      shares: [
        [1, 'A', '1'],
        [3, 'A', '-1'],
      ],
      cash: [
        [1, 'USD', '-1', '100'],
        [3, 'USD', '1', '-120'],
      ],
      flows: [bought(1, '100'), { ...bought(3, '0'), sold: '120' }],
    });
    expect(attribute(emptied).total).toBeCloseTo(baseReturn(emptied.values), 12);
    expect(baseReturn(emptied.values)).toBeCloseTo(0.99 * (119 / 99) * (120 / 119) - 1, 12);
  });

  it('is not available from one value, of nothing, over a total loss, or with income in a currency that has no rate', () => {
    expect(attributeByCurrency(played({ market: [still] }).history)).toEqual({
      reason: 'TOO_FEW_OBSERVATIONS',
    });
    const empty = played({ market: [still, still] });
    expect(attributeByCurrency(empty.history)).toEqual({ reason: 'ZERO_START' });
    const lost = played({
      market: [still, still],
      cash: [
        [0, 'CAD', '10', '10'],
        [1, 'CAD', '-10', '0'],
      ],
    });
    expect(attributeByCurrency(lost.history)).toEqual({ reason: 'TOTAL_LOSS' });
    const unknown = played({
      market: [still, still],
      cash: [[0, 'CAD', '10', '10']],
      flows: [{ day: 1, security_id: 'Z', currency: 'SEK', income: '5' }],
    });
    expect(attributeByCurrency(unknown.history)).toEqual({ reason: 'NO_QUOTE' });
  });

  it('adds up by currency, position and month to the return of the base values, whatever happens', () => {
    fc.assert(
      fc.property(anyPortfolio, fc.constantFrom('separate', 'currency', 'local'), (scenario, whose) => {
        const all = play(scenario);
        const result = attribute(all, whose);
        const actual = baseReturn(all.values);
        expect(Math.abs(result.total - actual)).toBeLessThan(1e-9);
        for (const rows of [result.by_currency, result.by_position, result.by_period]) {
          for (const part of ['local_return', 'fx_return', 'interaction', 'total'] as const)
            expect(Math.abs(sumOf<typeof part>(rows, part) - result[part])).toBeLessThan(1e-9);
        }
        const months = result.by_period.reduce((wealth, row) => wealth * (1 + row.period_return), 1) - 1;
        expect(Math.abs(months - actual)).toBeLessThan(1e-9);
        for (const rows of [result.by_currency, result.by_position])
          expect(sumOf(rows, 'average_weight')).toBeCloseTo(1, 9);
        for (const row of result.by_position.filter(({ currency }) => currency === 'CAD'))
          expect(row).toMatchObject({ fx_return: 0, interaction: 0 });
      }),
    );
  });

  it('gives months their own days: the first from the opening, each from the day before', () => {
    const flat = Array.from({ length: 60 }, () => still);
    const { by_period } = attribute(played({ market: flat, cash: [[0, 'CAD', '10', '10']] }));
    expect(by_period.map(({ period, from, to }) => [period, from, to])).toEqual([
      ['2013-01', '2013-01-07', '2013-01-31'],
      ['2013-02', '2013-01-31', '2013-02-28'],
      ['2013-03', '2013-02-28', '2013-03-07'],
    ]);
  });
});
