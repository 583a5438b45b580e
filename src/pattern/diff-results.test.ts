import { testContext } from '../../tests/support/request-context';
import { runScripted, type Script } from '../../tests/support/scripted-run';
import { diffResults, type RunResult } from './diff-results';
import { fieldDifferences } from './field-differences';

describe('fieldDifferences', () => {
  it('names each field by pointer, in the order of the names', () => {
    const left = { b: 1, a: { 'x/y': 'p' }, gone: [1], list: [1, 2, 3], same: { deep: [true] } };
    const right = { b: 2, a: { 'x/y': 'q' }, list: [1, 5], extra: null, same: { deep: [true] } };
    expect(fieldDifferences(left, right)).toEqual([
      { pointer: '/a/x~1y', change: 'changed', left: 'p', right: 'q' },
      { pointer: '/b', change: 'changed', left: 1, right: 2, difference: '1' },
      { pointer: '/extra', change: 'only_right', right: null },
      { pointer: '/gone', change: 'only_left', left: [1] },
      { pointer: '/list/1', change: 'changed', left: 2, right: 5, difference: '3' },
      { pointer: '/list/2', change: 'only_left', left: 3 },
    ]);
  });

  it('subtracts decimals exactly, and nothing that is not both times a decimal', () => {
    const differenceOf = (left: unknown, right: unknown): unknown =>
      fieldDifferences(left, right)[0]?.difference;
    expect(differenceOf('0.1', '0.3')).toBe('0.2');
    expect(differenceOf('12345678901234567890.12', '12345678901234567890.11')).toBe('-0.01');
    expect(differenceOf(0.1, 0.3)).toBe('0.2');
    expect(differenceOf('9.50', '9.5')).toBe('0');
    expect(differenceOf('9', 9)).toBeUndefined();
    expect(differenceOf('2013-02-28', '2013-02-27')).toBeUndefined();
  });

  it('takes a list and an object, or a value and none, for one difference, and shortens what is large', () => {
    expect(fieldDifferences([1], { 0: 1 })).toMatchObject([{ pointer: '', change: 'changed' }]);
    expect(fieldDifferences({ a: null }, { a: 'x'.repeat(5000) })).toEqual([
      { pointer: '/a', change: 'changed', left: null, right: '(5002 characters)' },
    ]);
  });
});

const script: Script = {
  'list.make': (args) => ({
    items: Array.from({ length: Number(args['size']) }, (_, i) => i + 1),
    label: 'l',
    note: null,
  }),
  'list.sum': (args) => ({ sum: (args['items'] as number[]).reduce((a, b) => a + b, 0) }),
};
const pattern = {
  steps: [
    { capability: 'list.make', args: { size: '{{inputs.size}}' }, as: 'made' },
    { capability: 'list.sum', args: { items: '{{state.made.items}}' }, as: 'total' },
  ],
  outputs: ['total'],
};

interface Change {
  size?: number;
  ctx?: object;
  script?: Script;
  version?: string;
}

async function run({ size = 3, ctx = {}, script: other = {}, version }: Change = {}): Promise<RunResult> {
  const inputs = { size };
  const { outcome } = await runScripted(pattern, { ...script, ...other }, {
    inputs,
    change: (input) => {
      Object.assign(input, { ctx: { ...input.ctx, ...ctx } });
      for (const step of input.plan.steps) {
        if (step.kind === 'capability' && version !== undefined) step.call.capability_version = version;
      }
    },
  }); // prettier-ignore
  return {
    status: outcome.status,
    inputs,
    ctx: { ...testContext, ...ctx },
    data: outcome.data,
    trace: outcome.trace,
  };
}

describe('diffResults', () => {
  it('finds two runs of the same equal, whatever their times and ids', async () => {
    const right = await run({ ctx: { trace_id: 'other', request_id: 'other' } });
    expect(diffResults(await run(), right)).toMatchObject({
      equal: true,
      differences: [],
      count: 0,
      first_step: null,
    });
  });

  it('names the first step that differs and what made it differ', async () => {
    const left = await run();
    const firstOf = async (change: Change) => diffResults(left, await run(change)).first_step;
    expect(await firstOf({ size: 4 })).toMatchObject({ path: 'made', what: 'args', reasons: ['inputs'] });
    const sums: Script = { 'list.sum': () => ({ sum: 7 }) };
    const pack = { pricing_pack_id: 'PP_2013-02-27' };
    expect(await firstOf({ script: sums, ctx: pack })).toMatchObject({ path: 'total', what: 'result', reasons: ['pricing_pack'] });
    const ledger = { ledger_commit_hash: 'sha256:def', base_currency: 'USD' };
    expect(await firstOf({ script: sums, ctx: ledger })).toMatchObject({ reasons: ['ledger_commit', 'context'] });
    expect(await firstOf({ script: sums, version: '2' })).toMatchObject({ reasons: ['capability_version'] });
    expect(await firstOf({ script: sums })).toMatchObject({
      reasons: ['source'],
      explanation:
        'it gave another result for the same arguments: nothing that the engine knows of differs, so what it reads has changed, or it is not repeatable',
    });
  }); // prettier-ignore

  it('says both sides’ snapshots, and counts more differences than it lists', async () => {
    const [left, right] = [await run(), await run({ ctx: { pricing_pack_id: 'PP_2013-02-27' } })];
    const many = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`f${String(i)}`, i]));
    const diff = diffResults({ ...left, data: many }, { ...right, data: {} });
    expect([diff.differences.length, diff.count]).toEqual([1000, 1200]);
    expect([diff.left.pricing_pack_id, diff.right.pricing_pack_id]).toEqual([
      'PP_2013-02-28',
      'PP_2013-02-27',
    ]);
  });
});
