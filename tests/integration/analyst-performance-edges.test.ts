/** Performance where a portfolio is young, unquoted, overdrawn or empty: reasons in the place of figures. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { windowNames } from '../../src/contract/window-names';
import { seedDemo } from '../../src/db/seed';
import { type Analyst, startAnalyst } from '../support/ask-analyst';

const ledger = `
option "title" "Edges"
option "operating_currency" "CAD"

2012-01-01 open Assets:Cash:CAD                 CAD
2012-01-01 open Assets:Cash:USD                 USD
2012-01-01 open Assets:Shares:FB                FB "FIFO"
2012-01-01 open Equity:Contributions            CAD
2012-01-01 open Equity:Withdrawals              CAD
2012-01-01 open Income:Gains                    USD
2012-01-01 open Expenses:Fees

2012-04-30 * "Contribution"
  Assets:Cash:CAD             10000.00 CAD
  Equity:Contributions       -10000.00 CAD

; Before the first day that FB was quoted.
2012-05-15 * "CAD into USD"
  Assets:Cash:USD              1000.00 USD @@ 1000.00 CAD
  Assets:Cash:CAD             -1000.00 CAD

2012-05-15 * "Buy 20 FB"
  Assets:Shares:FB                  20 FB {38.00 USD, 2012-05-15}
  Assets:Cash:USD              -760.00 USD

; More than all there is: an overdraft for two weeks.
2012-08-01 * "Broker" "A fee beyond everything"
  Assets:Cash:CAD            -20000.00 CAD
  Expenses:Fees               20000.00 CAD

2012-08-15 * "Contribution"
  Assets:Cash:CAD             30000.00 CAD
  Equity:Contributions       -30000.00 CAD

2012-10-01 * "Sell 20 FB"
  Assets:Shares:FB                 -20 FB {38.00 USD, 2012-05-15} @ 21.99 USD
  Assets:Cash:USD               439.80 USD
  Income:Gains                  320.20 USD

2012-10-02 * "USD into CAD"
  Assets:Cash:CAD               670.00 CAD @@ 679.80 USD
  Assets:Cash:USD              -679.80 USD

2012-10-03 * "Withdrawal of everything"
  Assets:Cash:CAD            -19670.00 CAD
  Equity:Withdrawals          19670.00 CAD

2012-11-01 * "Contribution"
  Assets:Cash:CAD              5000.00 CAD
  Equity:Contributions        -5000.00 CAD
`;

let analyst: Analyst;
let folder: string;
beforeAll(async () => {
  analyst = await startAnalyst();
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-edges-'));
  cpSync('demo', folder, { recursive: true });
  writeFileSync(path.join(folder, 'ledger.beancount'), ledger);
  await seedDemo({ ownerUrl: analyst.database.ownerUrl, log: () => undefined, dir: folder });
});
afterAll(async () => {
  await analyst.close();
  rmSync(folder, { recursive: true });
});

describe('a share without a price', () => {
  it('leaves no return on its days, of whatever window', async () => {
    const { windows } = await analyst.ask('metrics.compute_twr', {}, { day: '2012-05-17' });
    expect(windowNames.map((name) => windows[name].reasons['value'])).toEqual(
      windowNames.map(() => 'NO_QUOTE'),
    );
    const risk = await analyst.ask('metrics.compute_risk', {}, { day: '2012-05-17' });
    expect(risk).toMatchObject({ volatility: null, from: null, reasons: { volatility: 'NO_QUOTE' } });
  });

  it('puts their return into the next day’s, and says how many there were', async () => {
    const { windows } = await analyst.ask('metrics.compute_twr', {}, { day: '2012-05-18' });
    expect(windows['1d']).toMatchObject({ value: null, reasons: { value: 'NO_QUOTE' } });
    expect(windows.mtd).toMatchObject({ from: '2012-04-30', observations: 11, unvalued_days: 3 });
    expect(windows.mtd.value).not.toBeNull();
    expect(windows.qtd).toMatchObject({ value: null, reasons: { value: 'PERIOD_BEFORE_INCEPTION' } });
  });

  it('drops its days from the comparison, on both sides', async () => {
    const { dropped, observations } = await analyst.ask(
      'metrics.compute_benchmark',
      {},
      { day: '2012-05-18' },
    );
    expect(dropped).toEqual({ portfolio: ['2012-05-15', '2012-05-16', '2012-05-17'], benchmark: [] });
    // 27 April to 14 May, and the stretch to the 18th.
    expect(observations).toBe(12);
  });
});

describe('an overdraft', () => {
  it('breaks the chain on its days and names them, but not the whole', async () => {
    const { windows } = await analyst.ask('metrics.compute_twr', {}, { day: '2012-09-28' });
    const { value, warnings, observations } = windows.since_inception;
    expect(warnings[0]).toEqual({ date: '2012-08-01', code: 'TOTAL_LOSS' });
    expect(warnings.at(-1)).toEqual({ date: '2012-08-15', code: 'ZERO_START' });
    expect(warnings).toHaveLength(11);
    expect(value).toBeGreaterThan(-1);
    expect(windows.mtd.warnings).toEqual([]);
    const risk = await analyst.ask('metrics.compute_risk', {}, { day: '2012-09-28' });
    expect(risk.observations).toBe(observations - 11);
    expect(risk.warnings.filter(({ date }) => date !== undefined)).toEqual(warnings);
  });

  it('has no return while it lasts', async () => {
    const { windows } = await analyst.ask('metrics.compute_twr', {}, { day: '2012-08-14' });
    expect(windows.mtd).toMatchObject({ value: null, reasons: { value: 'TOTAL_LOSS' } });
    const money = await analyst.ask('metrics.compute_mwr', {}, { day: '2012-08-14' });
    expect(money.windows.mtd).toMatchObject({ value: null, reasons: { value: 'ONE_SIGN' } });
    expect(Number(money.windows.mtd.gain)).toBeLessThan(-19_000);
    const against = await analyst.ask('metrics.compute_benchmark', {}, { day: '2012-08-14' });
    expect(against.dropped.portfolio).toEqual(
      expect.arrayContaining(['2012-08-01', '2012-08-14']) as string[],
    );
    expect(against.to).toBe('2012-07-31');
  });
});

describe('an empty portfolio', () => {
  it('earns nothing that could be measured', async () => {
    const { windows } = await analyst.ask('metrics.compute_twr', {}, { day: '2012-10-15' });
    expect(windows['1d']).toMatchObject({ value: null, reasons: { value: 'ZERO_START' } });
    const { windows: money } = await analyst.ask('metrics.compute_mwr', {}, { day: '2012-10-15' });
    expect(money['1d']).toMatchObject({ value: null, gain: '0', reasons: { value: 'TOO_FEW_FLOWS' } });
  });

  it('is no calm market: its days do not count', async () => {
    const risk = await analyst.ask('metrics.compute_risk', {}, { day: '2012-12-31' });
    // 4 to 31 October, without the two days of the storm.
    expect(risk.idle_days).toBe(18);
    const { windows } = await analyst.ask('metrics.compute_twr', {}, { day: '2012-12-31' });
    expect(windows.qtd).toMatchObject({ from: '2012-09-28', observations: 62 });
  });
});

describe('a young portfolio', () => {
  it('has no factor exposures, and says which months it lacks', async () => {
    const result = await analyst.ask('risk.compute_factor_exposures', {}, { day: '2013-02-28' });
    expect(result).toMatchObject({ alpha: null, reasons: { alpha: 'TOO_FEW_OBSERVATIONS' } });
    // April began within, August has days without a return, in October and November it was empty.
    expect(result.dropped.portfolio).toEqual(['2012-04', '2012-08', '2012-10', '2012-11']);
    expect(result.observations).toBe(6);
  });
});
