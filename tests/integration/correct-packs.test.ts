/** Corrections in the database: which state new packs begin in, what a quote drags along, and that no damage becomes true. */
import type { Client } from 'pg';
import { beforePack } from '../../src/db/next-pack';
import { packContents } from '../../src/db/pack-contents';
import { ownerClient } from '../../src/db/pool';
import { failPack, findPack, movePack } from '../../src/db/pricing-packs';
import { supersedePacks } from '../../src/db/supersede-packs';
import type { CorrectedPack } from '../../src/packs/correct-packs';
import { readCorrections } from '../../src/packs/correction-file';
import { alice } from '../support/ask-analyst';
import { testDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let owner: Client;

beforeAll(async () => {
  database = await testDatabase();
  owner = ownerClient(database.ownerUrl);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const correct = (...lines: string[]): Promise<CorrectedPack[]> =>
  supersedePacks(owner, 'test', (securities) =>
    readCorrections(['date,what,value', ...lines].join('\n'), securities),
  );
const statusOf = async (id: string): Promise<unknown> => {
  const { status, status_reason } = (await findPack(owner, id)) ?? {};
  return [status, status_reason];
};

it('begins anew where a stage of the old pack had failed, and stays fresh where it was', async () => {
  await failPack(owner, 'PP_2013-03-01', 'metrics: test');
  expect(await statusOf('PP_2013-03-01')).toEqual(['error', 'metrics: test']);
  await correct('2013-02-28,AAPL,441.41');
  expect(await statusOf('PP_2013-02-28_C1')).toEqual(['fresh', null]);
  expect(await statusOf('PP_2013-03-01_C1')).toEqual(['warming', null]);
});

it('corrects a rate on the days without a new one too', async () => {
  const packs = await correct('2012-12-24,EUR/USD,1.3333');
  const rates = packs.slice(0, 3).map(({ id, content }) => {
    const { rate, quote_date } = content.fx.find(({ quote_ccy }) => quote_ccy === 'USD') ?? {};
    return [id, rate, quote_date];
  });
  expect(rates).toEqual([
    ['PP_2012-12-24_C2', '1.3333', '2012-12-24'],
    ['PP_2012-12-26_C2', '1.3333', '2012-12-24'],
    ['PP_2012-12-27_C2', expect.not.stringMatching('1.3333'), '2012-12-27'],
  ]);
  const [stored] = await packContents(owner, ['PP_2012-12-26_C2']);
  expect(stored?.sha256).toBe(packs[1]?.sha256);
});

it('leaves a fresh pack fresh, however its last stage ended', async () => {
  await failPack(owner, 'PP_2013-02-27_C2', 'fresh: the nightly order was cancelled');
  expect(await statusOf('PP_2013-02-27_C2')).toEqual(['fresh', null]);
  await movePack(owner, 'PP_2013-02-27_C2', 'fresh');
});

it('neither corrects nor builds upon a pack that was changed in the database', async () => {
  const changeBy = (amount: string): Promise<unknown> =>
    owner.query(
      `alter table prices disable trigger user;
       update prices set close = close + ${amount} where pack_id = 'PP_2013-02-28_C2';
       alter table prices enable trigger user`,
    );
  const found = { code: 'PACK_CORRUPT', details: { pack_id: 'PP_2013-02-28_C2' } };
  await changeBy('1');
  await expect(correct('2013-02-27,AAPL,450')).rejects.toMatchObject(found);
  expect(await findPack(owner, 'PP_2013-02-27_C3')).toBeNull();
  await expect(beforePack(owner, '2013-03-01')).rejects.toMatchObject(found);
  await expect(beforePack(owner, '2013-02-28')).rejects.toMatchObject(found);
  await changeBy('-1');
  expect((await correct('2013-02-27,AAPL,450'))[0]?.id).toBe('PP_2013-02-27_C3');
});

it('publishes no correction while a portfolio differs from its ledger, and changes nothing then', async () => {
  const addCash = (amount: string): Promise<unknown> =>
    owner.query(
      `begin; set local app.user_id = '${alice.user_id}'; alter table cash_movements disable trigger user;
       update cash_movements set amount = amount + ${amount} where movement_id = (select min(movement_id)
         from cash_movements where portfolio_id = '${alice.portfolio_id}' and currency = 'USD');
       alter table cash_movements enable trigger user; commit`,
    );
  const newest = async (): Promise<unknown> =>
    (await owner.query("select id from pricing_packs where date = '2013-02-28' and superseded_by is null"))
      .rows;
  const before = await newest();
  await addCash('100');
  await expect(correct('2013-02-27,AAPL,440.11')).rejects.toMatchObject({
    code: 'PACK_NOT_RECONCILED',
    details: {
      portfolios: [alice.portfolio_id],
      differences: expect.arrayContaining([
        expect.objectContaining({ portfolio_id: alice.portfolio_id, commodity: 'USD', kind: 'cash' }),
      ]) as unknown,
    },
  });
  expect(await newest()).toEqual(before);
  await addCash('-100');
  const packs = await correct('2013-02-27,AAPL,440.11');
  expect(await statusOf(packs[1]?.id ?? '')).toEqual(['fresh', null]);
});
