/** Who is the owner of what an output is made of, however it is made: what may not be taken away is refused each time. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { ExecuteResponse } from '../../src/contract/execution';
import { runCli } from '../support/cli';
import { type Answer, type Stack, startStack } from '../support/stack';

const alice = 'a11ce000-0000-4000-8000-000000000001';
const portfolio = 'a11ce000-0000-4000-8000-0000000000a1';
const rights = ['portfolio_read', 'export_pdf', 'export_csv', 'macro_data_read'];

const common = {
  version: '1.0.0',
  category: 'analysis',
  inputs: { portfolio_id: { type: 'uuid', required: true } },
  export_allowed: { csv: true, pdf: true },
};
/** The user's and the public's data: may be taken away. */
const ofHoldings = {
  capability: 'metrics.compute_twr',
  args: { portfolio_id: '{{inputs.portfolio_id}}', pack_id: '{{ctx.pricing_pack_id}}' },
  as: 'twr',
};
/** Rests on Moody's: may not. */
const ofEconomy = {
  capability: 'macro.detect_regime',
  args: { pack_id: '{{ctx.pricing_pack_id}}' },
  as: 'regime',
};
const inner = {
  ...common,
  id: 'export_inner',
  name: 'Two figures',
  steps: [ofHoldings, ofEconomy],
  outputs: { own: '{{state.twr.value}}', others: '{{state.regime.coverage}}' },
};
const kinds = {
  ...common,
  id: 'export_kinds',
  name: 'Outputs of every kind',
  steps: [
    ofHoldings,
    ofEconomy,
    { as: 'two', compute: { own: 'state.twr.observations + 1', others: 'state.regime.coverage' } },
    { as: 'mixed', compute: 'state.twr.observations > 5 && state.regime.coverage > 0.5' },
    {
      as: 'each',
      map: {
        in: ['{{ctx.pricing_pack_id}}'],
        do: { capability: 'macro.detect_regime', args: { pack_id: '{{item}}' } },
      },
    },
    { as: 'sub', pattern: 'export_inner', args: { portfolio_id: '{{inputs.portfolio_id}}' } },
    {
      as: 'decided',
      condition: 'state.regime.coverage > 0.1',
      capability: 'calc.annualise',
      args: { total_return: 0.5, days: 730 },
    },
    {
      as: 'caught',
      steps: [
        { as: 'check', assert: 'state.regime.coverage < 0.0', message: 'It is {{state.regime.coverage}}' },
      ],
      outputs: { text: null, code: null },
      on_error: [{ match: ['ASSERTION_FAILED'], use: { text: '{{error.message}}', code: '{{error.code}}' } }],
    },
  ],
  outputs: {
    literal: { said: 1 },
    given: '{{inputs.portfolio_id}}',
    own: '{{state.twr}}',
    others: '{{state.regime}}',
    computed_own: '{{state.two.own}}',
    computed_others: '{{state.two.others}}',
    computed_of_both: '{{state.mixed}}',
    written_into_a_text: 'Coverage {{state.regime.coverage}}',
    beside_a_literal: { a: 1, b: '{{state.two.others}}' },
    mapped: '{{state.each}}',
    sub_own: '{{state.sub.own}}',
    sub_others: '{{state.sub.others}}',
    decided_by_others: '{{state.decided}}',
    error_text: '{{state.caught.text}}',
    error_code: '{{state.caught.code}}',
  },
};
const panelled = {
  ...common,
  id: 'export_panel',
  name: 'A panel shows more than the output',
  steps: [
    ofHoldings,
    ofEconomy,
    { as: 'two', compute: { own: 'state.twr.observations', others: 'state.regime.coverage' } },
  ],
  outputs: { own: '{{state.two.own}}' },
  display: { panels: [{ id: 'more', title: 'More', type: 'table', source: 'two.others' }] },
};
const allowed = ['literal', 'given', 'own', 'computed_own', 'sub_own', 'error_code'];

let stack: Stack;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-export-lineage-'));
  const [patterns, agents] = [path.join(folder, 'patterns'), path.join(folder, 'agents')];
  mkdirSync(path.join(patterns, 'analysis'), { recursive: true });
  mkdirSync(agents);
  for (const pattern of [inner, kinds, { ...kinds, id: 'export_kinds_copy' }, panelled])
    writeFileSync(path.join(patterns, 'analysis', `${pattern.id}.json`), JSON.stringify(pattern));
  stack = await startStack('shipped', { folders: { patterns, agents } });
}, 120_000);
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

const ask = (route: string, body?: object, headers = {}): Promise<Answer> =>
  stack.call(route, { as: alice, rights, headers: { Prefer: 'wait=60', ...headers }, ...(body && { body }) });
async function run(pattern_id: string, mode: 'direct' | 'durable', headers = {}): Promise<ExecuteResponse> {
  const answer = await ask('/v1/execute', { pattern_id, portfolio_id: portfolio, mode }, headers);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as unknown as ExecuteResponse;
}
const exported = (id: string, query: string): Promise<Answer> => ask(`/v1/executions/${id}/export?${query}`);

interface Refusal {
  output: string;
  provider: string | null;
  right: string;
  reason: string;
  message: string;
}

