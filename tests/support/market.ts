/** Two users with a portfolio each, and packs of three days after the demo's: two fresh, one still warming. */
import { createHash } from 'node:crypto';
import { Client } from 'pg';

export interface Owned {
  user_id: string;
  portfolio_id: string;
}

export interface Market {
  a: Owned;
  b: Owned;
  /** Rows of all users, as only the owner of the tables sees them. */
  countExecutions(): Promise<number>;
  close(): Promise<void>;
}

export const packs = [
  { id: 'PP_2014-01-06', date: '2014-01-06', status: 'fresh' },
  { id: 'PP_2014-01-07', date: '2014-01-07', status: 'fresh' },
  { id: 'PP_2014-01-08', date: '2014-01-08', status: 'warming' },
] as const;

const owned = (digit: string): Owned => ({
  user_id: `00000000-0000-4000-8000-0000000000${digit}${digit}`,
  portfolio_id: `00000000-0000-4000-9000-0000000000${digit}${digit}`,
});

/**
 * @param ownerUrl the role that owns the tables; row-level security binds it all the same
 * @param days whose packs there shall be besides the demo's
 */
export async function seedMarket(
  ownerUrl: string,
  days: readonly (typeof packs)[number][] = packs,
): Promise<Market> {
  const client = new Client({ connectionString: ownerUrl });
  // A test may take the server away.
  client.on('error', () => undefined);
  await client.connect();
  const market = { a: owned('a'), b: owned('b') };
  await client.query('begin');
  for (const [name, who] of Object.entries(market)) await seedUser(client, name, who);
  for (const [index, { id, date, status }] of days.entries()) {
    await client.query(
      `insert into pricing_packs (id, date, status, sha256, previous_pack_id, line_id, source)
       values ($1, $2, $3, $4, $5, $6, 'test')`,
      [id, date, status, hashOf(id), days[index - 1]?.id ?? null, days[0]?.id],
    );
  }
  await client.query('commit');
  return {
    ...market,
    countExecutions: async () => {
      let count = 0;
      for (const { user_id } of [market.a, market.b]) {
        await client.query('begin');
        await client.query("select set_config('app.user_id', $1, true)", [user_id]);
        const { rows } = await client.query<{ count: string }>(
          'select count(*) from executions where user_id = $1',
          [user_id],
        );
        await client.query('rollback');
        count += Number(rows[0]?.count);
      }
      return count;
    },
    close: () => client.end(),
  };
}

async function seedUser(client: Client, name: string, { user_id, portfolio_id }: Owned): Promise<void> {
  await client.query("select set_config('app.user_id', $1, true)", [user_id]);
  await client.query('insert into users (id, email) values ($1, $2)', [user_id, `${name}@example.org`]);
  await client.query(
    `insert into portfolios (user_id, id, name, base_currency, benchmark_id) values ($1, $2, $3, 'CAD', null)`,
    [user_id, portfolio_id, `Portfolio of ${name}`],
  );
  await client.query(
    'insert into ledger_commits (user_id, portfolio_id, ledger_commit_hash) values ($1, $2, $3)',
    [user_id, portfolio_id, hashOf(name)],
  );
}

function hashOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
