/** `npm test`: installs what is missing, runs Jest with the arguments given, closes with `N passed, N failed`. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkNode } from './lib/check-node.mjs';
import { installDependencies } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { run } from './lib/run.mjs';

checkNode();
await installDependencies();
const args = process.argv.slice(2);
// What tests leave in the temporary folder goes with it. PostgreSQL's own user has to be able to enter.
const folder = mkdtempSync(path.join(tmpdir(), 'dawsos-test-'));
chmodSync(folder, 0o755);
const summaryFile = path.join(folder, 'summary.json');
const jest = path.join(root, 'node_modules/jest/bin/jest.js');
const code = await run(process.execPath, [jest, ...workers(args), ...args], {
  channel: true,
  env: { DAWSOS_TEST_SUMMARY: summaryFile, TMPDIR: folder, NODE_ENV: 'test' },
});
const summary = readSummary();
rmSync(folder, { recursive: true, force: true });
if (summary !== null || code !== 0) {
  const { passed, failed, complete } = summary ?? { passed: 0, failed: 0, complete: false };
  // Jest died, or found no tests, or a coverage threshold was missed: that is a failure too, and is counted.
  const counted = failed === 0 && (code !== 0 || !complete) ? 1 : failed;
  if (!complete) console.log(`\nJest did not finish (exit ${code}).`);
  console.log(`${passed} passed, ${counted} failed`);
  process.exitCode = code === 0 && counted > 0 ? 1 : code;
}

/** Tests with servers share two cores with them: one file at a time. Without servers, two. */
function workers(given) {
  if (given.some((arg) => /^(-w|-i|--maxWorkers|--runInBand)/.test(arg))) return [];
  const selected = given.indexOf('--selectProjects');
  const onlyUnit =
    selected >= 0 && given[selected + 1] === 'unit' && !/^[a-z]/.test(given[selected + 2] ?? '-');
  return [`--maxWorkers=${onlyUnit ? 2 : 1}`];
}

function readSummary() {
  try {
    return JSON.parse(readFileSync(summaryFile, 'utf8'));
  } catch {
    return null;
  }
}
