import { failWith, runScripted } from '../../../tests/support/scripted-run';

describe('a map that collects', () => {
  it('does not hide a mistake in the pattern, which nothing catches that does not name its code', async () => {
    const each = { compute: 'item', as: 'each', condition: 'item > 1' };
    const steps = [{ map: { in: [2, 'text', 3], do: each, on_item_error: 'collect' }, as: 'mapped' }];
    const { outcome } = await runScripted({ steps, outputs: ['mapped'] }, {});
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'CONDITION_INVALID', step: 'mapped.1' },
    });
  });

  it('has the failure past `max_failures` as its own, and takes no later one for it', async () => {
    const each = { capability: 'list.sum', args: { items: [1], scale: '{{item}}' } };
    const map = { in: [1, 2, 3, 4], do: each, on_item_error: 'collect', max_failures: 1 };
    const { outcome } = await runScripted(
      { steps: [{ map, as: 'mapped' }], outputs: ['mapped'] },
      {
        'list.sum': async ({ scale }, { clock, signal }) => {
          await clock.sleep(Number(scale) * 10, signal);
          failWith('DATA_MISSING');
        },
      },
    );
    expect(outcome.error).toMatchObject({ code: 'DATA_MISSING', step: 'mapped.1' });
    expect(outcome.trace.steps.map(({ status }) => status)).toEqual(Array(5).fill('error'));
  });
});
