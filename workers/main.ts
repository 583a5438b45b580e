/** One worker process: the workflows' queue and every agent's. Connects, registers, runs, drains on SIGTERM. */
import path from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { capabilityCalls, createActivities } from '../activities';
import type { Agent } from '../activities/agent';
import { engineActivities } from '../activities/engine';
import { externalCallActivities } from '../activities/external-calls';
import { createMemo } from '../activities/memo';
import { nightlyActivities } from '../activities/nightly';
import { alertActivities } from '../activities/nightly-alerts';
import { type Services, shippedAgents } from '../activities/shipped-agents';
import type { BreakerStore } from '../src/contract/breaker';
import { createBreakerStore } from '../src/cache/breaker-store';
import { createMemoStore } from '../src/cache/memo-store';
import { createRedis } from '../src/cache/redis';
import { type Config, readConfig } from '../src/config';
import { aliases, type Capability, catalogue as shipped } from '../src/capabilities';
import { configuredAgents } from '../src/capabilities/configured-agents';
import { claimedValues } from '../src/db/claimed-values';
import { checkRole, createPool } from '../src/db/pool';
import { recordedAnswers } from '../src/db/recorded-answers';
import { reconcilePortfolio } from '../src/db/reconcile-portfolio';
import { signaturesOf } from '../src/pattern/signatures';
import { packSources } from '../src/providers/choose-source';
import { createProviders, type ProviderHosts } from '../src/providers/providers';
import { createLogger } from '../src/telemetry/logger';
import { startTracing, type Tracing } from '../src/telemetry/tracing';
import { workerClaimCodec } from '../src/temporal/claim-codec';
import { cachedWorkflowBundle } from './bundle-workflows';
import { patternPrewarmer } from './prewarm-patterns';

export interface RunningWorker {
  /** Resolves when the worker has drained, rejects when it broke. */
  done: Promise<void>;
  shutdown(): Promise<void>;
}

export interface WorkerSettings {
  config: Config;
  log: Logger;
  tracing: Tracing;
  /** A ready bundle; otherwise one is made, or taken from `cacheDir`. */
  bundlePath?: string;
  cacheDir?: string;
  agents?: readonly Agent<Services>[];
  catalogue?: Readonly<Record<string, Capability>>;
  /** Otherwise Redis', or PostgreSQL's without one. */
  breakers?: BreakerStore;
  /** Other hosts of providers, for tests. */
  providers?: ProviderHosts;
  /** Further workflows' activities or tuning, for tests and benchmarks. */
  workerOptions?: Partial<WorkerOptions>;
}

/** Starts polling; the returned worker answers as soon as this resolves. @throws Error when anything needed is not there */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { config, log, tracing, agents = shippedAgents } = settings;
  const database = createPool(config.databaseUrl);
  await checkRole(database);
  const redis = config.redisUrl === null ? null : createRedis(config.redisUrl, log);
  const breakers = settings.breakers ?? createBreakerStore({ redis, pool: database, log });
  const memo = createMemo(createMemoStore({ redis, log }));
  const own = { catalogue: settings.catalogue ?? shipped, aliases: settings.catalogue ? [] : aliases };
  const configured = configuredAgents(config.agentsDir, own, log);
  const external = configured.agents.flatMap((agent) => agent.capabilities);
  const providers = createProviders({
    ...config.providers,
    breakers,
    ...(settings.providers && { hosts: settings.providers }),
  });
  const services = { database, providers };
  const dependencies = { breakers, memo, recorded: recordedAnswers(database) };
  const activities = createActivities(agents, services, { ...dependencies, log }, settings.catalogue);
  const calls = capabilityCalls(agents, services, dependencies, settings.catalogue);
  const signatures = signaturesOf(configured.catalogue, own.aliases);
  const codePath =
    settings.bundlePath ??
    (await cachedWorkflowBundle(settings.cacheDir ?? path.resolve('.data/cache'), tracing.plugin));
  const connection = await NativeConnection.connect({ address: config.temporalAddress });
  const shared = {
    connection,
    namespace: config.temporalNamespace,
    plugins: [tracing.plugin],
    dataConverter: { payloadCodecs: [workerClaimCodec(claimedValues(database))] },
    shutdownGraceTime: '20s',
    shutdownForceTime: '30s',
    ...settings.workerOptions,
  } satisfies Partial<WorkerOptions>;
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: 'engine',
      workflowBundle: { codePath },
      activities: {
        ...engineActivities(database),
        ...externalCallActivities(external, dependencies),
        ...alertActivities({ database, calls }),
        ...nightlyActivities({
          database,
          calls,
          sourceOf: packSources(providers),
          reconcile: reconcilePortfolio,
          prewarm: patternPrewarmer({ patternsDir: config.patternsDir, signatures, calls, log }),
        }),
        ...settings.workerOptions?.activities,
      },
      ...versionOf(config),
      // How long a run waits for a crashed worker before another takes it over.
      stickyQueueScheduleToStartTimeout: '3s',
    }),
    ...[...activities].map(([taskQueue, functions]) =>
      Worker.create({ ...shared, taskQueue, activities: functions }),
    ),
  ]);
  const running = workers.map((worker) => worker.run());
  const stop = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  // One broken queue would leave runs waiting for it forever: better that the process ends and is restarted.
  const done = Promise.all(
    running.map((run) =>
      run.catch((error: unknown) => {
        stop();
        throw error;
      }),
    ),
  ).then(() => undefined);
  const closed = done.finally(async () => {
    await connection.close();
    redis?.disconnect();
    await database.end();
  });
  closed.catch(() => undefined);
  return {
    done: closed,
    shutdown: async () => {
      stop();
      await closed;
    },
  };
}

/**
 * Runs stay with the build they began on. Agents' queues have no version: what a call is given and answers is fixed by
 * the capability's contract, whoever interprets the pattern.
 */
function versionOf({ workerBuildId }: Config): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (workerBuildId === null) return {};
  const version = { deploymentName: 'dawsos-engine', buildId: workerBuildId };
  return {
    workerDeploymentOptions: { useWorkerVersioning: true, defaultVersioningBehavior: 'PINNED', version },
  };
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const tracing = startTracing('dawsos-worker', process.env);
  const cacheDir = path.resolve(process.env['DATA_DIR'] ?? '.data', 'cache');
  const worker = await startWorker({ config, log, tracing, cacheDir });
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('draining');
    void worker.shutdown().catch(() => undefined);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // A supervisor that was killed closes the channel; a worker without one must not live on.
  if (process.send) process.on('disconnect', stop);
  log.info({ temporal: config.temporalAddress }, 'worker ready');
  process.send?.({ ready: true });
  try {
    await worker.done;
  } finally {
    await tracing.shutdown();
  }
  process.exit(0);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(
      `The worker could not run: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  });
}
