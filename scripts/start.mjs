/** `npm start`: installs what is missing, then hands over to the supervisor in src/cli/start.ts. */
import path from 'node:path';
import { checkNode } from './lib/check-node.mjs';
import { installDependencies } from './lib/install.mjs';
import { root } from './lib/root.mjs';
import { run } from './lib/run.mjs';

const startedAt = Date.now();
checkNode();
await installDependencies();
const supervisor = [
  '--require',
  path.join(root, 'node_modules/tsx/dist/cjs/index.cjs'),
  path.join(root, 'src/cli/start.ts'),
];
process.exitCode = await run(process.execPath, [...supervisor, ...process.argv.slice(2)], {
  channel: true,
  env: { DAWSOS_STARTED_AT: String(startedAt) },
});
