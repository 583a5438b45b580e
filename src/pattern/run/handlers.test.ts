import { failWith, runScripted } from '../../../tests/support/scripted-run';

const script = {
  'list.make': () => failWith('DATA_MISSING'),
  'note.take': () => failWith('PROVIDER_REFUSED'),
};
const bad = { capability: 'list.make', as: 'bad', fallback: { capability: 'note.take', args: { a: 1 } } };

describe('handlers', () => {
  it('let a step be optional whose handler fails too: the failure is then the handler’s', async () => {
    const { outcome } = await runScripted({ steps: [{ ...bad, optional: true }], outputs: ['bad'] }, script);
    expect(outcome).toMatchObject({
      status: 'succeeded',
      data: { bad: null },
      trace: {
        degraded: ['bad'],
        steps: [{ error: { code: 'PROVIDER_REFUSED', step: 'bad:fallback' } }, {}],
      },
    });
  });

  it('fail the step that is not optional with their own failure', async () => {
    const { outcome } = await runScripted({ steps: [bad], outputs: ['bad'] }, script);
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'PROVIDER_REFUSED', step: 'bad:fallback' },
    });
  });

  it('are not helped by `optional` where a handler has a mistake', async () => {
    const steps = [{ ...bad, fallback: { sum: 'n={{inputs.n}}' }, optional: true }];
    const pattern = { inputs: { n: { type: 'integer' } }, steps, outputs: ['bad'] };
    const { outcome } = await runScripted(pattern, script);
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'REFERENCE_UNRESOLVED', step: 'bad' },
    });
  });
});
