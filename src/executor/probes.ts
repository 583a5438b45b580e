/** `/health/live` and `/health/ready`: for whoever restarts the process or sends it requests. */
import { type Static, Type } from '@sinclair/typebox';
import type { Client } from '@temporalio/client';
import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import { StringEnum } from '../contract/scalars';
import { attempt, patienceMs } from './attempt';

const closed = { additionalProperties: false } as const;
const PartStatus = StringEnum(['up', 'down']);

export const Liveness = Type.Object({ status: StringEnum(['alive']) }, { ...closed, title: 'Liveness' });

export const Readiness = Type.Object(
  {
    status: StringEnum(['ready', 'not_ready']),
    temporal: PartStatus,
    postgresql: PartStatus,
    draining: Type.Boolean({ description: 'the process ends; it answers what it has and takes no more' }),
  },
  { ...closed, title: 'Readiness' },
);
export type Readiness = Static<typeof Readiness>;

export interface ProbeDeps {
  client: Client;
  pool: Pool;
  /** Fires when the process is to end. */
  draining: AbortSignal;
}

/** Asks nobody: a part that is away is no reason to restart this process. */
export const live: RequestHandler = (_req, res) => {
  res.json({ status: 'alive' });
};

/** An open breaker leaves it ready: the other agents' patterns still run. */
export function ready(deps: ProbeDeps): RequestHandler {
  const look = shared(() => lookAtParts(deps));
  return async (_req, res) => {
    const { temporal, postgresql } = await look();
    const draining = deps.draining.aborted;
    const isReady = temporal && postgresql && !draining;
    const body: Readiness = {
      status: isReady ? 'ready' : 'not_ready',
      temporal: temporal ? 'up' : 'down',
      postgresql: postgresql ? 'up' : 'down',
      draining,
    };
    res.status(isReady ? 200 : 503).json(body);
  };
}

interface Parts {
  temporal: boolean;
  postgresql: boolean;
}

async function lookAtParts({ client, pool }: ProbeDeps): Promise<Parts> {
  const { namespace } = client.options;
  const [temporal, postgresql] = await Promise.all([
    attempt(() =>
      client.withDeadline(Date.now() + patienceMs, () =>
        client.workflowService.describeNamespace({ namespace }),
      ),
    ),
    attempt(() => pool.query('select 1')),
  ]);
  return { temporal: temporal !== undefined, postgresql: postgresql !== undefined };
}

/** Anybody may ask, so a hundred who ask at once share one look: the pool has ten connections. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let underway: Promise<T> | null = null;
  return () => {
    underway ??= ask().finally(() => {
      underway = null;
    });
    return underway;
  };
}
