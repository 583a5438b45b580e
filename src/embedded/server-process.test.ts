import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGuard } from './guard';
import { identifyProcess } from './process-identity';
import { startProcess, sweepProcesses } from './server-process';

const idle = ['-e', 'setInterval(() => {}, 1000)'];
/** Heeds no polite signal. */
const stubborn = ['-e', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'];

function settings(args: string[]): Parameters<typeof startProcess>[0] {
  return {
    name: 'probe',
    command: process.execPath,
    args,
    stopSignal: 'SIGTERM',
    runDir: mkdtempSync(path.join(tmpdir(), 'dawsos-run-')),
    guard: { watch: jest.fn(), forget: jest.fn(), close: jest.fn() },
  };
}

async function isGone(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 8000; waited += 50) {
    if ((await identifyProcess(pid)) === null) return true;
    await sleep(50);
  }
  return false;
}

describe('startProcess', () => {
  it('names the running process in a file, and removes the file when it has ended', async () => {
    const options = settings(idle);
    const server = await startProcess(options);
    expect(existsSync(path.join(options.runDir, 'probe.pid'))).toBe(true);
    await server.stop();
    expect(await identifyProcess(server.pid)).toBeNull();
    expect(readdirSync(options.runDir)).toEqual([]);
    expect(options.guard.forget).toHaveBeenCalledWith(server.pid);
  });

  it('stops by force what does not heed the signal', async () => {
    const deaf = jest.fn();
    const server = await startProcess({ ...settings(stubborn), onLine: deaf });
    while (deaf.mock.calls.length === 0) await sleep(20);
    await server.stop(300);
    expect(await server.ended).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('rejects when there is no such program', async () => {
    await expect(startProcess({ ...settings([]), command: '/no/such/program' })).rejects.toThrow('ENOENT');
  });
});

describe('sweepProcesses', () => {
  it('stops what a file names, and leaves alone a process that only has the same id', async () => {
    const { runDir } = settings([]);
    const [orphan, stranger] = [0, 1].map(() =>
      spawn(process.execPath, idle, { detached: true, stdio: 'ignore' }),
    );
    if (!orphan || !stranger) throw new Error('expected two processes');
    await Promise.all([once(orphan, 'spawn'), once(stranger, 'spawn')]);
    const left = await identifyProcess(orphan.pid ?? 0);
    writeFileSync(path.join(runDir, 'a.pid'), JSON.stringify({ ...left, name: 'a', signal: 'SIGTERM' }));
    writeFileSync(
      path.join(runDir, 'b.pid'),
      JSON.stringify({ pid: stranger.pid, started: '1', name: 'b', signal: 'SIGTERM' }),
    );
    await sweepProcesses(runDir, () => undefined);
    expect(await identifyProcess(orphan.pid ?? 0)).toBeNull();
    expect(await identifyProcess(stranger.pid ?? 0)).not.toBeNull();
    expect(readdirSync(runDir)).toEqual([]);
    stranger.kill('SIGKILL');
  });
});

describe('the guard', () => {
  it('stops what is watched when its pipe closes, stubborn ones by force, and spares what was forgotten', async () => {
    const children = [idle, stubborn, idle].map((args) =>
      spawn(process.execPath, args, { detached: true, stdio: 'ignore' }),
    );
    await Promise.all(children.map((child) => once(child, 'spawn')));
    const [polite, deaf, spared] = children.map((child) => child.pid ?? 0);
    if (polite === undefined || deaf === undefined || spared === undefined) throw new Error('expected three');
    await sleep(200);
    const guard = startGuard();
    for (const pid of [polite, deaf, spared]) guard.watch(pid, 'SIGTERM');
    guard.forget(spared);
    guard.close();
    expect(await isGone(polite)).toBe(true);
    expect(await isGone(deaf)).toBe(true);
    expect(await identifyProcess(spared)).not.toBeNull();
    process.kill(spared, 'SIGKILL');
  });
});
