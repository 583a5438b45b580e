import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { acquireLock } from './lock';
import { identifyProcess, isAlive } from './process-identity';

const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'dawsos-lock-'));

describe('the lock of a data directory', () => {
  it('is held by one process, which tells the next where it is found', async () => {
    const folder = newFolder();
    const first = await acquireLock(folder);
    if (!('lock' in first)) throw new Error('expected the lock');
    await first.lock.publish({ API: 'http://127.0.0.1:1' });
    expect(await acquireLock(folder)).toEqual({
      owner: { ...(await identifyProcess(process.pid)), links: { API: 'http://127.0.0.1:1' } },
    });
    await first.lock.release();
    expect(await acquireLock(folder)).toHaveProperty('lock');
  });

  it('goes to exactly one of many that ask at once', async () => {
    const folder = newFolder();
    const attempts = await Promise.all(Array.from({ length: 8 }, () => acquireLock(folder)));
    expect(attempts.filter((attempt) => 'lock' in attempt)).toHaveLength(1);
  });

  it.each([
    ['of a process that no longer lives', JSON.stringify({ pid: 2 ** 22 + 1, started: '1', links: {} })],
    ['of an earlier process with a reused id', JSON.stringify({ pid: process.pid, started: '0', links: {} })],
    ['that is not readable', '{'],
  ])('is taken over when it is one %s', async (_, text) => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'lock'), text);
    expect(await acquireLock(folder)).toHaveProperty('lock');
    expect(JSON.parse(readFileSync(path.join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  });
});

describe('isAlive', () => {
  it('tells a running process from one that has ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const identity = await identifyProcess(child.pid ?? 0);
    if (identity === null) throw new Error('expected an identity');
    expect(await isAlive(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isAlive(identity)).toBe(false);
  });
});
