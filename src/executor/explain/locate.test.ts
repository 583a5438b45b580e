import { runScripted, type Script, testSignatures } from '../../../tests/support/scripted-run';
import { lookupOf } from '../../pattern/check-context';
import { toPlan } from '../../pattern/compile';
import type { Pattern } from '../../pattern/schema';
import { type Located, locate } from './locate';
import { parseFieldPath } from './field-path';

const script: Script = {
  'list.make': (args) => ({
    items: Array.from({ length: Number(args['size'] ?? 3) }, (_, i) => i + 1),
    label: 'l',
    note: null,
  }),
  'list.sum': (args) => ({ sum: (args['items'] as number[]).reduce((a, b) => a + b, 0) }),
  'note.take': (args) => args,
};
const make = { capability: 'list.make', args: { size: 3 }, as: 'made' };
const sum = { capability: 'list.sum', args: { items: '{{state.made.items}}' }, as: 'total' };

/** Runs it, and finds where a field of what came out was made. */
async function find(
  pattern: { steps: object[]; outputs: unknown },
  field: string,
  patterns: object[] = [],
): Promise<Located | null> {
  const { outcome } = await runScripted(pattern, script, { patterns: patterns });
  expect(outcome.error).toBeNull();
  const plan = toPlan({ id: 'p', name: 'P', ...pattern } as Pattern, {
    signatures: testSignatures,
    patterns: lookupOf(patterns as Pattern[]),
  });
  const { trace, data } = outcome;
  return locate({ plan, trace, data }, parseFieldPath(field));
}

const short = (found: Located | null): unknown[] =>
  found === null ? [] : [found.line.path, found.path.join('.'), found.whole !== undefined];

describe('locate', () => {
  it('finds the call, and the place in its answer, whether the output holds all of it or a part', async () => {
    const outputs = { all: '{{state.total}}', part: '{{state.made.items.1}}', deep: { one: ['{{state.total.sum}}'] } };
    const pattern = { steps: [make, sum], outputs };
    expect(short(await find(pattern, 'all.sum'))).toEqual(['total', 'sum', true]);
    expect(short(await find(pattern, 'part'))).toEqual(['made', 'items.1', false]);
    expect(short(await find(pattern, 'deep.one[0]'))).toEqual(['total', 'sum', false]);
  }); // prettier-ignore

  it('goes through groups, maps and sub-patterns to the call inside', async () => {
    const group = { steps: [make, sum], outputs: { inner: '{{state.total}}' }, as: 'both' };
    expect(short(await find({ steps: [group], outputs: ['both'] }, 'both.inner.sum'))).toEqual(['both.total', 'sum', true]);
    const map = { map: { in: [2, 4], do: { capability: 'list.make', args: { size: '{{item}}' } } }, as: 'lists' };
    expect(short(await find({ steps: [map], outputs: ['lists'] }, 'lists[1].items[3]'))).toEqual(['lists.1', 'items.3', true]);
    const sub = { id: 'inner', name: 'Inner', steps: [make, sum], outputs: ['total'] };
    const calling = { steps: [{ pattern: 'inner', as: 'called' }], outputs: ['called'] };
    expect(short(await find(calling, 'called.total.sum', [sub]))).toEqual(['called.total', 'sum', true]);
  }); // prettier-ignore

  it('stops at a computation with its expression, and finds no step behind a literal', async () => {
    const compute = { compute: { doubled: 'state.total.sum * 2' }, as: 'more' };
    const outputs = { computed: '{{state.more}}', literal: 7 };
    const pattern = { steps: [make, sum, compute], outputs };
    const found = await find(pattern, 'computed.doubled');
    expect([found?.line.kind, found?.path, found?.expression]).toEqual([
      'compute',
      ['doubled'],
      'state.total.sum * 2',
    ]);
    expect(await find(pattern, 'literal')).toBeNull();
  });
});
