import {
  runScripted,
  type Script,
  type ScriptedOptions,
  failWith,
  testSignatures,
} from '../../tests/support/scripted-run';
import type { EngineError } from '../contract/errors';
import type { Lineage } from '../contract/lineage';
import { lookupOf } from './check-context';
import { toPlan } from './compile';
import { lineageOf } from './lineage';
import type { Pattern } from './schema';

const script: Script = {
  'list.make': (args) => ({
    items: Array.from({ length: Number(args['size'] ?? 3) }, (_, i) => i + 1),
    label: 'l',
    note: null,
  }),
  'list.sum': (args) => ({ sum: (args['items'] as number[]).reduce((a, b) => a + b, 0) }),
  'note.take': (args) => args,
};

/** Runs it, and asks for the lineage of a field of what came out. */
async function lineage(
  pattern: { steps: object[]; outputs: unknown },
  field: string,
  options: ScriptedOptions & { script?: Script } = {},
): Promise<Lineage> {
  const { outcome } = await runScripted(pattern, { ...script, ...options.script }, options);
  expect(outcome.error).toBeNull();
  const patterns = lookupOf((options.patterns ?? []) as Pattern[]);
  const plan = toPlan({ id: 'p', name: 'P', ...pattern } as Pattern, {
    signatures: testSignatures,
    patterns,
  });
  const { trace, data } = outcome;
  return lineageOf({ field, plan, trace, data, inputs: options.inputs ?? {} });
}

function linksOf({ output, steps }: Lineage): Record<string, string[]> {
  const show = (links: Lineage['output']['fed_by']): string[] =>
    links.map(({ step, reference, via }) => `${via} ${reference} <- ${step ?? '-'}`);
  const all: [string, string[]][] = steps.map((step) => [step.path, show(step.fed_by)]);
  return Object.fromEntries([['=', show(output.fed_by)], ...all]);
}

const make = { capability: 'list.make', args: { size: '{{inputs.size}}' }, as: 'made' };
const sum = { capability: 'list.sum', args: { items: '{{state.made.items}}' }, as: 'total' };
const inputs = { size: 3 };

