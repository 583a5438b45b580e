/** `npm start`: installs what is missing, then hands over to `dawsos start`. */
import path from 'node:path';
import { checkNode } from './lib/check-node.mjs';
import { installDependencies } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { run } from './lib/run.mjs';

const startedAt = Date.now();
checkNode();
await installDependencies();
const args = [path.join(root, 'bin/dawsos.js'), 'start', ...process.argv.slice(2)];
process.exitCode = await run(process.execPath, args, {
  channel: true,
  env: { DAWSOS_STARTED_AT: String(startedAt) },
});