/** All are refused together, and those that may be taken go out alone. */
async function expectRefusals(id: string, format: 'csv' | 'json' | 'pdf'): Promise<void> {
  const whole = await exported(id, `format=${format}`);
  expect(whole.status).toBe(403);
  const body = whole.body as unknown as { refusals: Refusal[]; allowed: string[]; detail: string; action: string };
  expect(body.allowed.toSorted()).toEqual(allowed.toSorted());
  expect(body.detail).toContain(`outputs=${body.allowed.join(',')}`);
  expect(body.action).not.toBe('');
  const refused = [...new Set(body.refusals.map(({ output }) => output))];
  expect(refused.toSorted()).toEqual(Object.keys(kinds.outputs).filter((name) => !allowed.includes(name)).toSorted());
  for (const { output, provider, right, reason, message } of body.refusals) {
    const isText = output === 'error_text';
    expect([output, provider, reason]).toEqual([output, ...(isText ? [null, 'SOURCE_UNRESOLVED'] : ['Moody’s', 'RIGHT_NOT_GRANTED'])]);
    expect(right).toBe(format === 'pdf' ? 'pdf' : 'csv');
    expect(message).not.toBe('');
  }
  const rest = await exported(id, `format=${format}&outputs=${allowed.join(',')}`);
  expect(rest.status).toBe(200);
} // prettier-ignore

describe('the lineage of every kind of output', () => {
  let durable: ExecuteResponse;

  it('is judged after a run in the API’s own process', async () => {
    const { execution } = await run('export_kinds', 'direct');
    await expectRefusals(execution.id, 'csv');
  });

  it('is judged after a durable run, in each format', async () => {
    durable = await run('export_kinds', 'durable');
    await expectRefusals(durable.execution.id, 'csv');
    await expectRefusals(durable.execution.id, 'json');
    await expectRefusals(durable.execution.id, 'pdf');
  });

  it('is judged where every step was remembered, and where the whole run was', async () => {
    const remembering = { 'Cache-Control': '' };
    const first = await run('export_kinds', 'direct', remembering);
    // Another pattern with the same steps.
    const { execution, trace } = await run('export_kinds_copy', 'direct', remembering);
    const calls = trace.steps.filter(({ kind, status }) => kind === 'capability' && status === 'success');
    expect(new Set(calls.map(({ cache }) => cache))).toEqual(new Set(['hit']));
    await expectRefusals(execution.id, 'csv');
    const again = await run('export_kinds', 'direct', remembering);
    expect(again.trace.fingerprint).toBe(first.trace.fingerprint);
    await expectRefusals(again.execution.id, 'csv');
  });

  it('is judged after a rerun', async () => {
    const { status, body } = await ask(`/v1/executions/${durable.execution.id}/rerun`, {});
    expect(status).toBe(200);
    const { execution } = body as unknown as ExecuteResponse;
    expect(execution.id).not.toBe(durable.execution.id);
    await expectRefusals(execution.id, 'csv');
  });
});

describe('a panel that shows more of a step than the output', () => {
  it('is judged by itself: it refuses the whole, and is left out and named when outputs are asked for by name', async () => {
    const { execution } = await run('export_panel', 'direct');
    const whole = await exported(execution.id, 'format=pdf');
    expect(whole).toMatchObject({
      status: 403,
      body: { refusals: [{ output: 'panel more', provider: 'Moody’s', right: 'pdf' }], allowed: ['own'] },
    });
    expect(await exported(execution.id, 'format=csv')).toMatchObject({ status: 200 });
    const rest = await exported(execution.id, 'format=pdf&outputs=own');
    expect(rest).toMatchObject({ status: 200 });
  });
});

describe('a corrected pack', () => {
  it('rests on what the pack it corrects rested on, and on nobody else', async () => {
    const file = path.join(folder, 'corrections.csv');
    writeFileSync(file, 'date,what,value\n2013-02-27,AAPL,444.5\n2013-02-28,EUR/USD,1.3130\n');
    const { code } = await runCli(['correct', file, '--reason', 'a late correction'], { env: { DATABASE_OWNER_URL: stack.ownerUrl } });
    expect(code).toBe(0);
    const { execution, trace } = await run('export_kinds', 'direct');
    expect(trace.pricing_pack_id).toBe('PP_2013-02-28_C1');
    await expectRefusals(execution.id, 'csv');
    const { text } = await exported(execution.id, 'format=csv&outputs=own');
    const rows = parse(text, { relax_column_count: true });
    const names = rows.slice(rows.findIndex(([name]) => name === 'attributions') + 1).map(([name]) => name);
    expect(names.toSorted()).toEqual(['European Central Bank', 'Quandl WIKI']);
    // A second correction upon the first.
    writeFileSync(file, 'date,what,value\n2013-02-28,AAPL,440.5\n');
    await runCli(['correct', file, '--reason', 'a second'], { env: { DATABASE_OWNER_URL: stack.ownerUrl } });
    const second = await run('export_kinds', 'direct');
    expect(second.trace.pricing_pack_id).toBe('PP_2013-02-28_C2');
    await expectRefusals(second.execution.id, 'csv');
    // What was made before says so, and is judged by its own pack.
    expect((await exported(execution.id, 'format=csv&outputs=own')).text).toContain('corrected since by,PP_2013-02-28_C2');
  }); // prettier-ignore
});
