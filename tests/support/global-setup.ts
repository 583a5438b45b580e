/** Before tests with servers: one Temporal, one PostgreSQL with the template database, one Redis, one workflow bundle. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { migrate } from '../../src/db/migrate';
import { seedDemo } from '../../src/db/seed';
import { startGuard } from '../../src/embedded/guard';
import { startPostgres } from '../../src/embedded/postgres';
import { startRedis } from '../../src/embedded/redis';
import { startTemporal } from '../../src/embedded/temporal';
import { resolveTemporalCli } from '../../src/embedded/temporal-cli';
import { startTracing } from '../../src/telemetry/tracing';
import { cachedWorkflowBundle } from '../../workers/bundle-workflows';
import { makeRunFolder } from './run-folder';
import { serviceVariables } from './services';

const cacheDir = path.resolve(__dirname, '../..', '.data');

/** What `global-teardown.ts` calls; both run in Jest's own process. */
export interface TestServers {
  stop(): Promise<void>;
}

type Release = () => Promise<void>;

export default async function globalSetup(): Promise<void> {
  // scripts/test.mjs was killed: end as well; the guard stops the servers.
  process.on('disconnect', () => process.exit(1));
  process.channel?.unref();
  const log: string[] = [];
  const say = (line: string): void => void log.push(line);
  const releases: Release[] = [];
  const stop: Release = async () => {
    for (const release of releases.splice(0).reverse()) await release();
  };
  (globalThis as { testServers?: TestServers }).testServers = { stop };
  try {
    await startAll(say, releases);
  } catch (error) {
    await stop();
    throw new Error(`The servers of the tests did not start: ${String(error)}\n${log.join('\n')}`, {
      cause: error,
    });
  }
}

async function startAll(say: (line: string) => void, releases: Release[]): Promise<void> {
  const folder = await makeRunFolder(say);
  const guard = startGuard();
  releases.push(folder.remove, async () => {
    guard.close();
  });
  const place = { dataDir: folder.path, guard, say };
  const outcomes = await Promise.allSettled([
    provideTemporal(place, releases),
    provideDatabase(place, releases),
    provideRedis(place, releases),
    provideBundle(),
  ]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

type Place = Omit<Parameters<typeof startPostgres>[0], 'port'>;

async function provideTemporal(place: Place, releases: Release[]): Promise<void> {
  let address = process.env['TEMPORAL_ADDRESS'];
  const cli = await resolveTemporalCli({ dataDir: cacheDir, say: place.say });
  process.env[serviceVariables.temporalCli] = cli.path;
  if (address === undefined || address === '') {
    const temporal = await startTemporal({ ...place, cli, port: 0, uiPort: 0 });
    releases.push(temporal.stop);
    address = temporal.address;
  }
  process.env[serviceVariables.temporalAddress] = address;
}

async function provideDatabase(place: Place, releases: Release[]): Promise<void> {
  const postgres = await startPostgres({
    ...place,
    port: 0,
    settings: ['fsync=off', 'full_page_writes=off', 'max_connections=300'],
  });
  releases.push(postgres.stop);
  const { ownerUrl, appUrl } = postgres;
  await migrate({ ownerUrl, appUrl, log: place.say });
  await seedDemo({ ownerUrl, log: place.say });
  process.env[serviceVariables.databaseOwnerUrl] = ownerUrl;
  process.env[serviceVariables.databaseAppUrl] = appUrl;
}

/** Only some tests need it, so its absence fails those, not all. */
async function provideRedis({ dataDir, guard }: Place, releases: Release[]): Promise<void> {
  if (process.env['REDIS_URL']) {
    process.env[serviceVariables.redisUrl] = process.env['REDIS_URL'];
    return;
  }
  try {
    const redis = await startRedis({
      cacheDir: path.join(cacheDir, 'cache'),
      runDir: path.join(dataDir, 'run'),
      guard,
    });
    releases.push(redis.stop);
    process.env[serviceVariables.redisUrl] = redis.url;
  } catch (error) {
    process.env[serviceVariables.redisMissing] = error instanceof Error ? error.message : String(error);
  }
}

async function provideBundle(): Promise<void> {
  const folder = path.join(cacheDir, 'cache');
  await mkdir(folder, { recursive: true });
  const tracing = startTracing('test', {});
  process.env[serviceVariables.workflowBundle] = await cachedWorkflowBundle(folder, tracing.plugin);
  await tracing.shutdown();
}
