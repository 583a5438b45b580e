/** Fills the database with the demo: two users, their portfolios, six years of pricing packs. Safe to repeat. */
import { seedDemo } from '../db/seed';

async function main(): Promise<void> {
  const { DATABASE_OWNER_URL: ownerUrl, LEDGER_REPO: ledgerRepo } = process.env;
  if (!ownerUrl) throw new Error('Set DATABASE_OWNER_URL (owns the tables).');
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  const wrote = await seedDemo({ ownerUrl, log, ledgerRepo: ledgerRepo ? ledgerRepo : null });
  if (!wrote) log('the demo is already there');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
