/** All of it, as a caller meets it: the API over HTTP, a worker, real Temporal and PostgreSQL, two users and their data. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import type { Pool } from 'pg';
import { type Config, readConfig } from '../../src/config';
import { claimedValues } from '../../src/db/claimed-values';
import { createPool } from '../../src/db/pool';
import { makeEmbeddedKeys, signEmbeddedToken } from '../../src/executor/embedded-keys';
import { startServer } from '../../src/executor/server';
import type { ProviderHosts } from '../../src/providers/providers';
import { createLogger } from '../../src/telemetry/logger';
import { startTracing, type Tracing } from '../../src/telemetry/tracing';
import { claimCodec } from '../../src/temporal/claim-codec';
import { startWorker } from '../../workers/main';
import { testDatabase } from './database';
import './quiet-temporal';
import { type Market, seedMarket } from './market';
import { temporalAddress } from './temporal';
import { testAgents, testCatalogue } from './test-agents';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

export interface CallOptions {
  /** Whose token: a user's id, or `null` for none. */
  as?: string | null;
  rights?: string[];
  body?: unknown;
  headers?: Record<string, string>;
  /** Another server of the same stack. */
  url?: string;
}

export interface Stack {
  url: string;
  config: Config;
  client: Client;
  pool: Pool;
  /** As the owner of the tables. */
  ownerUrl: string;
  market: Market;
  tracing: Tracing;
  tokenFor(user: string, rights?: string[]): Promise<string>;
  call(route: string, options?: CallOptions): Promise<Answer>;
  /** How much has been started so far, in the table and at Temporal. */
  countStarted(): Promise<{ rows: number; runs: number }>;
  close(): Promise<void>;
}

export interface StackOptions {
  /** false when the test starts one of its own */
  worker?: boolean;
  /** Shared by API and worker; without it they share through PostgreSQL. */
  redisUrl?: string;
  /** Other than the test run's own. */
  temporalAddress?: string;
  /** Puts further files beside the patterns. */
  prepare?: (folder: string) => void;
  /** Agents from outside: file names and what they hold. */
  agents?: Record<string, object | string>;
  /** With 'shipped': other folders of patterns and of agents from outside. */
  folders?: { patterns: string; agents: string };
  /** A server that plays every provider; left out: no provider has a key. */
  playedBy?: { baseUrl: string; key: string };
}

/**
 * @param patterns written to a folder of their own, by category; 'shipped': the project's own patterns and agents, on the
 * demo that every test database holds
 */
