import { runScripted, type Scripted, type ScriptedOptions } from '../../../tests/support/scripted-run';

const list = (length: number): Record<string, unknown> => ({ list: Array.from({ length }, (_, i) => i) });
const inputs = { list: { type: 'array', required: true } };
const mapped = {
  inputs,
  steps: [
    { map: { in: '{{inputs.list}}', do: { compute: 'item * 2', as: 'twice' } }, as: 'all' },
    { compute: 'state.all[size(state.all) - 1]', as: 'last' },
  ],
  outputs: ['last'],
};

const run = (pattern: object, options: ScriptedOptions = {}): Promise<Scripted> =>
  runScripted(pattern, { 'list.sum': () => ({ sum: 1 }) }, { ...options, turns: true });

describe('a run that computes much', () => {
  it('goes on in a new turn after some hundred steps, and comes to the same', async () => {
    const many = await run(mapped, { inputs: list(5000) });
    expect(many.outcome).toMatchObject({ status: 'succeeded', data: { last: 9998 } });
    expect(many.turns).toBeGreaterThan(15);
    expect(many.turns).toBeLessThan(25);
    expect((await run(mapped, { inputs: list(200) })).turns).toBe(0);
  });

  it('does so after few steps whose values are large', async () => {
    const copies = Array.from({ length: 20 }, (_, i) => ({ compute: 'inputs.list', as: `s${String(i)}` }));
    const large = { list: ['x'.repeat(1_500_000)] };
    const { outcome, turns } = await run({ inputs, steps: copies, outputs: [] }, { inputs: large });
    expect(outcome.status).toBe('succeeded');
    expect(turns).toBeGreaterThan(7);
  });

  it('does so after few steps whose expressions take long', async () => {
    const heavy = 'size(inputs.list.map(a, inputs.list.filter(b, b == a)))';
    const steps = Array.from({ length: 10 }, (_, i) => ({ compute: heavy, as: `s${String(i)}` }));
    const { outcome, turns } = await run({ inputs, steps, outputs: ['s9'] }, { inputs: list(400) });
    expect(outcome).toMatchObject({ status: 'succeeded', data: { s9: 400 } });
    expect(turns).toBeGreaterThan(2);
  });

  it('does so between the expressions of one step', async () => {
    const heavy = 'size(inputs.list.map(a, inputs.list.filter(b, b == a)))';
    const compute = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`n${String(i)}`, heavy]));
    const { outcome, turns } = await run({ inputs, steps: [{ compute, as: 's' }], outputs: ['s'] }, { inputs: list(400) });
    expect(outcome.data['s']).toMatchObject({ n0: 400, n9: 400 });
    expect(turns).toBeGreaterThan(2);
  }); // prettier-ignore

  it('begins nothing more when it is cancelled between two turns', async () => {
    const { outcome, turns } = await run(mapped, {
      inputs: list(5000),
      cancelAfterMs: 1,
    });
    expect(outcome).toMatchObject({ status: 'cancelled', error: { code: 'EXECUTION_CANCELLED' } });
    expect(turns).toBeLessThan(3);
  });

  it('comes to the same when it continues as new between calls', async () => {
    const sums = {
      map: { in: '{{inputs.list}}', do: { capability: 'list.sum', args: { items: [1] }, as: 'one' } },
      as: 'sums',
    };
    const steps = [...mapped.steps, sums, { compute: 'size(state.sums)', as: 'count', after: ['sums'] }];
    const pattern = { ...mapped, steps, outputs: ['last', 'count'] };
    const plain = await runScripted(pattern, { 'list.sum': () => ({ sum: 1 }) }, { inputs: list(700) });
    const { outcome, continued, turns } = await run(pattern, { inputs: list(700), continueEvery: 100 });
    expect(continued).toBeGreaterThan(1);
    expect(turns).toBeGreaterThan(3);
    expect(outcome.data).toEqual(plain.outcome.data);
    expect(outcome.trace.steps.map(({ path, status }) => [path, status])).toEqual(
      plain.outcome.trace.steps.map(({ path, status }) => [path, status]),
    );
  });
});
