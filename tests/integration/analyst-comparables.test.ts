/** portfolio.comparable_positions on the demo: closes, returns and deviations as they come out of demo/data by hand. */
import { type Analyst, bob, startAnalyst } from '../support/ask-analyst';

const sector = 'Information Technology';
const apple = '5ec00000-0000-4000-8000-00000000aa91';
const facebook = '5ec00000-0000-4000-8000-0000000000fb';
const index = '5ec00000-0000-4000-8000-000000005500';
const name = 'portfolio.comparable_positions';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

it('compares over three trading days the closes of 25 and 28 February 2013, held or not', async () => {
  const told = await analyst.ask(name, { security_id: apple, lookback_days: 3 });
  expect(told).toMatchObject({
    ...{ asof_date: '2013-02-28', from: '2013-02-25', to: '2013-02-28', sector, total: 4, reasons: {} },
    security: {
      ...{ security_id: apple, symbol: 'AAPL', asset_class: 'equity', sector, currency: 'USD' },
      ...{ price: '441.4', price_return: expect.closeTo(441.4 / 442.8 - 1, 12) as number },
      // Of three returns no deviation is told.
      ...{ volatility: null, observations: 3, reasons: { volatility: 'FEW_OBSERVATIONS' } },
    },
  });
  expect(told.comparables.map(({ symbol, price, price_return }) => [symbol, price, price_return])).toEqual([
    ['FB', '27.25', expect.closeTo(27.25 / 27.27 - 1, 12)],
    ['GOOG', '801.2', expect.closeTo(801.2 / 790.77 - 1, 12)],
    ['IBM', '200.83', expect.closeTo(200.83 / 197.51 - 1, 12)],
    ['MSFT', '27.8', expect.closeTo(27.8 / 27.37 - 1, 12)],
  ]);
});

it('takes a year where no window is named, and gives no shorter return under its name', async () => {
  const { security, comparables, from } = await analyst.ask(name, { security_id: apple });
  expect(from).toBe('2012-02-27');
  // By an independent program from the same file: sample deviation of 252 daily returns × √252.
  expect(security).toMatchObject({
    observations: 252,
    price_return: expect.closeTo(441.4 / 525.76 - 1, 12) as number,
    volatility: expect.closeTo(0.32539793025610025, 12) as number,
  });
  const [fb, goog] = comparables;
  expect(goog).toMatchObject({ volatility: expect.closeTo(0.21562845172565362, 12) as number });
  // It was first traded on 2012-05-18.
  expect(fb).toMatchObject({
    ...{ symbol: 'FB', price: '27.25', price_return: null, volatility: null, observations: 194 },
    reasons: { price_return: 'NO_QUOTE', volatility: 'NO_QUOTE' },
  });
});

it('shows no more than it is asked for, and says how many there are', async () => {
  const { comparables, total } = await analyst.ask(name, { security_id: apple, limit: 2 });
  expect([comparables.map(({ symbol }) => symbol), total]).toEqual([['FB', 'GOOG'], 4]);
});

it('knows nothing of later days: Facebook has no price before it was traded', async () => {
  const { security, comparables } = await analyst.ask(
    name,
    { security_id: facebook, lookback_days: 20 },
    { day: '2012-05-16', owner: bob },
  );
  const reasons = { price: 'NO_QUOTE', price_return: 'NO_QUOTE', volatility: 'NO_QUOTE' };
  expect(security).toMatchObject({ price: null, price_return: null, observations: 0, reasons });
  expect(comparables.map(({ symbol }) => symbol)).toEqual(['AAPL', 'GOOG', 'IBM', 'MSFT']);
});

it('has none for what is in no sector, unless a sector is named, and never an index', async () => {
  expect(await analyst.ask(name, { security_id: index })).toMatchObject({
    ...{ sector: null, comparables: [], total: 0, reasons: { sector: 'NOT_CLASSIFIED' } },
    security: { asset_class: 'index', reasons: { sector: 'NOT_CLASSIFIED' } },
  });
  const named = await analyst.ask(name, { security_id: index, sector, lookback_days: 3 });
  expect(named).toMatchObject({ sector, total: 5, reasons: {} });
  expect(await analyst.ask(name, { security_id: apple, sector: 'Energy' })).toMatchObject({
    ...{ sector: 'Energy', comparables: [], total: 0, security: { symbol: 'AAPL', sector } },
  });
});

it('has no window on the first day of all', async () => {
  const told = await analyst.ask(name, { security_id: apple }, { day: '2007-01-03' });
  expect(told).toMatchObject({
    ...{ from: null, to: '2007-01-03', reasons: { from: 'TOO_FEW_OBSERVATIONS' } },
    security: { price: '83.8', price_return: null, reasons: { price_return: 'TOO_FEW_OBSERVATIONS' } },
  });
});

it('names no security that there is not', async () => {
  const unknown = '5ec00000-0000-4000-8000-00000000ffff';
  await expect(analyst.ask(name, { security_id: unknown })).rejects.toMatchObject({
    code: 'DATA_MISSING',
    message: expect.stringContaining('ask ledger.positions') as string,
  });
});
