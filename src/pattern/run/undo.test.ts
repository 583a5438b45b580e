import { failWith, runScripted, type Script } from '../../../tests/support/scripted-run';

const inputs = { n: { type: 'integer' } };
const write = (as: string, args: object = {}, undoArgs: object = {}) => ({
  capability: 'book.write',
  args,
  as,
  compensate: { capability: 'book.write', args: undoArgs },
});
const fails = { capability: 'list.make', as: 'fails' };
const script: Script = {
  'book.write': () => ({}),
  'list.make': () => failWith('DATA_MISSING'),
  'note.take': (args) => args,
};

describe('undo', () => {
  it('is done for a loop whose `until` has no value', async () => {
    const repeat = { do: write('written'), until: 'last > 1', max: 2 };
    const { outcome, calls } = await runScripted(
      { steps: [{ repeat, as: 'looped' }], outputs: ['looped'] },
      script,
    );
    expect(outcome.error).toMatchObject({ code: 'CONDITION_INVALID', step: 'looped' });
    expect(calls).toEqual(['looped.0', 'looped.0:undo']);
    expect(outcome.trace.steps[1]).toMatchObject({ path: 'looped.0', status: 'compensated' });
  });

  it('is done for a group whose outputs cannot be made, before its handlers run', async () => {
    const steps = [
      {
        steps: [write('written')],
        outputs: { n: 'n={{inputs.n}}' },
        as: 'grouped',
        on_error: [{ match: ['REFERENCE_UNRESOLVED'], use: { capability: 'note.take', args: { a: 1 } } }],
      },
    ];
    const { outcome, calls } = await runScripted({ inputs, steps, outputs: ['grouped'] }, script);
    expect(outcome.status).toBe('succeeded');
    expect(calls).toEqual(['grouped.written', 'grouped.written:undo', 'grouped:on_error.0']);
  });

  it('whose arguments cannot be filled fails itself, and not the sub-pattern that left it open', async () => {
    const part = {
      id: 'part', name: 'Part', inputs, outputs: ['written'],
      steps: [write('written', {}, { text: 'n={{inputs.n}}' })],
    }; // prettier-ignore
    const steps = [
      { pattern: 'part', as: 'sub' },
      { ...fails, after: 'sub' },
    ];
    const pattern = { steps, outputs: ['sub'] };
    const { outcome } = await runScripted(pattern, script, { patterns: [part] });
    expect(outcome.error).toMatchObject({ code: 'DATA_MISSING', step: 'fails' });
    expect(outcome.trace.steps[1]).toMatchObject({
      path: 'sub.written',
      status: 'success',
      compensation: { status: 'error', error: { code: 'REFERENCE_UNRESOLVED', step: 'sub.written:undo' } },
    });
  });

  it('is left to the list that failed where writes of a stopped list fail too: one at a time, last first', async () => {
    const item = {
      steps: [write('first', { ms: '{{item.first}}' }), write('second', { ms: '{{item.second}}', fail: '{{item.fail}}' })],
      as: 'item_steps',
    }; // prettier-ignore
    const items = [
      { first: 10, second: 100, fail: 'PROVIDER_REFUSED' },
      { first: 20, second: 200, fail: 'PROVIDER_REFUSED' },
      { first: 30, second: 10, fail: 'DATA_MISSING' },
    ];
    const steps = [{ map: { in: items, do: item }, as: 'mapped' }];
    const { outcome, calls } = await runScripted(
      { steps, outputs: ['mapped'] },
      {
        'book.write': async (args, { clock, signal }) => {
          await clock.sleep(Number(args['ms'] ?? 1), signal);
          return args['fail'] === undefined ? {} : failWith(args['fail'] as string);
        },
      },
    );
    expect(outcome.error).toMatchObject({ code: 'DATA_MISSING', step: 'mapped.2.second' });
    expect(calls.slice(6)).toEqual(['mapped.2.first:undo', 'mapped.1.first:undo', 'mapped.0.first:undo']);
  });

  it('of a step that failed does not turn into a time-out when the limit passes meanwhile', async () => {
    const slow = { ms: 50 };
    const steps = [{ steps: [write('written', {}, slow), fails], as: 'grouped', timeout: 'PT0.05S' }];
    const { outcome } = await runScripted(
      { steps, outputs: ['grouped'] },
      {
        ...script,
        'book.write': async (args, { clock, signal }) =>
          clock.sleep(Number(args['ms'] ?? 1), signal).then(() => ({})),
        'list.make': async (_, { clock, signal }) =>
          clock.sleep(20, signal).then(() => failWith('DATA_MISSING')),
      },
    );
    expect(outcome.error).toMatchObject({ code: 'DATA_MISSING', step: 'grouped.fails' });
    expect(outcome.trace.steps[1]).toMatchObject({ status: 'compensated' });
  });
});
