/** The API's process entry and composition root: connects to what it needs, listens, and drains when told to stop. */
import { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { createBreakerStore } from '../cache/breaker-store';
import { believeClosed } from '../cache/recent-breaker-store';
import { createRedis } from '../cache/redis';
import { aliases, type Capability, catalogue as shipped } from '../capabilities';
import { configuredAgents } from '../capabilities/configured-agents';
import { type Config, readConfig } from '../config';
import { claimedValues } from '../db/claimed-values';
import { checkRole, createPool } from '../db/pool';
import { signaturesOf } from '../pattern/signatures';
import { createLogger } from '../telemetry/logger';
import { startTracing, type Tracing } from '../telemetry/tracing';
import { claimCodec } from '../temporal/claim-codec';
import { capabilityCalls } from '../../activities';
import type { Agent } from '../../activities/agent';
import { createMemo } from '../../activities/memo';
import { type Services, shippedAgents } from '../../activities/shipped-agents';
import { createMemoStore } from '../cache/memo-store';
import { createApp } from './app';
import { createAuthenticate } from './authenticate';
import { callHere } from './call-here';
import { connectLazily } from './connection';
import { createDirectRuns } from './direct-runs';
import { drain, listen } from './listen';
import { createMetrics } from './metrics';
import { patternFinder, pinPatterns } from './pattern-registry';
import { loadPatterns } from './pattern-store';
import { predictCache } from './predict-cache';
import { recoverFrom } from './recover';
import { startSweeper } from './sweeper';
import { createWaitingRoom } from './waiting-room';

export interface ServerOptions {
  log?: Logger;
  tracing?: Tracing;
  /** Other capabilities than those shipped, for tests; without aliases then. */
  catalogue?: Readonly<Record<string, Capability>>;
  /** Who answers those in direct mode; without them nobody does. */
  agents?: readonly Agent<Services>[];
  /** When the port is taken, try the ones after it; `npm start` asks for it. */
  nextPortIfTaken?: boolean;
  /** How often executions left unfinished are looked for. */
  sweepEveryMs?: number;
}

export interface RunningServer {
  url: string;
  close(): Promise<void>;
}

/**
 * Resolves when the API answers. Temporal may still be away then: /health says so, and requests get 503.
 * @throws Error when the database, the patterns' folder or the key is not usable, or no port is free
 */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createLogger(config.logLevel);
  const tracing = options.tracing ?? startTracing('dawsos-api', process.env);
  const authenticate = await createAuthenticate(config.jwt);
  const own = { catalogue: options.catalogue ?? shipped, aliases: options.catalogue ? [] : aliases };
  const { catalogue } = configuredAgents(config.agentsDir, own, log);
  const signatures = signaturesOf(catalogue, own.aliases);
  const { patterns, context: checkContext } = await loadPatterns(config.patternsDir, signatures);
  const pool = createPool(config.databaseUrl);
  const redis = config.redisUrl === null ? null : createRedis(config.redisUrl, log);
  const connection = connectLazily(config.temporalAddress);
  const client = new Client({
    connection,
    namespace: config.temporalNamespace,
    plugins: [tracing.plugin],
    dataConverter: { payloadCodecs: [claimCodec(claimedValues(pool))] },
  });
  const release = async (): Promise<void> => {
    redis?.disconnect();
    await Promise.allSettled([connection.close(), pool.end()]);
    // One that was handed in belongs to whoever did.
    if (!options.tracing) await tracing.shutdown();
  };
  const draining = new AbortController();
  const breakers = createBreakerStore({ redis, pool, log });
  const agents = [...new Set(Object.values(catalogue).map(({ agent }) => agent))];
  const waiting = createWaitingRoom(draining.signal);
  const now = (): number => Date.now();
  const metrics = createMetrics({ pool, breakers, agents, waiting, now });
  const memo = createMemo(createMemoStore({ redis, log }));
  const believed = believeClosed(breakers);
  const callees = capabilityCalls(
    options.agents ?? (options.catalogue ? [] : shippedAgents),
    { database: pool },
    { breakers: believed, memo },
    options.agents || !options.catalogue ? own.catalogue : {},
  );
  const direct = createDirectRuns({ pool, metrics, breakers: believed, call: callHere(callees, log) });
  const deps = {
    authenticate,
    log,
    patterns,
    checkContext,
    predictCache: predictCache(catalogue, memo),
    pool,
    client,
    breakers,
    agents,
    capabilities: { catalogue, aliases: own.aliases },
    limits: config.limits,
    metrics,
    direct,
    findPattern: patternFinder(pool, patterns, checkContext),
    draining: draining.signal,
    ui:
      config.temporalUiUrl === null
        ? null
        : { url: config.temporalUiUrl, namespace: config.temporalNamespace },
    recover: recoverFrom(client, pool),
    waiting,
    now,
  };
  try {
    await checkRole(pool);
    await pinPatterns(pool, patterns);
    for (const { file, problems } of patterns.values()) {
      if (problems.length > 0) log.warn({ file, problems }, 'a pattern has problems and cannot run');
    }
    const { host, port } = config;
    const nextPortIfTaken = options.nextPortIfTaken ?? false;
    const { server, url } = await listen(createApp(deps), { host, port, nextPortIfTaken });
    const stopSweeper = startSweeper(deps, options.sweepEveryMs);
    const close = async (): Promise<void> => {
      stopSweeper();
      draining.abort();
      await drain(server);
      await direct.close();
      await release();
    };
    return { url, close };
  } catch (error) {
    await release();
    throw error;
  }
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  const server = await startServer(config, { log });
  log.info({ url: server.url }, 'API ready');
  process.send?.({ ready: true, url: server.url });
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info('draining');
    void server.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.send) process.on('disconnect', stop);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(
      `The API could not start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  });
}