describe('lineageOf', () => {
  it('leads from a field over the steps that fed it to sources, versions, inputs and the snapshot', async () => {
    const other = { capability: 'list.make', as: 'other' };
    const told = await lineage({ steps: [make, other, sum], outputs: ['total'] }, 'total.sum', { inputs });
    expect(linksOf(told)).toEqual({
      '=': ['outputs state.total <- total'],
      total: ['args state.made.items <- made'],
      made: ['args inputs.size <- -'],
    });
    expect(told).toMatchObject({
      value: 6,
      inputs: { size: 3 },
      sources: ['test:made', 'test:total'],
      capabilities: ['list.make@1', 'list.sum@1'],
      asof_dates: ['2013-02-28'],
      pricing_pack_id: 'PP_2013-02-28',
      ledger_commit_hash: 'sha256:abc',
      truncated: false,
    });
    expect(told.steps[0]).toMatchObject({
      capability: 'list.sum',
      version: '1',
      agent: 'tester',
      cache: 'off',
    });
  });

  it('follows only the part of a template, a group or a computation that gave the field', async () => {
    const steps = [
      make,
      { capability: 'list.make', as: 'other' },
      { compute: { a: 'state.made.items.length', b: 'state.other.items.length' }, as: 'sizes' },
      { steps: [sum], outputs: { deep: ['{{state.total}}', '{{state.other.label}}'] }, as: 'both' },
    ];
    const outputs = { n: { first: '{{state.sizes.a}}', second: '{{state.sizes.b}}' }, g: '{{state.both}}', d: '{{ctx.asof_date}}' };
    expect(linksOf(await lineage({ steps, outputs }, 'n.first', { inputs }))).toEqual({
      '=': ['outputs state.sizes.a <- sizes'],
      sizes: ['compute state.made.items <- made'],
      made: ['args inputs.size <- -'],
    });
    expect(linksOf(await lineage({ steps, outputs }, 'g.deep.0.sum', { inputs }))).toEqual({
      '=': ['outputs state.both <- both'],
      both: ['outputs state.total <- both.total'],
      'both.total': ['args state.made.items <- made'],
      made: ['args inputs.size <- -'],
    });
    const dated = await lineage({ steps, outputs }, 'd', { inputs });
    expect([dated.steps, dated.context]).toEqual([[], ['asof_date']]);
  }); // prettier-ignore

  it('follows one item of a map, and through it the part of the list that it was', async () => {
    const item = {
      steps: [{ capability: 'note.take', args: { a: '{{item}}' }, as: 'noted' }],
      outputs: ['noted'],
    };
    const steps = [make, { map: { in: '{{state.made.items}}', do: item }, as: 'rows' }];
    expect(linksOf(await lineage({ steps, outputs: ['rows'] }, 'rows.1.noted.a', { inputs }))).toEqual({
      '=': ['outputs state.rows <- rows'],
      rows: ['item rows.1 <- rows.1', 'in state.made.items <- made'],
      'rows.1': ['outputs state.noted <- rows.1.noted'],
      'rows.1.noted': ['args item <- made'],
      made: ['args inputs.size <- -'],
    });
    const all = await lineage({ steps, outputs: ['rows'] }, 'rows', { inputs });
    expect(all.steps.map(({ path }) => path)).toEqual(expect.arrayContaining(['rows.0', 'rows.1', 'rows.2']));
  });

  it('follows the rounds of a loop backwards', async () => {
    const round = { capability: 'note.take', args: { a: 1, open: { before: '{{last}}', at: '{{index}}' } } };
    const steps = [{ repeat: { do: round, until: 'index >= 2', max: 5 }, as: 'poll' }];
    expect(linksOf(await lineage({ steps, outputs: ['poll'] }, 'poll.a'))).toEqual({
      '=': ['outputs state.poll <- poll'],
      poll: ['round poll.2 <- poll.2', 'until index <- -'],
      'poll.2': ['args last <- poll.1', 'args index <- -'],
      'poll.1': ['args last <- poll.0', 'args index <- -'],
      'poll.0': ['args last <- -', 'args index <- -'],
    });
  });

  it('goes into a sub-pattern, and from its inputs back to what was passed', async () => {
    const inner = { id: 'inner', name: 'I', version: '1.2.0', inputs: { list: { type: 'array' } }, steps: [{ capability: 'list.sum', args: { items: '{{inputs.list}}' }, as: 'deep' }], outputs: ['deep'] }; // prettier-ignore
    const steps = [make, { pattern: 'inner', args: { list: '{{state.made.items}}' }, as: 'sub' }];
    const told = await lineage({ steps, outputs: ['sub'] }, 'sub.deep.sum', { inputs, patterns: [inner] });
    expect(linksOf(told)).toEqual({
      '=': ['outputs state.sub <- sub'],
      sub: ['outputs state.deep <- sub.deep'],
      'sub.deep': ['args inputs.list <- made'],
      made: ['args inputs.size <- -'],
    });
    expect(told.steps[0]?.pattern).toBe('inner@1.2.0');
    expect(told.inputs).toEqual({ size: 3 });
  });

  it('follows the handler whose value or step took the place of a result', async () => {
    const fails: Script = { 'list.sum': () => failWith('DATA_MISSING') };
    const value = { ...sum, fallback: { sum: '{{state.made.items.0}}' } };
    const told = await lineage({ steps: [make, value], outputs: ['total'] }, 'total.sum', { inputs, script: fails });
    expect(told.steps[0]).toMatchObject({ path: 'total', status: 'degraded', error: 'DATA_MISSING' });
    expect(linksOf(told)['total']).toEqual(['handler state.made.items.0 <- made']);
    const step = { ...sum, on_error: [{ match: ['DATA_MISSING'], use: { capability: 'note.take', args: { a: 1, text: '{{error.code}}' } } }] };
    expect(linksOf(await lineage({ steps: [make, step], outputs: ['total'] }, 'total.a', { inputs, script: fails }))).toEqual({
      '=': ['outputs state.total <- total'],
      total: ['handler total:on_error.0 <- total:on_error.0'],
      'total:on_error.0': ['args error.code <- total'],
    });
  }); // prettier-ignore

  it('tells of a skipped step what decided that', async () => {
    const steps = [make, { ...sum, condition: 'inputs.size > 100' }];
    const told = await lineage({ steps, outputs: ['total'] }, 'total', { inputs });
    expect(told).toMatchObject({ value: null, steps: [{ path: 'total', status: 'skipped' }] });
    expect(linksOf(told)['total']).toEqual(['condition inputs.size <- -']);
  });

  it('refuses a field that is not there, and a plan that is another', async () => {
    const pattern = { steps: [make, sum], outputs: ['total'] };
    const { outcome } = await runScripted(pattern, script, { inputs });
    const context = { signatures: testSignatures };
    const plan = toPlan({ id: 'p', name: 'P', ...pattern }, context);
    const request = { field: 'total.sums', plan, trace: outcome.trace, data: outcome.data, inputs };
    const refusal = (change: object): EngineError => {
      try {
        lineageOf({ ...request, ...change });
      } catch (error) {
        return error as EngineError;
      }
      throw new Error('nothing was refused');
    };
    expect(refusal({})).toMatchObject({
      code: 'FIELD_UNKNOWN',
      message: '"total" has no "sums"; it has sum.',
      details: { found: 'total', segment: 'sums', candidates: ['sum'] },
    });
    expect(refusal({ field: '__proto__' }).code).toBe('FIELD_UNKNOWN');
    const changed = toPlan({ id: 'p', name: 'P', ...pattern, steps: [make, { ...sum, capability: 'note.take', args: { a: '{{state.made.items.0}}' } }] }, context); // prettier-ignore
    expect(refusal({ field: 'total.sum', plan: changed })).toMatchObject({
      code: 'LINEAGE_UNAVAILABLE',
      details: { path: 'total' },
    });
  });
});
