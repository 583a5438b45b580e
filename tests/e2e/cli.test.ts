/** `dawsos` without a server: help, usage errors, exit codes, check, test, token, doctor. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandNames } from '../../src/cli/commands';
import { embeddedRights } from '../../src/contract/shipped-rights';
import { makeEmbeddedKeys } from '../../src/executor/embedded-keys';
import { requireService } from '../support/services';
import { type CliOptions, type CliResult, runCli, runEach } from '../support/cli';

const nowhere = 'http://127.0.0.1:9';
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-cli-e2e-'));
  await makeEmbeddedKeys(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const dawsos = (args: string[], { env, ...options }: CliOptions = {}): Promise<CliResult> =>
  runCli(args, { env: { DATA_DIR: folder, ...env }, ...options });

describe('help', () => {
  it('lists every command, and says how it ends', async () => {
    const { code, stdout, stderr } = await dawsos(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of commandNames) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const exit of [0, 1, 2, 3, 4, 5, 6, 70, 130]) {
      expect(stdout).toMatch(new RegExp(`^ +${String(exit)}  \\w`, 'm'));
    }
  });

  it('of each command has a summary, its options and examples', async () => {
    const results = await runEach(commandNames, (name) => dawsos([name, '--help']));
    for (const [index, { code, stdout, stderr }] of results.entries()) {
      const name = commandNames[index] ?? '';
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`Usage: dawsos ${name}`);
      expect(stdout).toContain('Options:');
      expect(stdout).toMatch(new RegExp(`Examples:\\n(  .*\\n)*?.*\\$ .*dawsos ${name}`));
    }
  });

  it('prints the version', async () => {
    const { code, stdout } = await dawsos(['--version']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });
});

describe('a wrong command line', () => {
  it.each([
    [['chek'], /unknown command 'chek'[\s\S]*Did you mean check/],
    [['chek', '--help'], /unknown command 'chek'[\s\S]*Did you mean check/],
    [['help', 'chek'], /unknown command 'chek'[\s\S]*Did you mean check/],
    [['run'], /missing required argument 'pattern'[\s\S]*next: see `dawsos run --help`/],
    [['run', 'x', '--mode', 'fast'], /Allowed choices are durable, direct/],
    [['executions', '--nonsense'], /unknown option '--nonsense'/],
    [['token', '--user', 'nobody'], /--user nobody is neither a \(Alice\), b \(Bob\) nor a UUID/],
    [['token', '--ttl', 'long'], /--ttl long is no duration/],
    [['start', '--port', 'x'], /--port x is not a port/],
    [['call', 'calc.annualise', '--args', '{'], /--args is neither JSON nor @file/],
    [['call', 'calc.anualise'], /CAPABILITY_UNKNOWN: .* Did you mean "calc\.annualise"\?/],
    [['executions', '--url', 'ftp://x'], /--url ftp:\/\/x is not an address/],
    [
      ['test', 'no/such.json'],
      /^error: "no\/such\.json" is neither a file or folder nor the id of a pattern/,
    ],
    [
      ['check', 'no/such.json'],
      /^error: "no\/such\.json" is neither a file or folder nor the id of a pattern/,
    ],
  ])('%j ends with 2 and says what is wrong', async (args, message) => {
    const { code, stdout, stderr } = await dawsos(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

describe('a server that is not there', () => {
  it('ends with 3 and says what to do; --json says it as JSON', async () => {
    const plain = await dawsos(['patterns', '--url', nowhere]);
    expect([plain.code, plain.stdout]).toEqual([3, '']);
    expect(plain.stderr).toMatch(/SERVER_UNREACHABLE: No server answers at .*\n {2}next: /);
    const json = await dawsos(['executions', '--json'], { env: { DAWSOS_URL: nowhere } });
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({ code: 'SERVER_UNREACHABLE' });
  });

  it('is told apart from another program on its port', async () => {
    const other = createServer((_req, res) => res.end('<html>hello'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((other.address() as AddressInfo).port)}`;
    const { code, stderr } = await dawsos(['patterns', '--url', url]);
    other.close();
    expect([code, stderr]).toEqual([3, expect.stringContaining('not as this API does')]);
  });
});

describe('dawsos check', () => {
  const write = (name: string, pattern: unknown): string => {
    const file = path.join(folder, 'patterns/analysis', `${name}.json`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof pattern === 'string' ? pattern : JSON.stringify(pattern));
    return file;
  };
  const sound = {
    id: 'sound', name: 'Sound', category: 'analysis',
    steps: [{ capability: 'calc.annualise', args: { total_return: 0.1, days: 365 }, as: 'x' }],
    outputs: ['x'],
  }; // prettier-ignore

  it('says ok and ends with 0 for the shipped patterns', async () => {
    const { code, stdout } = await dawsos(['check']);
    expect(code).toBe(0);
    expect(stdout).toContain('portfolio_overview.json: ok');
  });

  it('tells every problem with its place, and ends with 1', async () => {
    write('sound', sound);
    const file = write('wrong', { ...sound, id: 'wrong', steps: [{ capability: 'calc.anualise', as: 'x' }] });
    const { code, stdout } = await dawsos(['check', path.join(folder, 'patterns')]);
    expect(code).toBe(1);
    expect(stdout).toContain('sound.json: ok');
    expect(stdout).toMatch(/error CAPABILITY_UNKNOWN at \/steps\/0\/capability: .*calc\.annualise/);
    const json = await dawsos(['check', file, '--json']);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toEqual([
      { file, problems: [expect.objectContaining({ code: 'CAPABILITY_UNKNOWN' })], warnings: [] },
    ]);
  });

  it('tells of a file that is no JSON where it breaks, and checks the others all the same', async () => {
    const files = [write('broken', '{\n  x'), write('sound', sound)];
    const { code, stdout, stderr } = await dawsos(['check', ...files]);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/broken\.json: 1 problem, 0 warnings\n {2}error PATTERN_INVALID at \/: is not valid JSON: line 2, column 3/);
    expect(stdout).toContain('sound.json: ok');
    const json = await dawsos(['check', ...files, '--json']);
    expect([json.code, JSON.parse(json.stdout)]).toEqual([
      1,
      [
        { file: files[0], problems: [expect.objectContaining({ code: 'PATTERN_INVALID', pointer: '' })], warnings: [] },
        { file: files[1], problems: [], warnings: [] },
      ],
    ]);
    rmSync(files[0] ?? '');
  }); // prettier-ignore

  it('checks what a pattern runs among those beside it, from whatever folder it is called', async () => {
    write('sound', sound);
    const file = write('outer', {
      id: 'outer', name: 'Outer', category: 'analysis', steps: [{ pattern: 'sound', as: 'x' }], outputs: ['x'],
    }); // prettier-ignore
    expect(await dawsos(['check', file], { cwd: tmpdir() })).toMatchObject({ code: 0 });
  });
});

describe('dawsos test', () => {
  it('runs the tests of the shipped patterns and closes with their count', async () => {
    const { code, stdout } = await dawsos(['test', 'portfolio_overview']);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed$/);
  });
});

describe('npm run replay', () => {
  it('says of a file that is no history that it is none, and replays the others all the same', () => {
    const files = ['package.json', 'tests/histories/approved.json', 'README.md'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--require', 'tsx/cjs', 'src/cli/replay.ts', ...files],
      { cwd: path.resolve(__dirname, '../..'), encoding: 'utf8', env: { ...process.env, DATA_DIR: folder } },
    );
    expect([status, stdout]).toEqual([2, 'tests/histories/approved.json: replays\n']);
    expect(stderr).toMatch(
      /^error: package\.json is no Temporal history; save one with `temporal workflow show/m,
    );
    expect(stderr).toMatch(/^error: README\.md is not valid JSON: line 1, column 1: /m);
  }, 60_000);
});

describe('dawsos token', () => {
  const payloadOf = (token: string): unknown =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

  it('prints a token alone, or with whose it is as JSON', async () => {
    const plain = await dawsos(['token', '--user', 'b', '--rights', 'portfolio_read,trade']);
    expect([plain.code, plain.stderr]).toEqual([0, '']);
    expect(payloadOf(plain.stdout.trim())).toMatchObject({
      sub: 'b0b00000-0000-4000-8000-000000000002',
      rights: ['portfolio_read', 'trade'],
    });
    const json = await dawsos(['token', '--json']);
    const told = JSON.parse(json.stdout) as { user: string; token: string };
    expect(payloadOf(told.token)).toMatchObject({ sub: told.user, rights: embeddedRights });
  });

  it('ends with 4 where no key was ever made', async () => {
    const { code, stderr } = await dawsos(['token'], { env: { DATA_DIR: path.join(folder, 'empty') } });
    expect([code, stderr]).toEqual([4, expect.stringContaining('There is no key at')]);
  });
});

describe('dawsos doctor', () => {
  const levels = (stdout: string): Record<string, string> =>
    Object.fromEntries(
      (JSON.parse(stdout) as { name: string; level: string }[]).map(({ name, level }) => [name, level]),
    );

  it('finds nothing that hinders the embedded profile, and that no server runs', async () => {
    // Whatever else runs on this machine, nobody listens there.
    const { code, stdout } = await dawsos(['doctor'], { env: { PORT: '9' } });
    expect(code).toBe(0);
    for (const name of ['node', 'config', 'data', 'postgresql', 'redis', 'patterns']) {
      expect(stdout).toMatch(new RegExp(`^ok    ${name} `, 'm'));
    }
    expect(stdout).toMatch(/^warn {2}api .*\n +next: dawsos start$/m);
  });

  it('finds servers that do not answer, with the next action, and ends with 1', async () => {
    const env = {
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      DATABASE_URL: 'postgresql://x:y@127.0.0.1:9/x',
      REDIS_URL: 'redis://127.0.0.1:9',
    };
    const { code, stdout } = await dawsos(['doctor', '--url', nowhere, '--json'], { env });
    expect(code).toBe(1);
    expect(levels(stdout)).toMatchObject({
      temporal: 'fail', postgresql: 'fail', migrations: 'warn', redis: 'warn', api: 'fail', node: 'ok', patterns: 'ok',
    }); // prettier-ignore
    for (const found of JSON.parse(stdout) as { level: string; action?: string }[]) {
      expect(found.action === undefined).toBe(found.level === 'ok');
    }
  });

  it('finds real servers well, and pending migrations in a database that has none', async () => {
    const ownerUrl = requireService('databaseOwnerUrl');
    const empty = new URL(ownerUrl);
    empty.pathname = '/postgres';
    const env = {
      TEMPORAL_ADDRESS: requireService('temporalAddress'),
      DATABASE_URL: requireService('databaseAppUrl'),
      DATABASE_OWNER_URL: ownerUrl,
    };
    const well = await dawsos(['doctor', '--json'], { env });
    expect(levels(well.stdout)).toMatchObject({
      config: 'ok',
      temporal: 'ok',
      postgresql: 'ok',
      migrations: 'ok',
    });
    const ill = await dawsos(['doctor', '--json'], { env: { ...env, DATABASE_OWNER_URL: empty.href } });
    expect([ill.code, levels(ill.stdout)['migrations']]).toEqual([1, 'fail']);
  });

  it('finds broken patterns', async () => {
    const { code, stdout } = await dawsos(['doctor'], {
      env: { PATTERNS_DIR: path.join(folder, 'patterns') },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^fail {2}patterns /m);
  });
});

describe('dawsos call', () => {
  it('calls a capability on the database, with portfolio and pack filled in', async () => {
    const env = { DATABASE_URL: requireService('databaseAppUrl') };
    const json = await dawsos(['call', 'ledger.positions', '--json'], { env });
    expect([json.code, json.stderr]).toEqual([0, expect.stringContaining('the only one')]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      result: { base_currency: 'CAD', total_positions: 5 },
      meta: { agent: 'financial_analyst' },
      error: null,
    });
  });

  it('calls the calculator without any database, and prints the result as JSON', async () => {
    const stdin = '{"total_return": 0.21, "days": 730}';
    const one = await dawsos(['call', 'calc.annualise', '--args', '@-'], { stdin });
    expect([one.code, JSON.parse(one.stdout)]).toMatchObject([0, { annualised: 0.09999999999999999 }]);
    const line = `{"capability":"calc.annualise","args":${stdin}}`;
    const batch = await dawsos(['call', '--batch'], {
      stdin: `${line}\n{"capability":"calc.none"}\n${line}\n`,
    });
    const answers = batch.stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as object);
    expect([batch.code, answers.map((answer) => Object.keys(answer)[0])]).toEqual([
      0,
      ['result', 'error', 'result'],
    ]);
  });

  it('says which argument does not fit, which day has no prices, and where the database would be', async () => {
    const env = { DATABASE_URL: requireService('databaseAppUrl') };
    const wrong = await dawsos(['call', 'calc.annualise', '--args', '{"days":"x"}'], { env });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(
        /at \/days: must be number or .*\n {2}next: See what it takes: dawsos capabilities calc\.annualise/,
      ),
    ]);
    const early = await dawsos(['call', 'ledger.positions', '--asof', '1999-01-01'], { env });
    expect([early.code, early.stderr]).toEqual([
      5,
      expect.stringMatching(/PACK_NOT_FOUND[\s\S]*next: Name a later day/),
    ]);
    const away = await dawsos(['call', 'ledger.positions'], {
      env: { DATABASE_URL: 'postgresql://x@127.0.0.1:9/x' },
    });
    expect([away.code, away.stderr]).toEqual([3, expect.stringContaining('127.0.0.1:9')]);
    const none = await dawsos(['call', 'ledger.positions']);
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('DATABASE_URL is not set')]);
  });
});
