/** `GET /health`: how each part stands. Always 200; a part that is away is an answer, not an error. */
import type { Client } from '@temporalio/client';
import { Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import { temporal } from '@temporalio/proto';
import { taskQueueOf } from '../capabilities';
import { queueOf } from '../capabilities/external-agents';
import { type BreakerState, type BreakerStore, phaseOf, retryAfterSeconds } from '../contract/breaker';
import { IsoDate, Nullable, StringEnum } from '../contract/scalars';
import { withUser } from '../db/pool';
import { latestPack, newestFreshPack } from '../db/pricing-packs';
import { attempt, patienceMs } from './attempt';
import type { Capabilities } from './capabilities';
import type { PatternStore } from './pattern-store';

const PartStatus = StringEnum(['up', 'down']);
const closed = { additionalProperties: false } as const;

export const Health = Type.Object(
  {
    status: StringEnum(['ok', 'degraded']),
    temporal: Type.Object({ status: PartStatus }, closed),
    postgresql: Type.Object({ status: PartStatus }, closed),
    breaker_store: Type.Object(
      { status: PartStatus, kind: StringEnum(['redis', 'postgres', 'local']) },
      closed,
    ),
    workflows: Type.Object({ pollers: Nullable(Type.Integer()) }, closed),
    agents: Type.Record(
      Type.String(),
      Type.Object(
        {
          pollers: Nullable(
            Type.Integer({ description: 'workers asking for this agent’s tasks; null: not known' }),
          ),
          breaker: Nullable(StringEnum(['closed', 'open', 'half_open'])),
          fails: Nullable(Type.Integer()),
          retry_after_seconds: Nullable(Type.Integer()),
        },
        closed,
      ),
    ),
    patterns: Type.Object({ ready: Type.Integer(), broken: Type.Integer() }, closed),
    latest_pack: Nullable(Type.Object({ id: Type.String(), date: IsoDate, status: Type.String() }, closed)),
    fresh_pack: Nullable(
      Type.Object(
        { id: Type.String(), date: IsoDate },
        { ...closed, description: 'the newest fresh one: what runs that name no day are on' },
      ),
    ),
  },
  { additionalProperties: false, title: 'Health' },
);

export interface HealthDeps {
  client: Client;
  pool: Pool;
  breakers: BreakerStore;
  patterns: PatternStore;
  /** Names of all agents of the catalogue. */
  agents: readonly string[];
  capabilities: Pick<Capabilities, 'catalogue'>;
  now: () => number;
}

/** Long polls last a minute: a worker not heard of for longer is gone, though Temporal lists it for five. */
const pollerSeenMs = 90_000;
/** No user's: packs belong to nobody. */
const nobody = '00000000-0000-0000-0000-000000000000';

export function health(deps: HealthDeps): RequestHandler {
  const queues = new Map(
    Object.values(deps.capabilities.catalogue).map((capability) => [capability.agent, queueOf(capability)]),
  );
  return async (_req, res) => {
    const names = [...deps.agents].sort();
    const queueTypes = temporal.api.enums.v1.TaskQueueType;
    const today = new Date(deps.now()).toISOString().slice(0, 10);
    const [workflows, pollers, packs, breakers] = await Promise.all([
      countPollers(deps, 'engine', queueTypes.TASK_QUEUE_TYPE_WORKFLOW),
      Promise.all(
        names.map((name) =>
          countPollers(deps, queues.get(name) ?? taskQueueOf(name), queueTypes.TASK_QUEUE_TYPE_ACTIVITY),
        ),
      ),
      attempt(() =>
        withUser(deps.pool, nobody, async (tx) => ({
          latest: await latestPack(tx),
          fresh: await newestFreshPack(tx, today),
        })),
      ),
      attempt(() => deps.breakers.read(names)),
    ]);
    const agents = names.map((name, index) => [
      name,
      { pollers: pollers[index] ?? null, ...breakerOf(breakers?.[name], deps.now()) },
    ]);
    const broken = [...deps.patterns.values()].filter((pattern) => pattern.plan === null).length;
    const away = workflows === null || packs === undefined || breakers === undefined;
    const { latest = null, fresh = null } = packs ?? {};
    const idle = workflows === 0 || pollers.some((count) => count === 0);
    res.json({
      status: away || idle ? 'degraded' : 'ok',
      temporal: { status: workflows === null ? 'down' : 'up' },
      postgresql: { status: packs === undefined ? 'down' : 'up' },
      breaker_store: { status: breakers === undefined ? 'down' : 'up', kind: deps.breakers.scope },
      workflows: { pollers: workflows },
      agents: Object.fromEntries(agents) as object,
      patterns: { ready: deps.patterns.size - broken, broken },
      latest_pack: latest ? { id: latest.id, date: latest.date, status: latest.status } : null,
      fresh_pack: fresh ? { id: fresh.id, date: fresh.date } : null,
    });
  };
}

function breakerOf(state: BreakerState | undefined, now: number): object {
  if (!state) return { breaker: null, fails: null, retry_after_seconds: null };
  const seconds = retryAfterSeconds(state, now);
  return { breaker: phaseOf(state, now), fails: state.fails, retry_after_seconds: seconds };
}

async function countPollers(
  { client, now }: HealthDeps,
  queue: string,
  type: temporal.api.enums.v1.TaskQueueType,
): Promise<number | null> {
  const { namespace } = client.options;
  const answer = await attempt(() =>
    client.withDeadline(Date.now() + patienceMs, () =>
      client.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: queue },
        taskQueueType: type,
      }),
    ),
  );
  if (!answer) return null;
  const seen = answer.pollers.map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
  return seen.filter((at) => now() - at < pollerSeenMs).length;
}
