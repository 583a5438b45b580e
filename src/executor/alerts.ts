/** `/v1/alerts`: conditions that one wants to hear of. Somebody else's look exactly like ones that are not there. */
import { type Static, Type } from '@sinclair/typebox';
import type { Request, RequestHandler, Response } from 'express';
import type { Pool } from 'pg';
import { Alert, type AlertChange, defaultCooldownHours } from '../contract/alert';
import type { AlertCondition } from '../contract/alert-condition';
import { EngineError } from '../contract/errors';
import { Uuid } from '../contract/scalars';
import { type AlertRow, deleteAlert, findAlert, insertAlert, listAlerts, updateAlert } from '../db/alerts';
import { alertFacts } from '../db/alerts-facts';
import { toAlert } from '../db/alerts-wire';
import { type Tx, withUser } from '../db/pool';
import { alertProblems } from '../services/alert-problems';
import { compileSchema } from '../validate';
import { requireChange, requireDraft } from './alerts-body';
import type { User } from './authenticate';
import { listQuery, nextCursor, pageReader, toPage } from './pages';
import { queryReader } from './query';
import { refuseProblems } from './request-checks';
import { userOf } from './request-scope';

export const AlertList = Type.Object(
  { alerts: Type.Array(Alert), ...nextCursor },
  { additionalProperties: false, title: 'AlertList' },
);
export const AlertQuery = listQuery({
  portfolio_id: Type.Optional(
    Type.String({ format: 'uuid', description: 'alerts on it, and those on no portfolio' }),
  ),
  active: Type.Optional(
    Type.String({ pattern: '^(true|false)$', description: 'true, or false for paused ones' }),
  ),
});
export const DeletedAlert = Type.Object(
  { id: Uuid, deleted: Type.Literal(true) },
  { additionalProperties: false, title: 'DeletedAlert' },
);

export interface AlertDeps {
  pool: Pool;
}

const readQuery = queryReader(AlertQuery);
const readPage = pageReader(Type.String({ format: 'date-time' }), Uuid);
const idProblems = compileSchema(Uuid);
/** What an alert tells are values of portfolios. */
const right = 'portfolio_read';

/** @throws EngineError RIGHTS_MISSING */
export function alertUser(res: Response): User {
  const user = userOf(res);
  if (!user.rights.includes(right))
    throw new EngineError('RIGHTS_MISSING', `Alerts need the right ${right}.`, { missing: [right] });
  return user;
}

/** @throws EngineError ALERT_NOT_FOUND when it is no UUID */
export function requireId(req: Request, what: string): string {
  const { id } = req.params;
  if (typeof id !== 'string' || idProblems(id).length > 0)
    throw new EngineError('ALERT_NOT_FOUND', `The id of ${what} is a UUID.`);
  return id;
}

export function listOwnAlerts({ pool }: AlertDeps): RequestHandler {
  return async (req, res) => {
    const user = alertUser(res);
    const query: Static<typeof AlertQuery> = readQuery(req.query);
    const page = readPage(query);
    const active = query.active === undefined ? undefined : query.active === 'true';
    const filter = { portfolio_id: query.portfolio_id, active, after: page.after, limit: page.ask };
    const rows = await withUser(pool, user.id, (tx) => listAlerts(tx, filter));
    const { shown, next_cursor } = toPage(rows, page, ({ created_at, id }) => [created_at.toISOString(), id]);
    res.json({ alerts: shown.map(toAlert), next_cursor });
  };
}

export function createAlert({ pool }: AlertDeps): RequestHandler {
  return async (req, res) => {
    const user = alertUser(res);
    const {
      title,
      condition,
      portfolio_id = null,
      cooldown_hours = defaultCooldownHours,
    } = requireDraft(req.body);
    const row = await withUser(pool, user.id, async (tx) => {
      await requireSense(tx, condition, portfolio_id);
      const draft = { user_id: user.id, title, condition, portfolio_id, cooldown_hours };
      const { id, created } = await insertAlert(tx, draft);
      if (!created) throw alertExists(id);
      return requireAlert(tx, id);
    });
    res.status(201).setHeader('Location', `/v1/alerts/${row.id}`);
    res.json(toAlert(row));
  };
}

export function readAlert({ pool }: AlertDeps): RequestHandler {
  return async (req, res) => {
    const user = alertUser(res);
    const id = requireId(req, 'an alert');
    res.json(toAlert(await withUser(pool, user.id, (tx) => requireAlert(tx, id))));
  };
}

export function changeAlert({ pool }: AlertDeps): RequestHandler {
  return async (req, res) => {
    const user = alertUser(res);
    const id = requireId(req, 'an alert');
    const change: AlertChange = requireChange(req.body);
    const row = await withUser(pool, user.id, async (tx) => {
      const { portfolio_id } = await requireAlert(tx, id);
      if (change.condition) await requireSense(tx, change.condition, portfolio_id);
      await updateAlert(tx, id, change);
      return requireAlert(tx, id);
    }).catch((error: unknown) => {
      throw isTaken(error) ? alertExists(null) : error;
    });
    res.json(toAlert(row));
  };
}

export function removeAlert({ pool }: AlertDeps): RequestHandler {
  return async (req, res) => {
    const user = alertUser(res);
    const id = requireId(req, 'an alert');
    const deleted = await withUser(pool, user.id, (tx) => deleteAlert(tx, id));
    if (!deleted) throw noAlert(id);
    res.json({ id, deleted });
  };
}

async function requireAlert(tx: Tx, id: string): Promise<AlertRow> {
  const row = await findAlert(tx, id);
  if (!row) throw noAlert(id);
  return row;
}

/** @throws EngineError PORTFOLIO_NOT_FOUND, REQUEST_INVALID */
async function requireSense(tx: Tx, condition: AlertCondition, portfolioId: string | null): Promise<void> {
  const facts = await alertFacts(tx, condition, portfolioId);
  if (portfolioId !== null && !facts.portfolio)
    throw new EngineError('PORTFOLIO_NOT_FOUND', `You have no portfolio ${portfolioId}.`, {
      portfolio_id: portfolioId,
    });
  const problems = alertProblems(condition, portfolioId, facts);
  if (problems.length > 0) refuseProblems(problems);
}

function noAlert(id: string): EngineError {
  return new EngineError('ALERT_NOT_FOUND', `You have no alert ${id}.`);
}

function alertExists(alert_id: string | null): EngineError {
  const which = alert_id === null ? 'Another alert' : `The alert ${alert_id}`;
  return new EngineError('ALERT_EXISTS', `${which} of this portfolio has the same condition.`, { alert_id });
}

/** SQLSTATE of a unique key that is taken. */
function isTaken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
}
