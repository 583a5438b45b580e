/** `npm run migrate`: brings the schema up to date and gives the application its role. */
import { migrate } from '../db/migrate';

async function main(): Promise<void> {
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrl } = process.env;
  if (!ownerUrl || !appUrl) {
    throw new Error('Set DATABASE_OWNER_URL (owns the tables) and DATABASE_URL (the application’s role).');
  }
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  const applied = await migrate({ ownerUrl, appUrl, log });
  if (applied.length === 0) log('the schema is up to date');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
