/** Migrations, through the command: from nothing to the newest schema, again, at once, and after somebody edited one. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkRole, createPool } from '../../src/db/pool';
import { emptyDatabase, type TestDatabase } from '../support/database';

const root = path.join(__dirname, '../..');
const run = promisify(execFile);

let database: TestDatabase;

beforeAll(async () => {
  database = await emptyDatabase();
});

afterAll(() => database.drop());

/** In a process of its own: the tool behind it is a module that Jest cannot load. */
async function migrate(
  environment: Record<string, string> = {},
  script = 'src/cli/migrate.ts',
): Promise<string> {
  const { stdout } = await run(process.execPath, ['--require', 'tsx/cjs', script], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_OWNER_URL: database.ownerUrl,
      DATABASE_URL: database.appUrl,
      ...environment,
    },
  });
  return stdout;
}

it('asks to migrate a database without tables', async () => {
  const app = new URL(database.appUrl);
  const pool = createPool(app.href);
  await expect(checkRole(pool)).rejects.toThrow('run `npm run migrate`');
  await pool.end();
});

it('runs twice at once: one applies, the other waits and finds the schema up to date', async () => {
  const outputs = await Promise.all([migrate(), migrate()]);
  expect(outputs.filter((output) => output.includes('migration 0001-domain applied'))).toHaveLength(1);
  expect(outputs.filter((output) => output.includes('up to date'))).toHaveLength(1);
});

it('changes nothing the next time, and leaves a role the application may start with', async () => {
  expect(await migrate()).toBe('the schema is up to date\n');
  const pool = createPool(database.appUrl);
  await checkRole(pool);
  await pool.end();
});

it('refuses when an applied migration was edited or is gone', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dawsos-migrations-'));
  cpSync(path.join(root, 'src/db/migrations'), folder, { recursive: true });
  const script = path.join(folder, 'run.ts');
  const module = JSON.stringify(path.join(root, 'src/db/migrate'));
  writeFileSync(
    script,
    `import { migrate } from ${module};
     migrate({ ownerUrl: process.env.DATABASE_OWNER_URL!, appUrl: process.env.DATABASE_URL!, log: () => undefined, dir: ${JSON.stringify(folder)} })
       .catch((error) => { process.stderr.write(error.message); process.exitCode = 1; });`,
  );
  const file = path.join(folder, '0001-domain.sql');
  writeFileSync(file, '-- Up Migration\nselect 1;\n');
  await expect(migrate({}, script)).rejects.toMatchObject({
    stderr: expect.stringContaining('0001-domain.sql was edited') as string,
  });
  rmSync(file);
  await expect(migrate({}, script)).rejects.toMatchObject({
    stderr: expect.stringContaining('0001-domain.sql is gone') as string,
  });
  rmSync(folder, { recursive: true });
});

it('refuses to make the owner the application’s role', async () => {
  await expect(migrate({ DATABASE_URL: database.ownerUrl })).rejects.toMatchObject({
    stderr: expect.stringContaining('needs a role of its own') as string,
  });
});
