/** `npm run build`: compiles into dist/, adds the files that are not TypeScript, and bundles the workflows ahead of time. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './lib/root.mjs';
import { run } from './lib/run.mjs';

const dist = path.join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
const code = await run(process.execPath, [
  path.join(root, 'node_modules/typescript/bin/tsc'),
  '-p',
  path.join(root, 'tsconfig.build.json'),
]);
if (code !== 0) process.exit(code);
for (const name of ['patterns', 'demo', 'src/db/migrations', 'src/embedded/guard-process.cjs']) {
  cpSync(path.join(root, name), path.join(dist, name), { recursive: true });
}
const load = createRequire(import.meta.url);
const { cachedWorkflowBundle } = load(path.join(dist, 'workers/bundle-workflows.js'));
const { startTracing } = load(path.join(dist, 'src/telemetry/tracing.js'));
// A worker with DATA_DIR=dist finds it there and has nothing to bundle.
const bundle = await cachedWorkflowBundle(path.join(dist, 'cache'), startTracing('build', {}).plugin);
console.log(`built; workflows bundled into ${path.relative(root, bundle)}`);
// Written last: bin/dawsos.js takes a build without it for half a one.
writeFileSync(path.join(dist, 'stamp'), '');
