/** `dawsos` against a server: runs and what is asked of them afterwards. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Diff } from '../../src/contract/diff';
import type { Execution } from '../../src/contract/execution';
import type { Lineage } from '../../src/contract/lineage';
import type { PlanExplanation } from '../../src/contract/plan-explanation';
import type { Trace } from '../../src/contract/trace';
import { type CliOptions, type CliResult, runCli, type RunningCli, startCli } from '../support/cli';
import { until } from '../support/process';
import { type Stack, startStack } from '../support/stack';
import { asking, broken, echoing, failing, sleeping } from './http-patterns';

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
/** Comes to something else each time. */
const counting = {
  id: 'counting', name: 'Counting', category: 'analysis',
  steps: [{ capability: 'probe.drift', args: { key: 'cli-counting' }, as: 'count' }],
  outputs: ['count'],
}; // prettier-ignore
const each = {
  id: 'each', name: 'Each', category: 'analysis', inputs: { items: { type: 'array', required: true } },
  steps: [
    {
      map: { in: '{{inputs.items}}', do: { capability: 'probe.echo', args: { value: '{{item}}' } } },
      as: 'all',
    },
  ],
  outputs: ['all'],
}; // prettier-ignore

let stack: Stack;
let folder: string;
let tokens: { a: string; b: string; bare: string };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-cli-server-'));
  stack = await startStack([echoing, sleeping, failing, broken, asking, counting, each]);
  const { a, b } = stack.market;
  tokens = {
    a: await stack.tokenFor(a.user_id),
    b: await stack.tokenFor(b.user_id, ['portfolio_read', 'trade']),
    bare: await stack.tokenFor(a.user_id, []),
  };
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stack.close();
});

