/** Fills a migrated database with the demo, as the owner; a second time it only looks whether anything changed. */
import path from 'node:path';
import { Client } from 'pg';
import { importModel } from '../ledger/import-model';
import { parseLedger } from '../ledger/parse-ledger';
import { buildPacks } from '../packs/build-packs';
import { type FxSeries, fxSeries } from '../packs/fx-series';
import { readDividends, readFactors } from '../packs/fact-files';
import { readFxQuotes, readIndexLevels, readPrices } from '../packs/price-files';
import { readSeries } from '../packs/series-file';
import { type DemoFiles, type LedgerText, readDemoFiles } from './demo-files';
import { importLedger, insertPortfolio, insertUser, type NewPortfolio } from './import-ledger';
import { insertPacks } from './import-packs';
import { actAs } from './pool';
import { insertSecurities } from './securities';
import { insertSeries } from './series';

export interface SeedOptions {
  ownerUrl: string;
  log: (line: string) => void;
  /** A git repository that holds the ledgers; `null`: those of `demo/`. */
  ledgerRepo?: string | null;
  /** For tests. */
  dir?: string;
}

/** The last day whose pack is fresh; the one after shows what a warming pack does to a request. */
const lastFreshDate = '2013-02-28';
const seededTables = [
  'pricing_packs',
  'prices',
  'fx_rates',
  'pack_observations',
  'pack_actions',
  'ledger_commits',
  'lots',
  'lot_closures',
  'transactions',
  'cash_movements',
];
const sources = { prices: 'Quandl WIKI', fx: 'ECB euro reference rates' };

/**
 * All or nothing. Packs and ledger states that are there stay as they are.
 * @returns whether anything was written
 * @throws Error when a ledger has problems (all of them, with file and line) or a pack would have to change
 */
export async function seedDemo({
  ownerUrl,
  log,
  ledgerRepo = null,
  dir = demoDir(),
}: SeedOptions): Promise<boolean> {
  const files = readDemoFiles(dir, ledgerRepo);
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 20_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    if (await isSeeded(client, files.sha256)) return false;
    await client.query('begin');
    // One seed at a time; whoever waited finds the work done.
    await client.query('lock table seeds in exclusive mode');
    if (await isSeeded(client, files.sha256)) {
      await client.query('rollback');
      return false;
    }
    await load(client, files, log);
    await client.query('commit');
    // Without statistics the first queries would read whole tables; autovacuum comes a minute later.
    await client.query(`analyze ${seededTables.join(', ')}`);
    return true;
  } finally {
    await client.end();
  }
}

async function isSeeded(client: Client, sha256: string): Promise<boolean> {
  const { rowCount } = await client.query("select from seeds where name = 'demo' and sha256 = $1", [sha256]);
  return rowCount === 1;
}

async function load(client: Client, files: DemoFiles, log: SeedOptions['log']): Promise<void> {
  const fx = fxSeries(readFxQuotes(files.fx));
  const { securities } = files;
  const packs = buildPacks({
    prices: readPrices(files.stocks, securities),
    indices: readIndexLevels(files.index, securities),
    observations: [...readFactors(files.factors), ...readSeries(files.economy, files.series)],
    actions: readDividends(files.dividends, securities),
    fx,
  });
  await insertSecurities(client, securities);
  await insertSeries(client, files.series);
  const count = await insertPacks(client, {
    packs,
    statusOf: ({ content }) => (content.date <= lastFreshDate ? 'fresh' : 'warming'),
    sources,
  });
  log(`${String(count)} pricing packs written, ${String(packs.length - count)} were there`);
  for (const user of files.users) {
    await actAs(client, user.id);
    await insertUser(client, user);
  }
  for (const portfolio of files.portfolios) {
    await actAs(client, portfolio.user_id);
    await insertPortfolio(client, portfolio);
    const ledger = files.ledgers.get(portfolio.id);
    if (ledger) await loadLedger(client, { portfolio, ledger, fx });
    log(`portfolio "${portfolio.name}" at ledger commit ${ledger?.commit_hash ?? '(none)'}`);
  }
  await client.query(
    `insert into seeds (name, sha256) values ('demo', $1)
     on conflict (name) do update set sha256 = excluded.sha256, seeded_at = now()`,
    [files.sha256],
  );
}

async function loadLedger(
  client: Client,
  { portfolio, ledger, fx }: { portfolio: NewPortfolio; ledger: LedgerText; fx: FxSeries },
): Promise<void> {
  const { base_currency, user_id, id } = portfolio;
  const { entries, problems } = parseLedger(ledger.text, ledger.file);
  const model = importModel(entries, {
    base_currency,
    rateAt: (currency, date) => fx.crossAt(currency, base_currency, date),
  });
  const all = [...problems, ...model.problems];
  if (all.length > 0) {
    throw new Error(all.map(({ line, message }) => `${ledger.file}:${String(line)}: ${message}`).join('\n'));
  }
  await importLedger(client, { user_id, portfolio_id: id, ledger_commit_hash: ledger.commit_hash, model });
}

function demoDir(): string {
  return path.join(__dirname, '../../demo');
}
