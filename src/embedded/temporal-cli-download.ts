/** The Temporal SDK's own download of the CLI, in a process that can be killed: it knows no time-out. */
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { lastLine, runCommand } from './run-command';

/** How long the download may go on without a byte. */
const silenceMs = 15_000;

const downloader = `
const { TestWorkflowEnvironment } = require(${JSON.stringify(require.resolve('@temporalio/testing'))});
const { Runtime, DefaultLogger } = require(${JSON.stringify(require.resolve('@temporalio/worker'))});
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir: process.argv[1] } },
}).then((server) => server.teardown()).then(() => process.exit(0), (error) => {
  console.error(String(error.cause?.message ?? error.message).split('\\n')[0]);
  process.exit(1);
});`;

/** `null` when the CLI is now at `target`, else why not. */
export async function downloadTemporalCli(target: string): Promise<string | null> {
  await mkdir(path.dirname(target), { recursive: true });
  const folder = await mkdtemp(path.join(path.dirname(target), 'download-'));
  try {
    const { code, output, timedOut } = await runCommand(process.execPath, ['-e', downloader, folder], {
      timeoutMs: 600_000,
      giveUp: silenceWatcher(folder),
    });
    if (timedOut) return `no byte for ${String(silenceMs / 1000)} s`;
    if (code !== 0) return lastLine(output).slice(0, 110) || `it ended with ${String(code)}`;
    const [file] = (await readdir(folder)).filter((name) => name.startsWith('temporal'));
    if (file === undefined) return 'it left no file';
    await rename(path.join(folder, file), target);
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** True once the folder's size has not changed for too long. */
function silenceWatcher(folder: string): () => boolean {
  let size = -1;
  let changed = Date.now();
  return () => {
    const now = sizeOf(folder);
    if (now !== size) changed = Date.now();
    size = now;
    return Date.now() - changed > silenceMs;
  };
}

function sizeOf(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  } catch {
    return 0;
  }
}