const optionsFor = (token: string): CliOptions => ({
  env: { DATA_DIR: folder, DAWSOS_URL: stack.url, DAWSOS_TOKEN: token },
});
const dawsos = (args: string[], token = tokens.a): Promise<CliResult> => runCli(args, optionsFor(token));
const start = (args: string[], token = tokens.a): RunningCli => startCli(args, optionsFor(token));
async function json<T>(args: string[]): Promise<T> {
  const { code, stdout, stderr } = await dawsos([...args, '--json']);
  if (code !== 0) throw new Error(`exit ${String(code)}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
const runJson = (...args: string[]): Promise<Execution> => json<Execution>(['run', ...args]);
const idOf = (told: Execution): string => told.execution.id;

describe('dawsos run', () => {
  it('tells the steps line by line on stderr, and the result on stdout', async () => {
    const { code, stdout, stderr } = await dawsos(['run', 'echoing', '--no-cache', '--input', 'text=12.50']);
    expect(code).toBe(0);
    expect(stderr).toContain(`portfolio: Portfolio of a (${stack.market.a.portfolio_id}), your only one`);
    expect(stderr).toMatch(/^ {2}success {4}first {2}probe\.echo · \d+ ms$/m);
    expect(stderr).toMatch(/^ {2}success {4}second {2}other\.echo · \d+ ms$/m);
    expect(stderr).toMatch(/^echoing: succeeded$/m);
    expect(stdout).toMatch(/^echoing 1\.0\.0 · succeeded · .* · as of 2014-01-07$/m);
    expect(stdout).toMatch(/^ {2}second\n {4}value {2}12\.50$/m);
    expect(stdout).toMatch(/Fingerprint +sha256:[0-9a-f]{64}/);
    // eslint-disable-next-line no-control-regex -- no colours where there is no terminal
    expect(stdout + stderr).not.toMatch(/\u001b/);
  });

  it('prints with --json what the server keeps of it, and nothing else', async () => {
    const told = await runJson('echoing', '--no-cache');
    const { body } = await stack.call(`/v1/executions/${idOf(told)}`);
    expect(told).toEqual(body);
  });

  it('says that an earlier run was the answer', async () => {
    const first = await runJson('echoing', '--input', 'text=again');
    const second = await runJson('echoing', '--input', 'text=again');
    expect(second.execution).toEqual({ ...first.execution, cached: true });
    const plain = await dawsos(['run', 'echoing', '--input', 'text=again']);
    expect(plain.stdout).toMatch(/^.* · answered by this earlier run \(--no-cache runs it anew\)$/m);
  });

  it('reads inputs from standard input, and runs in direct mode', async () => {
    const stdin = JSON.stringify({ text: 'from stdin', portfolio_id: stack.market.a.portfolio_id });
    const args = ['run', 'echoing', '--inputs', '-', '--direct', '--json'];
    const { code, stdout } = await runCli(args, { ...optionsFor(tokens.a), stdin });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      execution: { mode: 'direct' }, data: { second: { value: 'from stdin' } },
    }); // prettier-ignore
  });

  it('reads numbers and lists as the pattern declares them', async () => {
    expect(await runJson('each', '--input', 'items=["a","b"]')).toMatchObject({
      execution: { status: 'succeeded' }, data: { all: [{ value: 'a' }, { value: 'b' }] },
    }); // prettier-ignore
    const wrong = await dawsos(['run', 'sleeping', '--input', 'ms=soon']);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('"soon" is not integer')]);
  });

  it('ends with 1 for a run that failed: code, step, message, next action', async () => {
    const args = ['run', 'failing', '--input', 'code=DATA_MISSING'];
    const plain = await dawsos(args);
    expect(plain.code).toBe(1);
    expect(plain.stdout).toMatch(/^failing 1\.0\.0 · failed/m);
    expect(plain.stderr).toMatch(/error DATA_MISSING in step fails: told to fail with DATA_MISSING\n {2}next: .*dawsos trace/);
    const asJson = await dawsos([...args, '--json']);
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.stdout)).toMatchObject({ execution: { status: 'failed' }, error: { code: 'DATA_MISSING', step: 'fails' } });
    expect((await dawsos([...args, '--direct'])).code).toBe(5);
  }); // prettier-ignore

  it('starts a run once under its key, and follows it later', async () => {
    const args = ['run', 'sleeping', '--input', 'ms=400', '--no-wait', '--key', 'cli'];
    const [first, second] = [await dawsos(args), await dawsos(args)];
    expect([first.code, second.stdout]).toEqual([0, first.stdout]);
    const id = first.stdout.trim();
    expect(first.stderr).toContain(`dawsos executions ${id} --follow`);
    const { code, stdout } = await dawsos(['executions', id, '--follow']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^sleeping 1\.0\.0 · succeeded/)]);
  });

  it.each([
    [['run', 'none'], 5, 'PATTERN_NOT_FOUND'],
    [['run', 'broken'], 5, 'PATTERN_INVALID'],
    [['run', 'sleeping', '--input', 'ms=1', '--direct'], 5, 'DIRECT_REFUSED'],
    [['run', 'echoing', '--asof', '2013-03-02'], 5, 'PACK_NOT_FOUND'],
    [['run', 'echoing', '--asof', '2014-01-08'], 3, 'PACK_WARMING'],
    [['run', 'echoing', '--input', 'nothing=1'], 2, 'REQUEST_INVALID'],
    [['executions', 'none'], 5, 'EXECUTION_NOT_FOUND'],
  ])('%j ends with %i and %s, the same as JSON', async (args, code, name) => {
    const { code: ended, stdout, stderr } = await dawsos([...args, '--json']);
    expect([ended, stderr]).toEqual([
      code,
      expect.stringMatching(new RegExp(`error ${name}.*\\n[\\s\\S]*next: `)),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ code: name });
  });

  it('says what was meant, and what there is', async () => {
    const refusal = async (...args: string[]): Promise<string> => (await dawsos(args)).stderr;
    expect(await refusal('run', 'ecoing')).toMatch(/There is no pattern "ecoing"\. Did you mean "echoing"\?\n {2}next: /);
    expect(await refusal('run', 'echoing', '--input', 'txt=1')).toMatch(
      /error REQUEST_INVALID: .*schema\.\n {2}at \/inputs\/txt: unknown member "txt" \(did you mean text\?\)\n {2}next: Correct what is named above/,
    );
    expect(await refusal('executions', '--limit', '0')).toContain('at /query/limit: must be a whole number from 1 to 100');
    expect(await refusal('run', 'echoing', '--asof', '2014-01-12')).toMatch(
      /nearest: PP_2014-01-07 \(of 2014-01-07\)\n {2}next: Use --asof 2014-01-07/,
    );
    expect(await refusal('run', 'echoing', '--asof', '1999-01-01')).toMatch(/next: Name a later day/);
    const packs = ['diff', 'echoing', '--left-pack', 'PP_2014-01-07', '--right-pack'];
    expect(await refusal(...packs, 'PP_2014-02-01')).toContain('next: Use PP_2014-01-07.');
    expect(await refusal(...packs, 'PP_2014-02-30')).toMatch(/2014-02-30 is no day\.\n {2}next: Name the pack of another day/);
    expect(await refusal('capabilities', 'probe.ecko')).toContain('Did you mean "probe.echo"?');
  }); // prettier-ignore

  it('ends with 4 without a valid token, and without the rights', async () => {
    const unknown = await dawsos(['patterns'], 'nobody');
    expect([unknown.code, unknown.stderr]).toEqual([
      4,
      expect.stringContaining('The bearer token is malformed'),
    ]);
    const missing = await dawsos(['run', 'echoing'], tokens.bare);
    expect([missing.code, missing.stderr]).toEqual([
      4,
      expect.stringMatching(/RIGHTS_MISSING[\s\S]*portfolio_read/),
    ]);
  });

  it('signs a token of the embedded profile itself where it has the key', async () => {
    const dataDir = path.resolve(stack.config.jwt.publicKeyFile ?? '', '../..');
    const as = ['--as', stack.market.b.user_id];
    const { code, stdout } = await runCli(['run', 'echoing', ...as, '--json'], {
      env: { DATA_DIR: dataDir, DAWSOS_URL: stack.url },
    });
    expect([code, (JSON.parse(stdout) as Execution).portfolio_id]).toEqual([0, stack.market.b.portfolio_id]);
  });
});

describe('Ctrl-C and cancel', () => {
  it('leaves the run going with 130, and cancel ends it', async () => {
    const run = start(['run', 'sleeping', '--input', 'ms=30000']);
    await until('the step runs', () => /running +nap/.test(run.stderr()));
    run.child.kill('SIGINT');
    const { code, stdout, stderr } = await run.ended;
    expect([code, stdout]).toEqual([130, '']);
    const [, id = ''] = /dawsos cancel (\S+)/.exec(stderr) ?? [];
    expect(stderr).toContain(`dawsos executions ${id} --follow`);
    const early = await dawsos(['trace', id]);
    expect([early.code, early.stderr]).toEqual([6, expect.stringContaining('EXECUTION_UNFINISHED')]);
    const cancelled = await dawsos(['cancel', id]);
    expect([cancelled.code, cancelled.stdout]).toEqual([0, 'cancelled\n']);
    const again = await dawsos(['cancel', id]);
    expect([again.code, again.stderr]).toEqual([5, expect.stringContaining('EXECUTION_CLOSED')]);
    expect((await dawsos(['executions', id])).code).toBe(1);
  });
});

describe('approvals', () => {
  it('are shown while a run waits, listed, and answered; then the run goes on', async () => {
    const run = start(['run', 'asking']);
    await until('it says for what it waits', () => run.stderr().includes('waits for an answer'));
    const [id = ''] = uuid.exec(/dawsos approve (\S+) ok/.exec(run.stderr())?.[1] ?? '') ?? [];
    const open = await dawsos(['approvals'], tokens.b);
    expect(open.stdout).toContain('? Trade?');
    expect(open.stdout).toContain(`dawsos approve ${id} ok --data '{"note":"…"}'`);
    const unfit = await dawsos(['approve', id, 'ok', '--data', '{}'], tokens.b);
    expect([unfit.code, unfit.stderr]).toEqual([2, expect.stringContaining('/data')]);
    const own = await dawsos(['approve', id, 'ok', '--data', '{"note":"mine"}']);
    expect(own.code).toBe(4);
    const given = await dawsos(['approve', id, '--data', '{"note":"fine"}'], tokens.b);
    expect([given.code, given.stdout]).toEqual([0, expect.stringMatching(/^ok: approved at /)]);
    const { code, stdout } = await run.ended;
    expect([code, stdout]).toEqual([0, expect.stringMatching(/value {2}fine/)]);
    const late = await dawsos(['approve', id, 'ok', '--data', '{"note":"x"}'], tokens.b);
    expect([late.code, late.stderr]).toEqual([5, expect.stringContaining('APPROVAL_CLOSED')]);
  });

  it('that are rejected fail the run', async () => {
    const run = start(['run', 'asking']);
    await until('it says for what it waits', () => run.stderr().includes('waits for an answer'));
    const [id = ''] = uuid.exec(run.stderr().slice(run.stderr().indexOf('dawsos approve'))) ?? [];
    const given = await dawsos(['reject', id], tokens.b);
    expect([given.code, given.stdout]).toEqual([0, expect.stringMatching(/^ok: rejected/)]);
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('APPROVAL_REJECTED')]);
  }); // prettier-ignore
});

describe('dawsos plan', () => {
  it('draws a pattern of the server, and one that it does not know', async () => {
    const { code, stdout } = await dawsos(['plan', 'echoing']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/wave 2\n {2}second[\s\S]*waits for first: args\.value/);
    const file = path.join(folder, 'mine.json');
    writeFileSync(file, JSON.stringify({ ...echoing, id: 'mine' }));
    const told = await json<PlanExplanation>(['plan', file]);
    expect([told.pattern.id, told.critical_path]).toEqual(['mine', ['first', 'second']]);
    expect((await dawsos(['plan', 'echoing', '--mermaid'])).stdout).toMatch(/^flowchart/);
  });

  it('tells the problems of a pattern, each with its place', async () => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(file, JSON.stringify(broken));
    const { code, stderr } = await dawsos(['plan', file]);
    expect([code, stderr]).toEqual([
      5,
      expect.stringMatching(/PATTERN_INVALID[\s\S]*CAPABILITY_UNKNOWN at \/steps\/0/),
    ]);
    expect((await dawsos(['plan', 'no/such.json'])).code).toBe(2);
  });
});

describe('what is asked of a run afterwards', () => {
  let first: Execution;
  beforeAll(async () => {
    first = await runJson('echoing', '--no-cache', '--input', 'text=kept');
  });

  it('trace shows what ran', async () => {
    const { code, stdout } = await dawsos(['trace', idOf(first)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}second +other\.echo +other +success/m);
    expect(await json<Trace>(['trace', idOf(first)])).toEqual(first.trace);
  });

  it('lineage leads from a field to inputs, and names the field that was meant', async () => {
    const { code, stdout } = await dawsos(['lineage', idOf(first), 'second.value']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^second\.value {2}kept\n[\s\S]*step first {2}probe\.echo[\s\S]*← inputs\.text {2}args/,
    );
    const told = await json<Lineage>(['lineage', idOf(first), 'second.value']);
    expect(told.inputs).toEqual({ text: 'kept' });
    const wrong = await dawsos(['lineage', idOf(first), 'second.vlaue']);
    expect([wrong.code, wrong.stderr]).toEqual([5, expect.stringContaining('Did you mean "second.value"?')]);
    const none = await dawsos(['lineage', idOf(first), 'nope.x']);
    expect(none.stderr).toMatch(/FIELD_UNKNOWN[\s\S]*next: See which figures there are: dawsos explain/);
    expect(none.stderr).not.toContain('nearest');
  });

  it('verify ends with 0 when it comes to the same, with 1 and the first step when it does not', async () => {
    const same = await dawsos(['verify', idOf(first)]);
    expect([same.code, same.stdout]).toEqual([
      0,
      expect.stringContaining(`verified  ${first.trace?.fingerprint ?? ''}`),
    ]);
    const other = await dawsos(['verify', idOf(await runJson('counting'))]);
    expect([other.code, other.stdout]).toEqual([
      1,
      expect.stringMatching(/^differs[\s\S]*first at +count: result/),
    ]);
  });

  it('diff ends with 0 for equal runs, with 1 for others; one pattern on two packs too', async () => {
    const same = await runJson('echoing', '--no-cache', '--input', 'text=kept');
    const equal = await dawsos(['diff', idOf(first), idOf(same)]);
    expect([equal.code, equal.stdout]).toEqual([0, expect.stringMatching(/^equal/)]);
    const other = await runJson('echoing', '--input', 'text=other');
    const differs = await dawsos(['diff', idOf(first), idOf(other)]);
    expect(differs.code).toBe(1);
    expect(differs.stdout).toMatch(/They part at step first \(args\)[\s\S]*\/second\/value +kept +other/);
    const packs = ['--left-pack', 'PP_2014-01-06', '--right-pack', 'PP_2014-01-07', '--json'];
    const told = JSON.parse((await dawsos(['diff', 'echoing', ...packs])).stdout) as Diff;
    expect([told.left.pricing_pack_id, told.right.pricing_pack_id]).toEqual([
      'PP_2014-01-06',
      'PP_2014-01-07',
    ]);
    expect((await dawsos(['diff', idOf(first)])).code).toBe(2);
  });

  it('rerun runs it again, on another day when one is named', async () => {
    const told = await json<Execution>(['rerun', idOf(first), '--asof', '2014-01-06']);
    expect(told).toMatchObject({ pricing_pack_id: 'PP_2014-01-06', data: { second: { value: 'kept' } } });
    expect(idOf(told)).not.toBe(idOf(first));
  });

  it('executions lists it among the others, page by page', async () => {
    const { code, stdout, stderr } = await dawsos(['executions', '--pattern', 'echoing', '--limit', '2']);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(4);
    const [, cursor = ''] = /more: --cursor (\S+)/.exec(stderr) ?? [];
    const next = await json<{ executions: Execution[] }>([
      'executions',
      '--pattern',
      'echoing',
      '--cursor',
      cursor,
    ]);
    expect(stdout).not.toContain(next.executions[0]?.execution.id ?? 'none');
  });
});

describe('what the server has', () => {
  it('patterns and capabilities, all in short and one in full', async () => {
    const patterns = await dawsos(['patterns']);
    expect(patterns.stdout).toMatch(/^broken +broken \(CAPABILITY_UNKNOWN\)/m);
    expect(patterns.stdout).toMatch(/^echoing +1\.0\.0 +analysis +portfolio_id, text\? +Echoing$/m);
    expect((await dawsos(['patterns', 'echoing'])).stdout).toMatch(/second +capability +other\.echo/);
    const capabilities = await dawsos(['capabilities']);
    expect(capabilities.stdout).toMatch(/^probe\.echo +probe +none, pure +Answers its argument\.$/m);
    expect((await dawsos(['capabilities', 'probe.sleep'])).stdout).toMatch(/ms +integer/);
    expect((await dawsos(['capabilities', 'probe.none'])).code).toBe(5);
  });

  it('doctor finds the server and its workers well', async () => {
    const { stdout } = await dawsos(['doctor']);
    expect(stdout).toMatch(/^(ok|warn) {2,4}api +http/m);
  });
});
