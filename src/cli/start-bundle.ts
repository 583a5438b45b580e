/** Bundles the workflows in a process of its own while the servers come up: the first worker would wait two seconds for it. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../embedded/run-command';

/**
 * Resolves when the bundle is in the cache, at once when some bundle is there already. A failure is no matter
 * here: the worker bundles for itself then, and says what is wrong.
 */
export async function bundleAhead(dataDir: string): Promise<void> {
  const cacheDir = path.join(dataDir, 'cache');
  if (holdsBundle(cacheDir)) return;
  const root = path.resolve(__dirname, '../..');
  const loader = __filename.endsWith('.ts') ? ['--require', require.resolve('tsx/cjs')] : [];
  const program = `
    const { cachedWorkflowBundle } = require('./workers/bundle-workflows');
    const { startTracing } = require('./src/telemetry/tracing');
    cachedWorkflowBundle(process.argv[1], startTracing('bundle', {}).plugin).then(() => process.exit(0));`;
  await runCommand(process.execPath, [...loader, '-e', program, cacheDir], { cwd: root, timeoutMs: 60_000 });
}

function holdsBundle(cacheDir: string): boolean {
  try {
    return readdirSync(cacheDir).some((name) => /^workflows-\w+\.js$/.test(name));
  } catch {
    return false;
  }
}
