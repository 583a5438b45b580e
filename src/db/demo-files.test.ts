/** The demo against its sources: real closes, real crosses, and dividends that the prices themselves confirm. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Transaction } from '../ledger/entries';
import { Exact } from '../ledger/decimal';
import { parseLedger } from '../ledger/parse-ledger';
import { buildPacks } from '../packs/build-packs';
import { fxSeries } from '../packs/fx-series';
import { readFxQuotes, readPrices } from '../packs/price-files';
import { readDemoFiles } from './demo-files';

const dir = path.join(__dirname, '../../demo');
const files = readDemoFiles(dir, null);
const fx = fxSeries(readFxQuotes(files.fx));
const rowsOf = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const dividends = rowsOf(readFileSync(path.join(dir, 'data/dividends.csv'), 'utf8')).map(
  ([symbol = '', ex_date = '', pay_date = '', amount = '']) => ({ symbol, ex_date, pay_date, amount }),
);
const closes = new Map(
  rowsOf(files.stocks).map(([symbol = '', date = '', close = '']) => [`${symbol} ${date}`, close]),
);
const transactionsOf = (text: string): Transaction[] =>
  parseLedger(text, 'demo').entries.filter((entry) => entry.kind === 'transaction');
const ledgers = [...files.ledgers.values()].map(({ file, text }) => ({
  file,
  transactions: transactionsOf(text),
}));

describe('dividends.csv', () => {
  /** US dollars a share; the adjusted closes carry six decimals, which leaves an error of some millionths. */
  const tolerance = 0.0001;

  it.each(['AAPL', 'IBM', 'MSFT'])(
    'lists every dividend of %s that its prices know of, and no other',
    (symbol) => {
      const known = new Map(
        dividends.filter((row) => row.symbol === symbol).map((row) => [row.ex_date, Number(row.amount)]),
      );
      const days = rowsOf(files.stocks).filter(([name]) => name === symbol);
      const wrong: string[] = [];
      let confirmed = 0;
      days.slice(1).forEach(([, date = '', close = '', adjusted = ''], index) => {
        const [, , closeBefore = '', adjustedBefore = ''] = days[index] ?? [];
        // The source counts a dividend as received at the ex-date's close: (close + dividend) / close = growth of the ratio.
        const growth = Number(adjusted) / Number(close) / (Number(adjustedBefore) / Number(closeBefore));
        const implied = Number(close) * (growth - 1);
        const listed = known.get(date) ?? 0;
        if (Math.abs(implied - listed) > tolerance)
          wrong.push(`${date}: ${String(listed)} listed, ${String(implied)} implied`);
        if (known.has(date)) confirmed += 1;
      });
      expect(wrong).toEqual([]);
      expect(confirmed).toBe(known.size);
    },
  );
});

describe.each(ledgers)('$file', ({ transactions }) => {
  it('buys and sells at the day’s close', () => {
    const traded = transactions.flatMap(({ date, postings }) =>
      postings.flatMap(({ units, cost, price }) =>
        cost === null
          ? []
          : [
              {
                key: `${units.currency} ${date}`,
                at: units.number.isPositive() ? cost.number : price?.number,
              },
            ],
      ),
    );
    expect(traded.length).toBeGreaterThan(2);
    for (const { key, at } of traded)
      expect(`${key} ${String(at)}`).toBe(`${key} ${new Exact(closes.get(key) ?? 0).toString()}`);
  });

  it('converts at the day’s ECB cross, to the cent', () => {
    for (const { date, postings } of transactions) {
      for (const { units, cost, price } of postings) {
        if (cost !== null || price === null) continue;
        const cross = fx.crossAt(units.currency, price.currency, date);
        const { quote_date } = fx.quotesAt(date)[0] ?? {};
        expect(quote_date).toBe(date);
        expect(price.number.toFixed(2)).toBe(
          units.number
            .abs()
            .times(cross?.toString() ?? 0)
            .toFixed(2),
        );
      }
    }
  });

  it('receives every dividend on its pay date, for the shares held before the ex-date', () => {
    const held = (symbol: string, before: string): Exact =>
      transactions
        .filter(({ date }) => date < before)
        .flatMap(({ postings }) =>
          postings.filter(({ units, cost }) => cost !== null && units.currency === symbol),
        )
        .reduce((sum, { units }) => sum.plus(units.number), new Exact(0));
    const received = transactions.flatMap(({ date, postings }) =>
      postings
        .filter(({ account }) => account.startsWith('Income:Dividends:'))
        .map(
          ({ account, units }) =>
            `${date} ${account.split(':')[2] ?? ''} ${units.number.negated().toFixed(2)}`,
        ),
    );
    const due = dividends
      .filter(({ pay_date }) => pay_date <= '2013-02-28')
      .map(({ symbol, ex_date, pay_date, amount }) => ({
        symbol,
        pay_date,
        sum: held(symbol, ex_date).times(amount),
      }))
      .filter(({ sum }) => !sum.isZero())
      .map(({ symbol, pay_date, sum }) => `${pay_date} ${symbol} ${sum.toFixed(2)}`);
    expect(received.sort()).toEqual(due.sort());
  });
});

describe('the packs', () => {
  const packs = buildPacks({ prices: readPrices(files.stocks, files.securities), fx });

  it('are one for each NYSE trading day from 2007-01-03 to 2013-03-01', () => {
    expect(packs).toHaveLength(1551);
    expect([packs[0]?.id, packs.at(-1)?.id]).toEqual(['PP_2007-01-03', 'PP_2013-03-01']);
  });

  it('hold the ECB’s quotes unmodified, with the day they are of where the ECB was closed', () => {
    const boxingDay = packs.find(({ id }) => id === 'PP_2012-12-26');
    expect(boxingDay?.content.fx.find(({ quote_ccy }) => quote_ccy === 'USD')).toEqual({
      base_ccy: 'EUR',
      quote_ccy: 'USD',
      rate: '1.3218',
      quote_date: '2012-12-24',
    });
    expect(
      packs.filter(({ content }) => content.fx.some(({ quote_date }) => quote_date < content.date)),
    ).toHaveLength(13);
  });
});
