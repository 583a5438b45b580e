/** fundamentals.load with FMP played: what was filed by the run's day counts, by hand-computed figures of an invented company. */
import { Client } from 'pg';
import { insertSecurities } from '../../src/db/securities';
import { type AskProviders, startAskProviders } from '../support/ask-providers';
import { fmpStatements as statements } from '../support/provider-answers';
import { json, type ProviderServer, startProviderServer } from '../support/provider-server';

const aapl = '5ec00000-0000-4000-8000-00000000aa91';
let server: ProviderServer;
let on: AskProviders;

beforeAll(async () => {
  server = await startProviderServer();
  on = await startAskProviders(server);
});
afterAll(async () => {
  await on.close();
  await server.close();
});

it('counts what was filed by the run’s day, and says what was left out', async () => {
  server.play((res, asked) => {
    json(statements[asked.path] ?? [])(res, asked);
  });
  const { result, meta } = await on.call('fundamentals.load', { security_id: aapl });
  expect(result).toMatchObject({
    symbol: 'AAPL',
    currency: 'USD',
    latest_period_end: '2011-12-31',
    latest_filing: '2012-03-15',
    years: 3,
    left_out: ['income', 'balance_sheet', 'cash_flow'].map((statement) => ({
      statement,
      period_end: '2012-12-31',
      reason: 'FILED_LATER',
    })),
    inputs: {
      gross_margin: { value: expect.closeTo(0.4, 12) as number, observations: 3 },
      return_on_equity: { value: expect.closeTo(0.2, 12) as number, observations: 3 },
      payout_ratio: { value: expect.closeTo((29 + 28 + 27) / 300, 12) as number },
      fcf_coverage: { value: expect.closeTo(90 / 29, 12) as number },
      dividend_growth_streak: { value: 2 },
      net_cash: { value: '200' },
      debt_to_equity: { value: 0.2 },
      current_ratio: { value: 2 },
      interest_coverage: { value: 10 },
      intangibles_to_assets: { value: 0.15 },
      switching_costs: { value: null, reasons: { value: 'NEEDS_JUDGEMENT' } },
    },
  });
  expect(meta).toMatchObject({ source: 'provider:fmp', asof_date: '2012-03-15' });
  expect(server.asked.map(({ path }) => path).sort()).toEqual(Object.keys(statements).sort());
});

it('knows the year once it is filed', async () => {
  server.play((res, asked) => {
    json(statements[asked.path] ?? [])(res, asked);
  });
  const found = await on.ask('fundamentals.load', { security_id: aapl }, { day: '2013-03-15' });
  expect(found).toMatchObject({ latest_period_end: '2012-12-31', years: 4, left_out: [] });
});

it('fails as the provider does, and gives no figure then', async () => {
  server.play(json({ error: 'no' }, 500));
  await expect(on.ask('fundamentals.load', { security_id: aapl })).rejects.toMatchObject({
    code: 'PROVIDER_UNAVAILABLE',
  });
});

it('takes no filing on the day the year ended, or before, for one: that would be a look ahead', async () => {
  server.play((res, asked) => {
    const rows = (statements[asked.path] ?? []) as { date: string }[];
    json(rows.map((row) => ({ ...row, filingDate: row.date })))(res, asked);
  });
  const { result, meta } = await on.call('fundamentals.load', { security_id: aapl });
  expect(result).toMatchObject({ years: 0, reasons: { latest_filing: 'NO_STATEMENTS' } });
  expect((result as { left_out: { reason: string }[] }).left_out.map(({ reason }) => reason)).toEqual(
    Array(12).fill('FILING_DATE_NOT_GIVEN'),
  );
  expect(meta).toMatchObject({ source: 'provider:fmp', asof_date: null });
});

it('asks nothing for a security that trades in another currency under a bare ticker', async () => {
  const owner = new Client({ connectionString: on.database.ownerUrl });
  await owner.connect();
  const telus = { symbol: 'T', name: 'Telus Corp.', asset_class: 'equity', currency: 'CAD' } as const;
  const bare = { ...telus, id: '5ec00000-0000-4000-8000-00000000000a' };
  const named = { ...telus, symbol: 'T.TO', id: '5ec00000-0000-4000-8000-00000000000b' };
  await insertSecurities(owner, [bare, named]);
  await owner.end();
  server.play(json([]));
  const found = await on.ask('fundamentals.load', { security_id: bare.id });
  expect(found.inputs.gross_margin).toMatchObject({ value: null, reasons: { value: 'NOT_A_US_TICKER' } });
  expect(server.asked).toEqual([]);
  await on.ask('fundamentals.load', { security_id: named.id });
  expect(server.asked.map(({ query }) => query.get('symbol'))).toEqual(['T.TO', 'T.TO', 'T.TO']);
});
