/** The pack of a new day, built alone, is the one that building all days at once gives. */
import fc from 'fast-check';
import { buildPacks } from './build-packs';
import { fxSeries } from './fx-series';
import { buildNextPack, withoutPrice } from './next-pack';

const days = ['2020-01-02', '2020-01-03', '2020-01-06', '2020-01-07'];
const rate = fc.option(
  fc.integer({ min: 1, max: 300 }).map((n) => String(n / 100)),
  { nil: undefined },
);
const quotes = fc.tuple(
  ...days.map((date) => fc.record({ USD: rate, CAD: rate }).map((rates) => ({ date, rates }))),
);
const rates = (given: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

it('has the same hash, whatever quotes are missing on whichever day', () => {
  fc.assert(
    fc.property(quotes, (given) => {
      const fx = given.map((quote) => ({ date: quote.date, rates: rates(quote.rates) }));
      const prices = days.map((date, at) => ({
        date,
        security_id: 'a',
        close: String(at + 1),
        currency: 'USD',
      }));
      const packs = buildPacks({ prices, fx: fxSeries(fx) });
      for (const [at, whole] of packs.entries()) {
        const { date } = whole.content;
        const alone = buildNextPack({
          date,
          previous: packs[at - 1] ?? null,
          prices: prices.filter((price) => price.date === date).map(({ date: _, ...price }) => price),
          fx: fx.filter((quote) => quote.date === date),
        });
        expect(alone.sha256).toBe(whole.sha256);
      }
    }),
  );
});

it('keeps the quote of the pack before, which may be corrected, where the source has another of the same day', () => {
  const [first] = buildPacks({
    prices: [{ date: '2020-01-02', security_id: 'a', close: '1', currency: 'USD' }],
    fx: fxSeries([{ date: '2020-01-02', rates: { USD: '1.10' } }]),
  });
  const next = buildNextPack({
    date: '2020-01-03',
    previous: first ?? null,
    prices: [],
    fx: [{ date: '2020-01-02', rates: { USD: '1.11' } }],
  });
  expect(next.content.fx).toEqual([
    { base_ccy: 'EUR', quote_ccy: 'USD', rate: '1.1', quote_date: '2020-01-02' },
  ]);
  expect(withoutPrice(first ?? null, next.content.prices)).toEqual(['a']);
  expect(withoutPrice(null, [])).toEqual([]);
});