export async function startStack(patterns: object[] | 'shipped', options: StackOptions = {}): Promise<Stack> {
  const database = await testDatabase();
  // The demo's newest fresh pack is to be the newest there is.
  const market = await seedMarket(database.ownerUrl, patterns === 'shipped' ? [] : undefined);
  const address = options.temporalAddress ?? temporalAddress();
  const connection = await Connection.connect({ address });
  const dataDir = mkdtempSync(path.join(tmpdir(), 'dawsos-stack-'));
  const { publicKeyFile } = await makeEmbeddedKeys(dataDir);
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: await registerNamespace(connection),
    TEMPORAL_UI_URL: 'http://127.0.0.1:8233',
    DATABASE_URL: database.appUrl,
    JWT_PUBLIC_KEY_FILE: publicKeyFile,
    PATTERNS_DIR:
      patterns === 'shipped'
        ? (options.folders?.patterns ?? 'patterns')
        : writePatterns(dataDir, patterns, options.prepare),
    ...(options.redisUrl !== undefined && { REDIS_URL: options.redisUrl }),
    ...(options.agents && { AGENTS_DIR: writeAgents(dataDir, options.agents) }),
    ...(options.folders && { AGENTS_DIR: options.folders.agents }),
    ...(options.playedBy && keysOf(options.playedBy.key)),
  });
  const providers = options.playedBy && { providers: hostsOf(options.playedBy.baseUrl) };
  const log = createLogger('silent');
  const tracing = startTracing('test', {});
  const pool = createPool(database.appUrl);
  const client = new Client({
    connection,
    namespace: config.temporalNamespace,
    plugins: [tracing.plugin],
    dataConverter: { payloadCodecs: [claimCodec(claimedValues(pool))] },
  });
  const bundlePath = process.env['TEST_WORKFLOW_BUNDLE'];
  const worker =
    options.worker !== false &&
    (await startWorker({
      config,
      log,
      tracing,
      ...providers,
      ...(patterns !== 'shipped' && { agents: testAgents, catalogue: testCatalogue }),
      ...(bundlePath !== undefined && { bundlePath }),
    }));
  const server = await startServer(config, {
    log,
    tracing,
    ...(patterns !== 'shipped' && { agents: testAgents, catalogue: testCatalogue }),
  });
  const tokenFor = (sub: string, rights = ['portfolio_read']): Promise<string> =>
    signEmbeddedToken(dataDir, { sub, rights, ttl: '10m' });
  const call: Stack['call'] = async (route, options = {}) => {
    const user = options.as === undefined ? market.a.user_id : options.as;
    const response = await fetch(`${options.url ?? server.url}${route}`, {
      method: options.body === undefined ? 'GET' : 'POST',
      headers: {
        ...(user !== null && { Authorization: `Bearer ${await tokenFor(user, options.rights)}` }),
        ...(options.body !== undefined && { 'Content-Type': 'application/json' }),
        // A remembered run is no run; tests of those say so themselves.
        'Cache-Control': 'no-cache',
        ...options.headers,
      },
      ...(options.body !== undefined && {
        body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
      }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  };
  return {
    url: server.url,
    config,
    client,
    pool,
    ownerUrl: database.ownerUrl,
    market,
    tracing,
    tokenFor,
    call,
    countStarted: () => countStarted(market, client),
    close: async () => {
      await server.close();
      if (worker) await worker.shutdown();
      await tracing.shutdown();
      await connection.close();
      await market.close();
      await pool.end();
      await database.drop();
    },
  };
}

function keysOf(key: string): Record<string, string> {
  const names = ['POLYGON_API_KEY', 'FMP_API_KEY', 'FRED_API_KEY', 'NEWSAPI_KEY', 'ANTHROPIC_API_KEY'];
  return Object.fromEntries(names.map((name) => [name, key]));
}

function hostsOf(baseUrl: string): ProviderHosts {
  const host = { baseUrl, limit: null };
  return { polygon: host, fmp: host, fred: host, newsApi: host, anthropic: host, ecb: host };
}

/** Temporal counts a moment later than it starts; every row has one run, so they are equal once it has caught up. */
async function countStarted(market: Market, client: Client): Promise<{ rows: number; runs: number }> {
  const rows = await market.countExecutions();
  let { count: runs } = await client.workflow.count();
  for (let attempt = 0; attempt < 50 && runs !== rows; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    ({ count: runs } = await client.workflow.count());
  }
  return { rows, runs };
}

/** Task queues have fixed names, so tests that run side by side keep apart by namespace. */
async function registerNamespace(connection: Connection): Promise<string> {
  const namespace = `http-${randomUUID().slice(0, 8)}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('24h'),
  });
  return namespace;
}

function writePatterns(dataDir: string, patterns: object[], prepare: StackOptions['prepare']): string {
  const folder = path.join(dataDir, 'patterns', 'analysis');
  mkdirSync(folder, { recursive: true });
  for (const pattern of patterns) {
    writeFileSync(path.join(folder, `${(pattern as { id: string }).id}.json`), JSON.stringify(pattern));
  }
  prepare?.(folder);
  return path.dirname(folder);
}

function writeAgents(dataDir: string, files: Record<string, object | string>): string {
  const folder = path.join(dataDir, 'agents');
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
