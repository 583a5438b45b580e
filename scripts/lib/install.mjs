/** Installs the dependencies of the lockfile when they are missing, of another lockfile, or were cut short. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';

const stamp = path.join(root, 'node_modules/.dawsos-stamp');

/** Ends this process when the installation fails. */
export async function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const started = Date.now();
  console.log('installing dependencies (npm ci) …');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    console.error(`npm ci failed (exit ${code}); nothing can run without the dependencies.`);
    process.exit(code);
  }
  // Written last: a stamp means that the installation went through.
  writeFileSync(stamp, wanted);
  console.log(`dependencies installed (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
