/** Reads another ledger of Alice's into a test's database: the part of the context that asks about it. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { importLedger, insertPortfolio } from '../../src/db/import-ledger';
import { Exact } from '../../src/ledger/decimal';
import { importModel } from '../../src/ledger/import-model';
import { parseLedger } from '../../src/ledger/parse-ledger';
import { alice } from './ask-analyst';

export interface ReadLedger {
  portfolio_id: string;
  ledger_commit_hash: string;
  base_currency: string;
}

/** In CAD; every foreign purchase is at `rate`, `null`: there is none. */
export async function readLedger(
  ownerUrl: string,
  text: string,
  rate: string | null = '1',
): Promise<ReadLedger> {
  const portfolio_id = randomUUID();
  const ledger_commit_hash = `sha256:${portfolio_id}`;
  const { entries, problems } = parseLedger(text, 'test.beancount');
  const rateAt = () => (rate === null ? null : new Exact(rate));
  const model = importModel(entries, { base_currency: 'CAD', rateAt });
  expect([...problems, ...model.problems]).toEqual([]);
  const { user_id } = alice;
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('app.user_id', $1, true)", [user_id]);
    const names = { name: portfolio_id, base_currency: 'CAD', benchmark_id: null };
    await insertPortfolio(client, { id: portfolio_id, user_id, ...names });
    await importLedger(client, { user_id, portfolio_id, ledger_commit_hash, model });
    await client.query('commit');
  } finally {
    await client.end();
  }
  return { portfolio_id, ledger_commit_hash, base_currency: 'CAD' };
}
