/** `/v1/portfolios/{id}/ledger-commits`: the states of one's own ledger, and how two of them differ. */
import { type Static, type TString, Type } from '@sinclair/typebox';
import type { Request, RequestHandler } from 'express';
import type { Pool } from 'pg';
import { EngineError } from '../contract/errors';
import { LedgerCommit } from '../contract/ledger-commits';
import { Uuid } from '../contract/scalars';
import { compareLedgerCommits, type LedgerCommitRow, listLedgerCommits } from '../db/ledger-commits';
import { readAsUser, type Tx } from '../db/pool';
import { findPortfolio } from '../db/portfolios';
import { compileSchema } from '../validate';
import { listQuery, nextCursor, pageReader, toPage } from './pages';
import { queryReader } from './query';
import { userOf } from './request-scope';

export const LedgerCommitList = Type.Object(
  { ledger_commits: Type.Array(LedgerCommit), ...nextCursor },
  { additionalProperties: false, title: 'LedgerCommitList' },
);
export type LedgerCommitList = Static<typeof LedgerCommitList>;

export const LedgerCommitQuery = listQuery({});

const name = (what: string): TString =>
  Type.String({
    pattern: '^(sha256:)?[0-9a-f]{6,64}$',
    description: `${what}: a ledger commit, or at least six of its first digits`,
  });
export const CompareQuery = Type.Object(
  { from: name('the earlier state'), to: name('the later state') },
  { additionalProperties: false },
);

export interface LedgerCommitsDeps {
  pool: Pool;
}

const readListQuery = queryReader(LedgerCommitQuery);
const readCompareQuery = queryReader(CompareQuery);
const readPage = pageReader(Type.String({ format: 'date-time' }), Type.String({ pattern: '^[0-9a-z:]+$' }));
const idProblems = compileSchema(Uuid);

/** The current one first, then those imported before it. */
export function listCommits({ pool }: LedgerCommitsDeps): RequestHandler {
  return async (req, res) => {
    const page = readPage(readListQuery(req.query));
    const portfolio_id = idOf(req);
    const rows = await readAsUser(pool, userOf(res).id, async (tx) => {
      await requirePortfolio(tx, portfolio_id);
      return listLedgerCommits(tx, { portfolio_id, after: page.after, limit: page.ask });
    });
    const { shown, next_cursor } = toPage(rows, page, ({ imported_at, ledger_commit_hash }) => [
      imported_at.toISOString(),
      ledger_commit_hash,
    ]);
    res.json({ ledger_commits: shown.map(toCommit), next_cursor });
  };
}

export function compareCommits({ pool }: LedgerCommitsDeps): RequestHandler {
  return async (req, res) => {
    const names = readCompareQuery(req.query);
    const portfolio_id = idOf(req);
    res.json(
      await readAsUser(pool, userOf(res).id, async (tx) => {
        await requirePortfolio(tx, portfolio_id);
        return compareLedgerCommits(tx, portfolio_id, names);
      }),
    );
  };
}

/** @throws EngineError PORTFOLIO_NOT_FOUND */
function idOf(req: Request): string {
  const id = req.params['id'];
  if (typeof id === 'string' && idProblems(id).length === 0) return id;
  throw new EngineError('PORTFOLIO_NOT_FOUND', 'A portfolio’s id is a UUID.');
}

/** @throws EngineError PORTFOLIO_NOT_FOUND, also for somebody else's */
async function requirePortfolio(tx: Tx, portfolio_id: string): Promise<void> {
  if (await findPortfolio(tx, portfolio_id)) return;
  throw new EngineError('PORTFOLIO_NOT_FOUND', `You have no portfolio ${portfolio_id}.`, { portfolio_id });
}

function toCommit({ imported_at, ...row }: LedgerCommitRow): LedgerCommit {
  return { ...row, imported_at: imported_at.toISOString() };
}
