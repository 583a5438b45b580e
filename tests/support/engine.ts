/** The engine without HTTP, on real Temporal and PostgreSQL: a worker with the test agents, and runs of patterns on it. */
import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import type { Agent } from '../../activities/agent';
import type { Capability } from '../../src/capabilities';
import { configuredAgents } from '../../src/capabilities/configured-agents';
import { readConfig } from '../../src/config';
import type { BreakerStore } from '../../src/contract/breaker';
import type { Outcome } from '../../src/contract/execution';
import type { RequestContext } from '../../src/contract/request-context';
import { insertExecution, findExecution, type ExecutionRow } from '../../src/db/executions';
import { claimedValues } from '../../src/db/claimed-values';
import { createPool, withUser } from '../../src/db/pool';
import { type CheckContext, lookupOf } from '../../src/pattern/check-context';
import { toPlan } from '../../src/pattern/compile';
import type { RunPatternInput } from '../../src/pattern/plan';
import type { Pattern } from '../../src/pattern/schema';
import { signaturesOf } from '../../src/pattern/signatures';
import { createLogger } from '../../src/telemetry/logger';
import { startTracing } from '../../src/telemetry/tracing';
import { claimCodec } from '../../src/temporal/claim-codec';
import type { Services } from '../../activities/shipped-agents';
import { type RunningWorker, startWorker } from '../../workers/main';
import { testDatabase } from './database';
import './quiet-temporal';
import { temporalAddress } from './temporal';
import { testAgents, testCatalogue } from './test-agents';

export const userId = '00000000-0000-4000-8000-0000000000aa';

export interface Started {
  handle: WorkflowHandle;
  id: string;
  /** The stored row once the run has ended, however it did. */
  ended(): Promise<ExecutionRow>;
}

export interface Engine {
  client: Client;
  pool: ReturnType<typeof createPool>;
  namespace: string;
  databaseUrl: string;
  start(
    pattern: object,
    inputs?: Record<string, unknown>,
    change?: (input: RunPatternInput) => void,
    /** Patterns that it may run. */
    others?: object[],
  ): Promise<Started>;
  run(pattern: object, inputs?: Record<string, unknown>): Promise<Outcome>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** `false` when the test starts worker processes of its own. */
  worker?: boolean;
  redisUrl?: string;
  address?: string;
  /** Beside the test agents. */
  agents?: readonly Agent<Services>[];
  /** What those agents answer. */
  catalogue?: Readonly<Record<string, Capability>>;
  /** Where failures in a row are counted, if not where the worker would. */
  breakers?: BreakerStore;
  /** Files of agents that the test serves itself. */
  agentsDir?: string;
}

export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const catalogue = { ...testCatalogue, ...options.catalogue };
  const log = createLogger('silent');
  const all = configuredAgents(options.agentsDir ?? '', { catalogue, aliases: [] }, log);
  const signatures = signaturesOf(all.catalogue, []);
  const database = await testDatabase();
  const address = options.address ?? temporalAddress();
  const namespace = await uniqueNamespace(address);
  const config = readConfig({
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    DATABASE_URL: database.appUrl,
    ...(options.redisUrl !== undefined && { REDIS_URL: options.redisUrl }),
    ...(options.agentsDir !== undefined && { AGENTS_DIR: options.agentsDir }),
  });
  const connection = await Connection.connect({ address });
  const tracing = startTracing('test', {});
  const pool = createPool(database.appUrl);
  const dataConverter = { payloadCodecs: [claimCodec(claimedValues(pool))] };
  const client = new Client({ connection, namespace, plugins: [tracing.plugin], dataConverter });
  let worker: RunningWorker | null = null;
  if (options.worker !== false) {
    const bundlePath = process.env['TEST_WORKFLOW_BUNDLE'];
    const settings = {
      config,
      log,
      tracing,
      agents: [...testAgents, ...(options.agents ?? [])],
      catalogue,
      ...(options.breakers && { breakers: options.breakers }),
    };
    worker = await startWorker({ ...settings, ...(bundlePath !== undefined && { bundlePath }) });
  }
  const start: Engine['start'] = async (pattern, inputs = {}, change = () => undefined, others = []) => {
    const input = inputOf(pattern, inputs, { signatures, patterns: lookupOf(others as Pattern[]) });
    change(input);
    const id = input.execution_id;
    const workflowId = `exec-${id}`;
    await withUser(pool, userId, (tx) =>
      insertExecution(tx, {
        id,
        user_id: userId,
        request_digest: '',
        pattern: input.plan.pattern,
        portfolio_id: null,
        pricing_pack_id: input.ctx.pricing_pack_id,
        ledger_commit_hash: input.ctx.ledger_commit_hash,
        asof_date: input.ctx.asof_date,
        workflow_id: workflowId,
        mode: 'durable',
        inputs,
        ctx: input.ctx,
        run_key: null,
        timeout_ms: 60_000,
      }),
    );
    const handle = await client.workflow.start('runPattern', {
      workflowId,
      taskQueue: 'engine',
      args: [input],
    });
    const ended = async (): Promise<ExecutionRow> => {
      await handle.result().catch(() => undefined);
      const row = await withUser(pool, userId, (tx) => findExecution(tx, id));
      if (!row) throw new Error(`execution ${id} has no row`);
      return row;
    };
    return { handle, id, ended };
  };
  return {
    client,
    pool,
    namespace,
    databaseUrl: database.appUrl,
    start,
    run: async (pattern, inputs) => outcomeOf(await (await start(pattern, inputs)).ended()),
    close: async () => {
      await worker?.shutdown();
      await tracing.shutdown();
      await connection.close();
      await pool.end();
      await database.drop();
    },
  };
}

/** Task queues have fixed names, so tests that run side by side keep apart by namespace. */
async function uniqueNamespace(address: string): Promise<string> {
  const connection = await Connection.connect({ address });
  const namespace = `test-${randomUUID().slice(0, 8)}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as unknown as Long },
  });
  await connection.close();
  return namespace;
}
type Long = NonNullable<
  NonNullable<
    Parameters<Connection['workflowService']['registerNamespace']>[0]['workflowExecutionRetentionPeriod']
  >['seconds']
>;

function inputOf(pattern: object, inputs: Record<string, unknown>, context: CheckContext): RunPatternInput {
  const plan = toPlan({ id: 'p', name: 'P', ...pattern } as Pattern, context);
  const ctx: RequestContext = {
    trace_id: randomUUID().replaceAll('-', ''),
    request_id: randomUUID(),
    user_id: userId,
    portfolio_id: null,
    pricing_pack_id: 'PP_2013-02-28',
    ledger_commit_hash: null,
    asof_date: '2013-02-28',
    base_currency: 'CAD',
    benchmark_id: null,
    rights: [],
  };
  return { execution_id: randomUUID(), plan: structuredClone(plan), ctx, inputs };
}

export function outcomeOf(row: ExecutionRow): Outcome {
  const { status, data, charts, trace, error } = row;
  if (!trace || status === 'running' || status === 'waiting')
    throw new Error(`execution ${row.id} is ${status}`);
  return { status, data: data ?? {}, charts: charts ?? [], trace, error };
}
