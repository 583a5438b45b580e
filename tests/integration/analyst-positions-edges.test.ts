/** Positions of ledgers that are not as tidy as the demo: from the ledger's text through the real database. */
import { type Analyst, startAnalyst } from '../support/ask-analyst';
import { type ReadLedger, readLedger } from '../support/read-ledger';

const accounts = `
option "title" "Edges"
option "operating_currency" "CAD"
2012-01-01 open Assets:Cash:CAD
2012-01-01 open Assets:Cash:USD
2012-01-01 open Assets:Shares:FB                FB "FIFO"
2012-01-01 open Assets:Shares:GOOG              GOOG "FIFO"
2012-01-01 open Assets:Shares:IBM               IBM "FIFO"
2012-01-01 open Equity:Contributions
2012-01-01 open Income:Gains
2012-01-01 open Income:Interest
2012-01-01 open Income:Dividends:GOOG
2012-01-01 open Expenses:Fees

2012-06-01 * "Contribution"
  Assets:Cash:CAD             50000.00 CAD
  Equity:Contributions
`;
const trades = `
2012-06-04 * "CAD into USD"
  Assets:Cash:USD             20000.00 USD @@ 20800.00 CAD
  Assets:Cash:CAD            -20800.00 CAD

2012-06-05 * "Buy 10 GOOG, paid in CAD"
  Assets:Shares:GOOG                10 GOOG {570.41 USD, 2012-06-05}
  Assets:Cash:CAD             -5950.00 CAD @@ 5704.10 USD

2012-06-06 * "Buy 20 IBM"
  Assets:Shares:IBM                 20 IBM {193.00 USD, 2012-06-06}
  Expenses:Fees                   9.95 USD
  Assets:Cash:USD

2012-09-04 * "Sell 20 IBM: the ledger tells the gain, not the price"
  Assets:Shares:IBM                -20 IBM {193.00 USD, 2012-06-06}
  Assets:Cash:USD              3880.00 USD
  Income:Gains                  -20.00 USD

2012-10-01 * "Interest"
  Assets:Cash:USD                12.00 USD
  Income:Interest

2012-10-03 * "Sell 10 GOOG"
  Assets:Shares:GOOG               -10 GOOG {570.41 USD, 2012-06-05} @ 762.50 USD
  Assets:Cash:USD              7625.00 USD
  Income:Gains

2012-10-15 * "A dividend after the last share"
  Assets:Cash:USD                 5.00 USD
  Income:Dividends:GOOG
`;

let analyst: Analyst;
let traded: ReadLedger;
beforeAll(async () => {
  analyst = await startAnalyst();
  traded = await readLedger(analyst.database.ownerUrl, accounts + trades, '1.04');
});
afterAll(() => analyst.close());

const goog = '5ec00000-0000-4000-8000-000000006006';
const read = (text: string) => readLedger(analyst.database.ownerUrl, accounts + text);

it('has rows for what was opened and closed in the window, and all rows add up to the return', async () => {
  const found = await analyst.ask('portfolio.contribution', {}, { ctx: traded });
  const twr = await analyst.ask('metrics.compute_twr', {}, { ctx: traded });
  expect(found.positions.map(({ kind, symbol, is_open }) => [kind, symbol, is_open])).toEqual([
    ['security', 'GOOG', false],
    ['security', 'IBM', false],
    ['cash', 'CAD', true],
    ['cash', 'USD', true],
    ['fees', 'USD', false],
  ]);
  const sum = found.positions.reduce((all, row) => all + row.contribution, 0);
  expect(Math.abs(sum - (twr.value as number))).toBeLessThan(1e-9);
  const split = await analyst.ask('metrics.currency_attribution', {}, { ctx: traded });
  expect(Math.abs(split.error_bps as number)).toBeLessThan(1e-5);
});

