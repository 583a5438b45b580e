/** The nightly order's activities: each does one stage of a pack, may be done twice, and notes how it went. */
import type { Pool } from 'pg';
import type { NightlyActivities, PackSourceSpec } from '../src/contract/nightly';
import { type Tx, withUser } from '../src/db/pool';
import { failPack, movePack } from '../src/db/pricing-packs';
import type { PackSource } from '../src/providers/pack-source';
import type { CapabilityCall } from './capability-call';
import { buildPack } from './nightly-build';
import { computeMetrics } from './nightly-metrics';
import type { PortfolioWork } from './nightly-portfolios';
import { type Reconcile, reconcileAll } from './nightly-reconcile';
import { prewarmAll } from './nightly-prewarm';
import { dayBefore } from './nightly-date';
import { alive, nobody, runStage } from './nightly-stage';

export interface NightlyServices {
  database: Pool;
  /** @throws EngineError when there is no such source, or it lacks its key */
  sourceOf(spec: PackSourceSpec): PackSource;
  /** Agents' calls in this process, whose memory the workers' agents share. */
  calls: ReadonlyMap<string, CapabilityCall>;
  reconcile: Reconcile;
  /** Runs for a portfolio what its user will ask first. */
  prewarm: PortfolioWork;
}

export function nightlyActivities(services: NightlyServices): NightlyActivities {
  const { database } = services;
  return {
    'nightly.date': ({ at, zone }) => alive(async () => dayBefore(at, zone)),
    'nightly.build': (input) => alive(() => buildPack(services, input)),
    'nightly.reconcile': ({ pack_id }) =>
      runStage(database, pack_id, 'reconcile', (attempt) => reconcileAll(services, pack_id, attempt)),
    'nightly.metrics': ({ pack_id, run_id }) =>
      runStage(database, pack_id, 'metrics', () => computeMetrics(services, pack_id, run_id)),
    'nightly.prewarm': ({ pack_id, run_id }) =>
      runStage(database, pack_id, 'prewarm', () => prewarmAll(services, pack_id, run_id)),
    'nightly.fresh': ({ pack_id }) =>
      runStage(database, pack_id, 'fresh', async () => {
        await asNobody(database, (tx) => movePack(tx, pack_id, 'fresh'));
        return { detail: {} };
      }),
    'nightly.give_up': ({ pack_id, stage, reason }) =>
      alive(() => asNobody(database, (tx) => failPack(tx, pack_id, `${stage}: ${reason}`))),
  };
}

function asNobody<T>(database: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  return withUser(database, nobody, work);
}
