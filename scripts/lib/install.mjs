/** Installs the dependencies of the lockfile when they are missing, of another lockfile, or were cut short. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';

const stamp = path.join(root, 'node_modules/.dawsos-stamp');

/** Ends this process when the installation fails. */
export async function installDependencies() {
  const lockfile = read('package-lock.json') ?? '';
  const wanted = createHash('sha256').update(lockfile).digest('hex');
  if (read('node_modules/.dawsos-stamp') === wanted) return;
  if (!isInstalled(lockfile)) await install();
  // Written last: a stamp means that the installation went through.
  writeFileSync(stamp, wanted);
}

async function install() {
  const started = Date.now();
  console.log('installing dependencies (npm ci) …');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    console.error(`npm ci failed (exit ${code}); nothing can run without the dependencies.`);
    process.exit(code);
  }
  console.log(`dependencies installed (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

/** Whether somebody's own `npm install` has put the same packages there; npm writes its record when it has finished. */
function isInstalled(lockfile) {
  const record = read('node_modules/.package-lock.json');
  if (record === null) return false;
  const wanted = JSON.parse(lockfile).packages;
  const there = JSON.parse(record).packages;
  const isThere = ([name, { version, optional }]) =>
    name === '' || there[name]?.version === version || (optional === true && there[name] === undefined);
  const isWanted = ([name, { version }]) => wanted[name]?.version === version;
  return Object.entries(wanted).every(isThere) && Object.entries(there).every(isWanted);
}

function read(file) {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch {
    return null;
  }
}