it('gives a sale without a price what its cash tells, and shares paid in base their price’s currency', async () => {
  const { positions } = await analyst.ask('portfolio.contribution', {}, { ctx: traded });
  const [google, ibm, , usd] = positions;
  // No dividends while they were held: what the sale brought over what they cost.
  expect(ibm?.local_return).toBeCloseTo(3880 / 3860 - 1, 12);
  expect(google).toMatchObject({ currency: 'USD', reasons: {} });
  expect(google?.local_return).toBeCloseTo(7625 / 5704.1 - 1, 12);
  // All that the cash earned is its interest: neither the gain of the sale nor the late dividend is its.
  expect(usd?.local_return).toBeGreaterThan(0.0004);
  expect(usd?.local_return).toBeLessThan(0.0008);
});

it('values shares whose cost is in another currency than their price, to the value of the day', async () => {
  const ctx = await read(`
2012-06-05 * "Buy 10 GOOG, at cost in CAD"
  Assets:Shares:GOOG                10 GOOG {595.00 CAD, 2012-06-05}
  Assets:Cash:CAD             -5950.00 CAD
`);
  const { positions } = await analyst.ask('ledger.positions', {}, { ctx });
  const valued = await analyst.ask('pricing.apply_pack', { positions }, { ctx });
  const { points } = await analyst.ask('portfolio.historical_nav', {}, { ctx });
  expect(valued).toMatchObject({ total_value: points.at(-1)?.value, missing: [] });
  const [held] = valued.positions;
  const details = await analyst.ask('portfolio.position_details', { security_id: goog }, { ctx });
  expect(details).toMatchObject({
    ...{ value: held?.value, price: null, unrealised_gain: held?.unrealised_gain, unrealised_fx_gain: null },
    reasons: { price: 'PRICE_CURRENCY_MISMATCH', unrealised_fx_gain: 'PRICE_CURRENCY_MISMATCH' },
  });
  const split = await analyst.ask('metrics.currency_attribution', {}, { ctx });
  expect(split.by_position.map(({ symbol, currency }) => [symbol, currency])).toEqual([
    ['GOOG', 'USD'],
    ['CAD', 'CAD'],
  ]);
  expect(Math.abs(split.error_bps as number)).toBeLessThan(1e-5);
});

it('knows the dividend of a share that is no longer held, with a warning that it had no capital', async () => {
  const found = await analyst.ask('portfolio.position_performance', { security_id: goog }, { ctx: traded });
  expect(found).toMatchObject({
    ...{ is_open: false, weight: 0, dividends_local: '5' },
    warnings: [{ date: '2012-10-15', code: 'GAIN_WITHOUT_CAPITAL' }],
    reasons: { 'risk.component_value_at_risk': 'NOT_HELD' },
  });
  const details = await analyst.ask('portfolio.position_details', { security_id: goog }, { ctx: traded });
  expect(details).toMatchObject({ quantity: '0', value: '0', lots: [] });
});

it('counts a dividend less the tax withheld from it, and other taxes in a row of their own', async () => {
  const ctx = await read(`
2012-06-01 open Income:Dividends:IBM
2012-06-01 open Expenses:Taxes:Withholding
2012-06-01 open Expenses:Taxes:Property

2012-06-06 * "Buy 20 IBM"
  Assets:Shares:IBM                 20 IBM {193.00 USD, 2012-06-06}
  Assets:Cash:CAD             -4100.00 CAD @@ 3860.00 USD

2012-09-10 * "Dividend, 15 % withheld"
  Assets:Cash:USD                14.45 USD
  Expenses:Taxes:Withholding      2.55 USD
  Income:Dividends:IBM          -17.00 USD

2012-09-11 * "A tax on nothing held"
  Assets:Cash:CAD              -100.00 CAD
  Expenses:Taxes:Property
`);
  const { positions } = await analyst.ask('portfolio.contribution', {}, { ctx });
  const ibm = positions.find(({ symbol }) => symbol === 'IBM');
  expect(positions.map(({ kind, currency }) => `${kind} ${currency}`)).toContain('taxes CAD');
  expect(positions.map(({ kind, currency }) => `${kind} ${currency}`)).not.toContain('taxes USD');
  const security_id = ibm?.security_id as string;
  const found = await analyst.ask('portfolio.position_performance', { security_id }, { ctx });
  expect(found.dividends_local).toBe('14.45');
});

