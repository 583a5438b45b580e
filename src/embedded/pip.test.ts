import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installFromPip } from './pip';

const folder = mkdtempSync(path.join(tmpdir(), 'dawsos-pip-'));
const { PATH } = process.env;

/** A PATH on which `python3` is this shell script, or nothing. */
function withPython(script: string | null): void {
  const bin = path.join(folder, `bin-${Math.random().toString(36).slice(2)}`);
  mkdirSync(bin);
  if (script !== null) {
    writeFileSync(path.join(bin, 'python3'), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(bin, 'python3'), 0o755);
  }
  process.env['PATH'] = bin;
}

afterEach(() => {
  process.env['PATH'] = PATH;
});

describe('installFromPip', () => {
  const target = path.join(folder, 'target');

  it('tells no python from a python without pip', async () => {
    withPython(null);
    expect(await installFromPip('x==1', target)).toBe('there is no python3');
    withPython('[ "$2" = pip ] && exit 1; exit 0');
    expect(await installFromPip('x==1', target)).toMatch(/python3 has no pip/);
  });

  it('repeats pip’s last words, and leaves nothing half-filled', async () => {
    withPython('[ "$3" = install ] && echo "ERROR: No matching distribution" && exit 1; exit 0');
    expect(await installFromPip('x==1', target)).toBe('pip: ERROR: No matching distribution');
    expect(readdirSync(folder).filter((name) => name.startsWith('target'))).toEqual([]);
  });

  it('asks for a wheel without dependencies, and not for the user’s own folder', async () => {
    withPython(`[ "$3" = install ] && echo "$@ PIP_USER=$PIP_USER" > ${folder}/asked; exit 0`);
    expect(await installFromPip('x==1', target)).toBeNull();
    expect(readFileSync(path.join(folder, 'asked'), 'utf8')).toMatch(
      /-m pip install --quiet --no-deps --only-binary :all: --target \S+ x==1 PIP_USER=0/,
    );
  });
});
