/** Reads the files of `demo/`: who owns what, prices, exchange rates, ledgers. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ledgerCommitHash } from '../ledger/parse-ledger';
import type { FileSeries } from '../packs/series-file';
import { findCommit, readAtCommit } from './git-ledger';
import type { NewPortfolio, UserRow } from './import-ledger';
import type { NewSecurity } from './securities';
import type { NewSeries } from './series';

export interface DemoFiles {
  users: UserRow[];
  portfolios: NewPortfolio[];
  securities: NewSecurity[];
  /** The columns of `economy`, in their order. */
  series: DemoSeries[];
  /** The ledger of each portfolio, by the portfolio's id. */
  ledgers: Map<string, LedgerText>;
  /** CSV texts, parsed only when they are needed. */
  stocks: string;
  fx: string;
  index: string;
  factors: string;
  dividends: string;
  economy: string;
  /** Changes when anything of the above does. */
  sha256: string;
}

/** What a series is, and how late its values are taken as known. */
export type DemoSeries = NewSeries & FileSeries;

export interface LedgerText {
  file: string;
  text: string;
  commit_hash: string;
}

interface DemoJson {
  users: UserRow[];
  portfolios: (NewPortfolio & { ledger: string })[];
  securities: NewSecurity[];
  series: DemoSeries[];
}

/** @param ledgerRepo a git repository whose last commit holds ledgers of these names; it goes before `demo/` */
export function readDemoFiles(dir: string, ledgerRepo: string | null): DemoFiles {
  const read = (file: string): string => readFileSync(path.join(dir, file), 'utf8');
  const who = read('demo.json');
  const data = {
    stocks: read('data/stocks_wiki_2007_2013.csv'),
    fx: read('data/ecb_fx_2007_2013.csv'),
    index: read('data/sp500_index_2007_2013.csv'),
    factors: read('data/french_factors_monthly_2000_2018.csv'),
    dividends: read('data/dividends.csv'),
    economy: read('data/us_macro_1985_2013.csv'),
  };
  const { portfolios, ...named } = JSON.parse(who) as DemoJson;
  const ledgers = new Map(
    portfolios.map(({ id, ledger }) => [
      id,
      (ledgerRepo === null ? null : readLastCommit(ledgerRepo, ledger)) ?? readPlain(ledger, read(ledger)),
    ]),
  );
  const hash = createHash('sha256');
  for (const text of [who, ...Object.values(data)]) hash.update(text).update('\0');
  for (const { text, commit_hash } of ledgers.values()) hash.update(text).update(`\0${commit_hash}\0`);
  return { ...named, portfolios, ledgers, ...data, sha256: hash.digest('hex') };
}

function readPlain(file: string, text: string): LedgerText {
  return { file, text, commit_hash: ledgerCommitHash(text) };
}

/** As it was committed last; `null`: the repository has no such file. */
function readLastCommit(repo: string, file: string): LedgerText | null {
  const commit = findCommit(repo, 'HEAD');
  if (commit === null) throw new Error(`${repo} is no git repository with a commit to read ledgers from.`);
  const text = readAtCommit(repo, commit, file);
  return text === null ? null : { file, text, commit_hash: commit };
}
