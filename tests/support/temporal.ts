/** The one Temporal server of a test run. Tests keep apart by task queues, workflow ids or namespaces of their own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Guard } from '../../src/embedded/guard';
import { type RunningTemporal, startTemporal } from '../../src/embedded/temporal';
import { requireService } from './services';

export function temporalAddress(): string {
  return requireService('temporalAddress');
}

/** Runs Temporal's own CLI against that server, as an operator would. @returns what it printed */
export async function temporalCli(namespace: string, ...args: string[]): Promise<string> {
  const where = ['--address', temporalAddress(), '--namespace', namespace];
  const { stdout } = await promisify(execFile)(requireService('temporalCli'), [...args, ...where], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** A server of the test's own, on the file in `dataDir`; port 0: any that is free. */
export function startOwnTemporal(dataDir: string, guard: Guard, port: number): Promise<RunningTemporal> {
  const cli = { path: requireService('temporalCli'), version: 'test' };
  return startTemporal({ cli, dataDir, guard, say: () => undefined, port, uiPort: 0 });
}
