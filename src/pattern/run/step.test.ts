import { runScripted } from '../../../tests/support/scripted-run';

const inputs = { n: { type: 'integer' } };
const group = { steps: [{ compute: '1', as: 'one' }], as: 'grouped' };

describe('attempts', () => {
  it('are none where the condition has no value, since the step did not run', async () => {
    const steps = [{ ...group, condition: 'inputs.n > 1' }];
    const { outcome } = await runScripted({ inputs, steps, outputs: ['grouped'] }, {});
    expect(outcome.trace.steps[0]).toMatchObject({
      status: 'error',
      attempts: 0,
      error: { code: 'CONDITION_INVALID', attempts: 0 },
    });
  });

  it('of a failure that is the step’s own are the step’s', async () => {
    const steps = [
      {
        repeat: { do: { compute: 'index' }, until: 'last > 9', max: 2 },
        as: 'polled',
        fallback: { attempts: '{{error.attempts}}' },
      },
    ];
    const { outcome } = await runScripted({ steps, outputs: ['polled'] }, {});
    expect(outcome).toMatchObject({
      data: { polled: { attempts: 1 } },
      trace: { steps: [{ error: { code: 'REPEAT_EXHAUSTED', attempts: 1 } }, {}, {}] },
    });
  });
});
