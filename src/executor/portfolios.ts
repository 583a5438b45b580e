/** `/v1/portfolios`: one’s own. Somebody else’s looks exactly like one that is not there. */
import { type Static, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import { EngineError } from '../contract/errors';
import { Currency, Nullable, Uuid } from '../contract/scalars';
import { withUser } from '../db/pool';
import { findPortfolio, listPortfolios, type PortfolioRow } from '../db/portfolios';
import { compileSchema } from '../validate';
import { listQuery, nextCursor, pageReader, toPage } from './pages';
import { queryReader } from './query';
import { userOf } from './request-scope';

export const Portfolio = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    base_currency: Currency,
    benchmark_id: Nullable(Type.String()),
    ledger_commit_hash: Nullable(
      Type.String({ description: 'the current state of its ledger; null: none was read in yet' }),
    ),
  },
  { additionalProperties: false, title: 'Portfolio' },
);
export type Portfolio = Static<typeof Portfolio>;

export const PortfolioList = Type.Object(
  { portfolios: Type.Array(Portfolio), ...nextCursor },
  { additionalProperties: false, title: 'PortfolioList' },
);

export const PortfolioQuery = listQuery({});

export interface PortfoliosDeps {
  pool: Pool;
}

const readQuery = queryReader(PortfolioQuery);
// PostgreSQL’s text holds no NUL, so no name does.
const readPage = pageReader(Type.String({ pattern: '^[^\\u0000]*$' }), Uuid);
const idProblems = compileSchema(Uuid);

/** By name. */
export function listOwnPortfolios({ pool }: PortfoliosDeps): RequestHandler {
  return async (req, res) => {
    const page = readPage(readQuery(req.query));
    const rows = await withUser(pool, userOf(res).id, (tx) =>
      listPortfolios(tx, { limit: page.ask, after: page.after }),
    );
    const { shown, next_cursor } = toPage(rows, page, ({ name, id }) => [name, id]);
    res.json({ portfolios: shown.map(toPortfolio), next_cursor });
  };
}

export function readPortfolio({ pool }: PortfoliosDeps): RequestHandler {
  return async (req, res) => {
    const id = req.params['id'];
    if (typeof id !== 'string' || idProblems(id).length > 0) {
      throw new EngineError('PORTFOLIO_NOT_FOUND', 'A portfolio’s id is a UUID.');
    }
    const row = await withUser(pool, userOf(res).id, (tx) => findPortfolio(tx, id));
    if (!row)
      throw new EngineError('PORTFOLIO_NOT_FOUND', `You have no portfolio ${id}.`, { portfolio_id: id });
    res.json(toPortfolio(row));
  };
}

function toPortfolio({ id, name, base_currency, benchmark_id, ledger_commit_hash }: PortfolioRow): Portfolio {
  return { id, name, base_currency, benchmark_id, ledger_commit_hash };
}
