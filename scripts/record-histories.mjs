/** `npm run record:histories`: runs every kind of step on Temporal and keeps the histories that replay tests use. */
import { spawn } from 'node:child_process';
import process from 'node:process';

const env = { ...process.env, RECORD_HISTORIES: '1' };
const command = ['scripts/test.mjs', 'tests/integration/replay.test.ts', '--selectProjects', 'integration'];
spawn(process.execPath, command, { env, stdio: 'inherit' }).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
