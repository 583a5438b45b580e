/** The example agent in Python as a user runs it: its requirements from PyPI, kept for the next run, and a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../../src/embedded/run-command';
import { until } from './process';

const root = path.resolve(__dirname, '../..');
export const pythonAgentDir = path.join(root, 'examples/agents/python');

export interface PythonAgent {
  output(): string;
  stop(): Promise<void>;
}

/** @throws Error with what pip or Python said */
export async function startPythonAgent(env: NodeJS.ProcessEnv): Promise<PythonAgent> {
  const packages = await installed();
  const child = spawn('python3', ['worker.py'], {
    cwd: pythonAgentDir,
    env: { ...process.env, PYTHONPATH: packages, PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const killOnExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killOnExit);
  await until('the agent in Python', () => text.includes('serving statistics-desk') || ended(), 60_000);
  if (ended()) throw new Error(`The agent in Python ended at once:\n${text}`);
  return {
    output: () => text,
    stop: async () => {
      process.off('exit', killOnExit);
      await stopped(child);
    },
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  await closed;
}

/** Where Python finds the packages that requirements.txt names. */
async function installed(): Promise<string> {
  const file = path.join(pythonAgentDir, 'requirements.txt');
  const { output: version } = await runCommand('python3', ['--version']);
  const key = createHash('sha256').update(readFileSync(file)).update(version).digest('hex').slice(0, 12);
  const target = path.join(root, '.data/cache', `python-${key}`);
  if (existsSync(target)) return target;
  await mkdir(path.dirname(target), { recursive: true });
  // Elsewhere first: whoever comes at the same time must not find it half-filled.
  const draft = await mkdtemp(`${target}-`);
  try {
    const { code, output, startError } = await runCommand(
      'python3',
      ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '--target', draft, '-r', file],
      { env: { ...process.env, PIP_USER: '0', PIP_ROOT_USER_ACTION: 'ignore' } },
    );
    if (code !== 0) throw new Error(`pip could not install ${file}: ${startError ?? output}`);
    await rename(draft, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
    return target;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
