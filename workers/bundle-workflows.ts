/** Bundles the workflows: as a build step, and at a worker's start from a cache keyed by what goes into it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { OpenTelemetryPlugin } from '@temporalio/interceptors-opentelemetry-v2';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const root = path.resolve(__dirname, '..');
const extension = path.extname(__filename);
const workflowsPath = path.join(root, 'workflows', `index${extension}`);

/** Writes the bundle to a file, whole or not at all. */
export async function writeWorkflowBundle(file: string, plugin: OpenTelemetryPlugin): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    plugins: [plugin],
    logger: new DefaultLogger('WARN'),
  });
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${String(process.pid)}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, file);
}

/** The path of a bundle of the present sources, made when `cacheDir` has none: bundling takes seconds, hashing a few milliseconds. */
export async function cachedWorkflowBundle(cacheDir: string, plugin: OpenTelemetryPlugin): Promise<string> {
  const file = cacheFile(cacheDir);
  if (!existsSync(file)) await writeWorkflowBundle(file, plugin);
  return file;
}

function cacheFile(cacheDir: string): string {
  return path.join(cacheDir, `workflows-${sourceHash()}.js`);
}

/** Covers all sources that the sandbox may hold and the exact packages of the lockfile. */
function sourceHash(): string {
  const hash = createHash('sha256');
  const folders = [
    'workflows',
    'src/pattern',
    'src/temporal',
    'src/contract',
    'src/canonical.ts',
    'package-lock.json',
  ];
  for (const entry of folders.flatMap((name) => filesOf(path.join(root, name)))) {
    hash.update(path.relative(root, entry)).update('\0').update(readFileSync(entry)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(entry: string): string[] {
  const candidate = existsSync(entry) ? entry : entry.replace(/\.ts$/, extension);
  if (!existsSync(candidate)) return [];
  if (path.extname(candidate) !== '') return [candidate];
  return readdirSync(candidate, { recursive: true, withFileTypes: true })
    .filter(
      (file) => file.isFile() && file.name.endsWith(extension) && !file.name.endsWith(`.test${extension}`),
    )
    .map((file) => path.join(file.parentPath, file.name))
    .sort();
}
