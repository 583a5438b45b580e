/** `npm start` from nothing: what it prints, how it is refused a second time, and that the next start goes on. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Execution } from '../../src/contract/execution';
import { signEmbeddedToken } from '../../src/executor/embedded-keys';
import {
  endAllStarts,
  makeDataDir,
  processesOf,
  removeDataDir,
  spawnStart,
  startTimeoutMs,
} from '../support/start-process';

const demo = JSON.parse(readFileSync(path.resolve('demo/demo.json'), 'utf8')) as {
  users: { id: string }[];
};

afterEach(endAllStarts);

describe('npm start -- --once', () => {
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await makeDataDir();
  });
  afterAll(() => {
    removeDataDir(dataDir);
  });

  it(
    'prints holdings, performance, attribution, what they rest on, the trace and links, and leaves nothing running',
    async () => {
      const run = spawnStart(['--once', '--data', dataDir, '--port', '0']);
      expect(await run.exitCode).toBe(0);
      const text = run.output();
      expect(text).toMatch(/^Demo portfolio as of 2013-02-28$/m);
      expect(text).toMatch(/AAPL +\d+ +USD +[\d,.]+ +[\d,]+\.\d\d +\d+\.\d\d %/);
      expect(text).toMatch(/Total +[\d,]+\.\d\d/);
      expect(text).toMatch(/Time-weighted return in CAD +[+-]\d+\.\d\d %/);
      for (const part of ['local return', 'exchange rates', 'interaction', 'total']) {
        expect(text).toMatch(new RegExp(`  ${part} +[+-]\\d+\\.\\d\\d %`));
      }
      expect(text).toMatch(/Pricing pack +PP_2013-02-28/);
      expect(text).toMatch(/Ledger commit +sha256:[0-9a-f]{64}/);
      expect(text).toMatch(/valued_positions +portfolio\.get_valued_positions +financial_analyst +success/);
      expect(text).toMatch(/http:\/\/127\.0\.0\.1:\d+\/v1\/executions\/[0-9a-f-]{36}/);
      expect(text).toMatch(/Web UI +http:\/\/127\.0\.0\.1:\d+\/namespaces\/default\/workflows\//);
      expect(text).toMatch(/First result after \d+\.\d s/);
      expect(await processesOf(dataDir)).toEqual([]);
    },
    startTimeoutMs,
  );

  it(
    'has no demo to show where the patterns are others, and says so',
    async () => {
      const env = { PATTERNS_DIR: path.resolve('examples/patterns') };
      const run = spawnStart(['--once', '--data', dataDir, '--port', '0'], env);
      expect(await run.exitCode).toBe(0);
      expect(run.output()).toMatch(
        /No portfolio_overview in .*examples\/patterns, so no demo is shown\. API: http/,
      );
    },
    startTimeoutMs,
  );

  it('prints its usage', async () => {
    const run = spawnStart(['--help']);
    expect(await run.exitCode).toBe(0);
    expect(run.output()).toMatch(/--once[\s\S]*--port <N>[\s\S]*--data <DIR>/);
  });

  it('refuses an option it does not know', async () => {
    const run = spawnStart(['--nonsense']);
    expect(await run.exitCode).toBe(2);
    expect(run.output()).toMatch(/--nonsense/);
  });
});

describe('npm start', () => {
  it(
    'keeps earlier runs, moves on from taken ports, and refuses a second owner of the data with the links of the first',
    async () => {
      const dataDir = await makeDataDir();
      const blocker = createServer();
      await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
      const taken = (blocker.address() as { port: number }).port;
      try {
        const first = spawnStart(['--once', '--data', dataDir, '--port', '0']);
        expect(await first.exitCode).toBe(0);
        const [, id = ''] = /\/v1\/executions\/([0-9a-f-]{36})/.exec(first.output()) ?? [];

        const second = spawnStart(['--data', dataDir, '--port', String(taken)]);
        await second.ready();
        expect(second.output()).toContain(`port ${String(taken)} is taken; the API takes `);
        const [, api = ''] = /API: ready .* (http:\S+)/.exec(second.output()) ?? [];
        const earlier = await readExecution(api, id, dataDir);
        expect([earlier.execution.status, earlier.asof_date]).toEqual(['succeeded', '2013-02-28']);

        const third = spawnStart(['--data', dataDir]);
        expect(await third.exitCode).toBe(1);
        expect(third.output()).toMatch(/already runs on .* \(pid \d+\)/);
        expect(third.output()).toContain(`API: ${api}`);
        // The refused one has taken nothing with it.
        expect((await readExecution(api, id, dataDir)).execution.id).toBe(id);

        second.child.kill('SIGTERM');
        expect(await second.exitCode).toBe(0);
        expect(second.output()).toMatch(/stopped/);
        expect(await processesOf(dataDir)).toEqual([]);
      } finally {
        blocker.close();
        removeDataDir(dataDir);
      }
    },
    3 * startTimeoutMs,
  );
});

async function readExecution(api: string, id: string, dataDir: string): Promise<Execution> {
  const token = await signEmbeddedToken(dataDir, {
    sub: demo.users[0]?.id ?? '',
    rights: ['portfolio_read'],
    ttl: '5m',
  });
  const response = await fetch(`${api}/v1/executions/${id}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Execution;
}