it('leaves out days on which a share has no price, and says how many', async () => {
  // FB was first quoted on 18 May 2012: the days from the 14th on have no value.
  const early = await readLedger(
    analyst.database.ownerUrl,
    `${accounts.replace('2012-06-01', '2012-05-01')}
2012-05-14 * "Buy 10 FB before it was quoted"
  Assets:Shares:FB                  10 FB {38.00 USD, 2012-05-14}
  Assets:Cash:CAD              -390.00 CAD @@ 380.00 USD
`,
  );
  const found = await analyst.ask('portfolio.contribution', {}, { day: '2012-06-29', ctx: early });
  expect(found.unvalued_days).toBe(4);
  expect(found.value).toBeCloseTo(found.time_weighted_return as number, 12);
  expect(found.positions[0]).toMatchObject({ symbol: 'FB', observations: found.observations - 9 });
  const unquoted = await analyst.ask('portfolio.contribution', {}, { day: '2012-05-15', ctx: early });
  expect(unquoted).toMatchObject({
    ...{ value: null, time_weighted_return: null, positions: [] },
    reasons: { value: 'NO_QUOTE', time_weighted_return: 'NO_QUOTE', from: 'NO_QUOTE' },
  });
  const none = await analyst.ask(
    'portfolio.position_performance',
    { security_id: goog },
    { day: '2012-05-15', ctx: early },
  );
  expect(none).toMatchObject({ position_return: null, reasons: { position_return: 'NO_QUOTE' } });
});

it('goes on over an overdraft and an empty portfolio', async () => {
  const ctx = await read(`
2012-07-03 * "A fee beyond everything"
  Assets:Cash:CAD            -60000.00 CAD
  Expenses:Fees

2012-07-10 * "Contribution"
  Assets:Cash:CAD             20000.00 CAD
  Equity:Contributions

2012-08-01 * "Everything out"
  Assets:Cash:CAD            -10000.00 CAD
  Equity:Contributions
`);
  const overdrawn = await analyst.ask('portfolio.contribution', {}, { day: '2012-07-05', ctx });
  expect(overdrawn).toMatchObject({
    ...{ value: null, time_weighted_return: 0, positions: [] },
    reasons: { value: 'TOTAL_LOSS' },
  });
  const emptied = await analyst.ask(
    'portfolio.contribution',
    { lookback_days: 100 },
    { day: '2013-02-28', ctx },
  );
  expect(emptied).toMatchObject({
    ...{ value: null, time_weighted_return: null, positions: [] },
    reasons: { value: 'ZERO_START', time_weighted_return: 'ZERO_START' },
  });
  const { positions } = await analyst.ask('ledger.positions', {}, { ctx });
  const valued = await analyst.ask('pricing.apply_pack', { positions }, { ctx });
  expect(valued).toMatchObject({ positions: [], total_value: '0', total_of_valued: '0' });
  const sectors = await analyst.ask('portfolio.sector_allocation', { positions: valued.positions }, { ctx });
  expect(sectors).toMatchObject({ sectors: [], total_value: '0' });
  const performance = await analyst.ask('portfolio.position_performance', { security_id: goog }, { ctx });
  expect(performance).toMatchObject({ weight: null, reasons: { weight: 'ZERO_TOTAL' } });
});

it('has no return of a share that paid in a currency without any rate, and says why', async () => {
  const ctx = await read(`
2012-06-05 * "Buy 10 GOOG"
  Assets:Shares:GOOG                10 GOOG {570.41 USD, 2012-06-05}
  Assets:Cash:CAD             -5950.00 CAD @@ 5704.10 USD

2012-10-15 * "A dividend in kroner, paid in dollars"
  Assets:Cash:CAD                10.00 CAD @@ 60.00 NOK
  Income:Dividends:GOOG         -60.00 NOK
`);
  const found = await analyst.ask('portfolio.position_performance', { security_id: goog }, { ctx });
  expect(found).toMatchObject({
    ...{ position_return: null, local_return: null, fx_return: null, contribution: null, dividends: null },
    volatility: expect.any(Number) as number,
    warnings: [{ date: '2012-10-15', code: 'NO_QUOTE' }],
    reasons: { position_return: 'NO_QUOTE', local_return: 'NO_QUOTE', contribution: 'NO_QUOTE' },
  });
});
