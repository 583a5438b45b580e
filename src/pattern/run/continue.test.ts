/** A run that continues as new at every few calls ends like one that never does, and does nothing twice. */
import fc from 'fast-check';
import { failWith, runScripted, type Script, type Scripted } from '../../../tests/support/scripted-run';

const calls = new Map<string, number>();
const script: Script = {
  'list.make': ({ size }, { path, attempt }) => {
    if (path === 'flaky' && attempt < 2) failWith('PROVIDER_UNAVAILABLE', true);
    return { items: Array.from({ length: Number(size ?? 3) }, (_, i) => i), label: path, note: null };
  },
  'list.sum': ({ items }, { path }) => {
    if (path.startsWith('bad')) failWith('DATA_MISSING');
    return { sum: (items as number[]).reduce((a, b) => a + b, 0) };
  },
  'note.take': (args) => args,
  'book.write': (args, { effect_key }) => {
    calls.set(String(effect_key), (calls.get(String(effect_key)) ?? 0) + 1);
    return args;
  },
};
const make = (as: string, size = 3) => ({ capability: 'list.make', args: { size }, as });
const sum = (as: string, from: string) => ({
  capability: 'list.sum',
  args: { items: `{{state.${from}.items}}` },
  as,
});
const write = (as: string) => ({
  capability: 'book.write', args: { as }, as, compensate: { capability: 'book.write', args: { undo: as } },
}); // prettier-ignore

const patterns: Record<string, object> = {
  'maps, groups and loops': {
    steps: [
      make('made', 7),
      { map: { in: '{{state.made.items}}', do: { capability: 'note.take', args: { a: '{{item}}' } }, concurrency: 2 }, as: 'noted' },
      { steps: [make('inner'), sum('inner_sum', 'inner')], outputs: '{{state.inner_sum.sum}}', as: 'grouped' },
      { repeat: { do: { capability: 'note.take', args: { a: '{{index}}' } }, until: 'last.a >= 3', max: 9 }, as: 'looped' },
      make('flaky'),
      { wait: { for: 'PT1M' }, as: 'paused' },
      sum('total', 'made'),
    ],
    outputs: ['noted', 'grouped', 'looped', 'total', 'flaky'],
  },
  'a failure that is caught, and one that is undone': {
    steps: [
      make('made'),
      { ...sum('bad_but_caught', 'made'), fallback: { sum: -1 } },
      write('first'),
      write('second'),
      { ...sum('bad', 'made'), after: 'second' },
      { ...make('never'), after: 'bad' },
    ],
    outputs: ['never'],
  },
  'an approval and a sub-pattern': {
    steps: [
      make('made'),
      { approval: { title: 'Go?', timeout: 'PT1H' }, as: 'ok' },
      { pattern: 'part', args: { n: 2 }, as: 'sub' },
      write('written'),
    ],
    outputs: ['sub', 'ok', 'written'],
  },
}; // prettier-ignore
const part = {
  id: 'part', name: 'Part', inputs: { n: { type: 'integer', required: true } },
  steps: [make('a', 2), sum('b', 'a'), write('c')], outputs: ['b', 'c'],
}; // prettier-ignore
const answers = { ok: { decision: 'approve', data: null, by: 'b', at: '2026-01-01T00:00:00Z' } } as const;

function essence({ outcome }: Scripted): unknown {
  const { status, data, error, trace } = outcome;
  const steps = trace.steps.map(({ path, status: how, attempts, args_digest, result_digest, compensation }) => [
    path, how, attempts, args_digest, result_digest, compensation?.status, compensation?.order,
  ]); // prettier-ignore
  return { status, data, error, steps, fingerprint: trace.fingerprint };
}

describe.each(Object.entries(patterns))('continuing as new, with %s', (_name, pattern) => {
  it('changes nothing of what comes out, and repeats no call', async () => {
    calls.clear();
    const whole = await runScripted(pattern, script, { answers, patterns: [part] });
    const effects = new Map(calls);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), async (continueEvery) => {
        calls.clear();
        const cut = await runScripted(pattern, script, { answers, patterns: [part], continueEvery });
        expect(essence(cut)).toEqual(essence(whole));
        expect(cut.calls.toSorted()).toEqual(whole.calls.toSorted());
        expect(calls).toEqual(effects);
        expect(cut.continued).toBeGreaterThan(0);
      }),
      { numRuns: 6 },
    );
  });
});
