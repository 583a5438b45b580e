/** pricing.apply_pack on a real pack of 500 securities in several currencies: exact, complete, and in few statements. */
import { Client } from 'pg';
import { insertPacks } from '../../src/db/import-packs';
import { insertSecurities } from '../../src/db/securities';
import { buildPackContent } from '../../src/packs/pack-content';
import type { Position } from '../../src/capabilities/holdings';
import { type Analyst, startAnalyst } from '../support/ask-analyst';

const day = '2014-05-01';
const pence = ['USD', 'GBX', 'ZAC', 'ILA'] as const;
const ids = Array.from({ length: 500 }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
const currencyOf = (index: number) => pence[index % pence.length] as string;

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
  const owner = new Client({ connectionString: analyst.database.ownerUrl });
  await owner.connect();
  await owner.query('begin');
  await insertSecurities(
    owner,
    ids.map((id, i) => ({
      ...{ id, symbol: `S${String(i)}`, name: `Share ${String(i)}` },
      ...{ asset_class: 'equity', currency: currencyOf(i) },
    })),
  );
  const perEuro = { USD: '1.25', GBP: '0.8', ZAR: '15', ILS: '5', CAD: '1.5' };
  const pack = buildPackContent({
    date: day,
    previous: null,
    // All but the last.
    prices: ids.slice(0, -1).map((security_id, i) => ({
      ...{ security_id, close: '100', currency: currencyOf(i) },
    })),
    // The ECB is silent on 1 May; the shekel's quote is older.
    fx: Object.entries(perEuro).map(([quote_ccy, rate]) => ({
      ...{ base_ccy: 'EUR', quote_ccy, rate },
      quote_date: quote_ccy === 'ILS' ? '2014-04-24' : '2014-04-30',
    })),
  });
  await insertPacks(owner, {
    packs: [pack],
    statusOf: () => 'fresh',
    sources: { prices: 'test', fx: 'test' },
  });
  await owner.query('commit');
  await owner.end();
});
afterAll(() => analyst.close());

const shares = (count: number): Position[] =>
  ids.slice(0, count).map((security_id, i) => ({
    ...{ symbol: `S${String(i)}`, name: '', asset_class: 'equity', security_id },
    ...{ currency: currencyOf(i), quantity: '2', cost_local: null, cost_base: null, reasons: {} },
  }));
const apply = (count: number, args = {}) =>
  analyst.ask('pricing.apply_pack', { positions: shares(count), ...args }, { day });

it('values pence of three countries through the euro, with the age of each quote', async () => {
  const { positions, stale, total_value, missing } = await apply(4);
  expect(positions.map(({ value, rate_base_per_local }) => [rate_base_per_local, value])).toEqual([
    ['1.2', '240'],
    ['0.01875', '3.75'],
    ['0.001', '0.2'],
    ['0.003', '0.6'],
  ]);
  expect(positions.map(({ rate_age_days, rate_derivation }) => [rate_age_days, rate_derivation])).toEqual([
    [1, 'cross'],
    [1, 'cross'],
    [1, 'cross'],
    [7, 'cross'],
  ]);
  expect([stale, total_value, missing]).toEqual([['S3'], '244.55', []]);
  expect((await apply(4, { stale_after_days: 7 })).stale).toEqual([]);
});

it('has no total while one price of 500 is missing, and says which, and what the others are worth', async () => {
  const valued = await apply(500);
  expect(valued).toMatchObject({
    total_value: null,
    total_of_valued: '30568.15',
    missing: [{ symbol: 'S499', security_id: ids[499], quote: 'price', reason: 'NO_QUOTE' }],
    reasons: { total_value: 'NO_QUOTE' },
  });
  // 125 of each currency, less the last in agorot.
  expect(125 * (240 + 3.75 + 0.2 + 0.6) - 0.6).toBeCloseTo(Number(valued.total_of_valued), 9);
});

it('asks the database twice for 500 positions', async () => {
  // The first call of a process also reads the pack back to verify it.
  await apply(1);
  const query = jest.spyOn(Client.prototype, 'query');
  await apply(500);
  const texts = query.mock.calls.map(([text]) => String(text));
  query.mockRestore();
  const own = texts.filter((text) => !/^(begin|commit)/.test(text) && !/from portfolios/.test(text));
  expect(own).toHaveLength(2);
});
