/** `npm start`: installs what is missing, then hands over to `dawsos start`. */
import path from 'node:path';
import { checkNode } from './lib/check-node.mjs';
import { installDependencies } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { run } from './lib/run.mjs';

const startedAt = Date.now();
checkNode();
await installDependencies();
// Requests leave much behind that is soon forgotten: fewer collections of the young generation.
const args = [
  '--max-semi-space-size=64',
  path.join(root, 'bin/dawsos.js'),
  'start',
  ...process.argv.slice(2),
];
process.exitCode = await run(process.execPath, args, {
  channel: true,
  env: { DAWSOS_STARTED_AT: String(startedAt) },
});
