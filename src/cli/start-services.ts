/** Temporal and PostgreSQL for `npm start`: those the environment names, else own ones, both at the same time. */
import { migrate } from '../db/migrate';
import { seedDemo } from '../db/seed';
import type { Guard } from '../embedded/guard';
import { startPostgres } from '../embedded/postgres';
import type { ServerProcess } from '../embedded/server-process';
import { startTemporal } from '../embedded/temporal';
import { resolveTemporalCli } from '../embedded/temporal-cli';
import type { Progress } from './start-progress';
import type { Stack } from './start-stack';

export interface ServicesOptions {
  env: NodeJS.ProcessEnv;
  dataDir: string;
  guard: Guard;
  stack: Stack;
  progress: Progress;
  /** Called when a server ends that nobody stopped. */
  onLost: (name: string, lastLines: string) => void;
}

export interface Services {
  temporalAddress: string;
  temporalUiUrl: string | null;
  databaseUrl: string;
  /** `null`: nobody said who owns the tables. */
  databaseOwnerUrl: string | null;
}

/** Resolves when both answer and the database holds schema and demo. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const [temporal, database] = await bothOrFirstError(provideTemporal(options), provideDatabase(options));
  return { ...temporal, ...database };
}

async function provideTemporal(
  options: ServicesOptions,
): Promise<Pick<Services, 'temporalAddress' | 'temporalUiUrl'>> {
  const { env, dataDir, guard, progress } = options;
  const address = env['TEMPORAL_ADDRESS'];
  if (address) {
    progress.say(`Temporal at ${address} (TEMPORAL_ADDRESS)`);
    return { temporalAddress: address, temporalUiUrl: env['TEMPORAL_UI_URL'] ?? null };
  }
  const { say } = progress;
  const cli = await resolveTemporalCli({ dataDir, say });
  const temporal = await progress.step(
    'Temporal',
    () => startTemporal({ cli, dataDir, guard, say }),
    (started) => started.address,
  );
  await own('Temporal', temporal, options);
  return { temporalAddress: temporal.address, temporalUiUrl: temporal.uiUrl };
}

async function provideDatabase(
  options: ServicesOptions,
): Promise<Pick<Services, 'databaseUrl' | 'databaseOwnerUrl'>> {
  const { env, dataDir, guard, progress } = options;
  const { say, step } = progress;
  const given = env['DATABASE_URL'];
  const ownerUrl = env['DATABASE_OWNER_URL'];
  if (given && !ownerUrl) {
    say(
      'PostgreSQL by DATABASE_URL; DATABASE_OWNER_URL is not set, so schema and demo are expected to be there',
    );
    return { databaseUrl: given, databaseOwnerUrl: null };
  }
  let urls = { ownerUrl: ownerUrl ?? '', appUrl: given ?? '' };
  if (given) {
    say(`PostgreSQL at ${new URL(given).host} (DATABASE_URL)`);
  } else {
    const postgres = await step(
      'PostgreSQL',
      () => startPostgres({ dataDir, guard, say }),
      (started) => new URL(started.appUrl).host,
    );
    await own('PostgreSQL', postgres, options);
    urls = postgres;
  }
  await step('schema and demo data', async () => {
    await migrate({ ...urls, log: say });
    await seedDemo({ ownerUrl: urls.ownerUrl, log: say, ledgerRepo: env['LEDGER_REPO'] || null });
  });
  return { databaseUrl: urls.appUrl, databaseOwnerUrl: urls.ownerUrl };
}

async function own(
  name: string,
  server: { process: ServerProcess; stop(): Promise<void> },
  { stack, onLost }: ServicesOptions,
): Promise<void> {
  void server.process.ended.then(() => {
    if (!stack.isStopping()) onLost(name, server.process.lastLines());
  });
  await stack.add(name, server.stop);
}

/** Like `Promise.all`, but lets the other finish starting before the error goes up: only then can it be stopped. */
async function bothOrFirstError<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
