/** One run before API and worker start elsewhere, as in docker-compose.yml: schema, demo, and the key pair for tokens. */
import path from 'node:path';
import { migrate } from '../db/migrate';
import { seedDemo } from '../db/seed';
import { makeEmbeddedKeys } from '../executor/embedded-keys';

async function main(): Promise<void> {
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrl, DATA_DIR: dataDir } = process.env;
  if (!ownerUrl || !appUrl || !dataDir) {
    throw new Error('Set DATABASE_OWNER_URL, DATABASE_URL and DATA_DIR (where the key pair goes).');
  }
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  await migrate({ ownerUrl, appUrl, log });
  await seedDemo({ ownerUrl, log });
  const { publicKeyFile } = await makeEmbeddedKeys(path.resolve(dataDir));
  log(`ready; tokens are checked with ${publicKeyFile}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
