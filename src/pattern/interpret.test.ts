import { failWith, runScripted, type Script } from '../../tests/support/scripted-run';

const script: Script = {
  'list.make': (args) => ({
    items: Array.from({ length: Number(args['size'] ?? 3) }, (_, i) => i + 1),
    label: 'l',
    note: null,
  }),
  'list.sum': (args) => ({
    sum: (args['items'] as number[]).reduce((a, b) => a + b, 0) * Number(args['scale'] ?? 1),
  }),
  'note.take': (args) => args,
  'book.write': () => ({}),
};
const make = { capability: 'list.make', as: 'made' };
const sum = { capability: 'list.sum', args: { items: '{{state.made.items}}' }, as: 'total' };

describe('interpret', () => {
  it('runs steps in the order of their references, not of the file', async () => {
    const { outcome, calls } = await runScripted({ steps: [sum, make], outputs: ['total'] }, script);
    expect(calls).toEqual(['made', 'total']);
    expect(outcome).toMatchObject({ status: 'succeeded', data: { total: { sum: 6 } }, error: null });
  });

  it('starts independent steps together', async () => {
    const steps = ['a', 'b', 'c'].map((as) => ({ capability: 'list.make', as }));
    const { outcome } = await runScripted({ steps, outputs: ['a', 'b', 'c'] }, script);
    const starts = outcome.trace.steps.map((step) => step.started_at);
    expect(new Set(starts).size).toBe(1);
  });

  it('skips a step whose condition is false, and traces expression, value and operands', async () => {
    const steps = [make, { ...sum, condition: 'state.made.items.length > 5' }];
    const { outcome, calls } = await runScripted({ steps, outputs: ['total'] }, script);
    expect(calls).toEqual(['made']);
    expect(outcome.data).toEqual({ total: null });
    expect(outcome.trace.steps[1]).toMatchObject({
      status: 'skipped',
      reason: 'condition',
      condition: {
        expression: 'state.made.items.length > 5',
        value: false,
        operands: { 'state.made.items': { size: 3 } },
      },
    });
  });

  it('skips what needs a missing value, passes null where the schema admits it, leaves out what is not required', async () => {
    const steps = [
      { ...make, condition: 'false' },
      sum,
      {
        capability: 'note.take',
        args: { a: '{{state.total.sum}}', text: '{{state.made.label}}' },
        as: 'noted',
      },
    ];
    const { outcome } = await runScripted({ steps, outputs: ['noted', 'total'] }, script);
    expect(outcome.trace.steps.map(({ as, status, reason }) => [as, status, reason])).toEqual([
      ['made', 'skipped', 'condition'],
      ['total', 'skipped', 'missing: made'],
      ['noted', 'success', undefined],
    ]);
    expect(outcome.data['noted']).toEqual({ a: null });
  });

  it('leaves out an optional input that was not given', async () => {
    const pattern = {
      inputs: { size: { type: 'integer' } },
      steps: [{ capability: 'list.make', args: { size: '{{inputs.size}}' }, as: 'made' }],
      outputs: ['made'],
    };
    const { outcome } = await runScripted(pattern, script);
    expect(outcome.data['made']).toMatchObject({ items: [1, 2, 3] });
    expect(outcome.trace.steps[0]?.args).toEqual({});
  });

  it('degrades when an optional step fails, and fails when one does that is not', async () => {
    const failing: Script = { ...script, 'list.sum': () => failWith('PROVIDER_UNAVAILABLE', true) };
    const degraded = await runScripted(
      { steps: [make, { ...sum, optional: true }], outputs: ['made', 'total'] },
      failing,
    );
    expect(degraded.outcome).toMatchObject({
      status: 'succeeded',
      data: { total: null },
      trace: { degraded: ['total'] },
    });
    const failed = await runScripted({ steps: [make, sum], outputs: ['total'] }, failing);
    expect(failed.outcome).toMatchObject({
      status: 'failed',
      data: {},
      error: { code: 'PROVIDER_UNAVAILABLE', step: 'total', attempts: 3 },
    });
  });

  it('starts no further step after a failure, and has every planned step in the trace', async () => {
    const failing: Script = { ...script, 'list.make': () => failWith('INTERNAL') };
    const { outcome, calls } = await runScripted({ steps: [make, sum], outputs: ['total'] }, failing);
    expect(calls).toEqual(['made']);
    expect(outcome.trace.steps.map((step) => step.status)).toEqual(['error', 'not_run']);
  });

  it('lets `after` wait for the end of a step however it ended', async () => {
    const failing: Script = { ...script, 'list.sum': () => failWith('INTERNAL') };
    const steps = [
      make,
      { ...sum, optional: true },
      { capability: 'list.make', as: 'last_one', after: 'total' },
    ];
    const { outcome, calls } = await runScripted({ steps, outputs: ['last_one'] }, failing);
    expect(calls).toEqual(['made', 'total', 'last_one']);
    expect(outcome.status).toBe('succeeded');
  });

  it('keeps writes behind every step above them', async () => {
    const steps = [
      make,
      { capability: 'book.write', args: {}, as: 'written' },
      { capability: 'list.make', as: 'free' },
    ];
    const { calls } = await runScripted({ steps, outputs: ['free', 'made', 'written'] }, script);
    expect(calls).toEqual(['made', 'free', 'written']);
  });

  it('ends as cancelled when it is cancelled, and starts nothing more', async () => {
    const steps = [make, sum];
    const { outcome, calls } = await runScripted({ steps, outputs: ['total'] }, script, { cancelAfterMs: 5 });
    expect(outcome).toMatchObject({ status: 'cancelled', error: { code: 'EXECUTION_CANCELLED' } });
    expect(calls).toEqual(['made']);
    expect(outcome.trace.steps.map((step) => step.status)).toEqual(['error', 'not_run']);
  });

  it('fails the step, never silently, when a condition cannot be evaluated', async () => {
    const steps = [make, { ...sum, condition: 'state.made.label > 3' }];
    const { outcome } = await runScripted({ steps, outputs: ['total'] }, script);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'CONDITION_INVALID', step: 'total' } });
  });

  it('gives equal runs equal fingerprints, and runs with other results other ones', async () => {
    const pattern = { steps: [make, sum], outputs: ['total'] };
    const [one, two] = [await runScripted(pattern, script), await runScripted(pattern, script)];
    expect(one.outcome.trace.fingerprint).toBe(two.outcome.trace.fingerprint);
    const other = await runScripted(pattern, { ...script, 'list.sum': () => ({ sum: 7 }) });
    expect(other.outcome.trace.fingerprint).not.toBe(one.outcome.trace.fingerprint);
  });

  it('draws panels as tables, and says why one is degraded', async () => {
    const panels = [
      { id: 'a', title: 'A', type: 'table', source: 'made.items' },
      { id: 'b', title: 'B', type: 'table', source: 'total.sum' },
    ];
    const steps = [make, { ...sum, condition: 'false' }];
    const { outcome } = await runScripted({ steps, outputs: ['made'], display: { panels } }, script);
    expect(outcome.charts).toEqual([
      { panel_id: 'a', title: 'A', type: 'table', table: { columns: ['value'], rows: [[1], [2], [3]] } },
      { panel_id: 'b', title: 'B', type: 'table', reason: 'missing: total' },
    ]);
    expect(outcome.trace.per_panel_staleness).toEqual([
      {
        panel_id: 'a',
        capability: 'list.make',
        asof_date: '2013-02-28',
        age_days: 0,
        ttl: 300,
        stale: false,
      },
      expect.objectContaining({ panel_id: 'b', stale: null, reason: 'the step is skipped' }),
    ]);
  });

  it('keeps large arguments out of the trace but their digest in it', async () => {
    const pattern = { steps: [{ ...make, args: { size: 2000 } }, sum], outputs: ['total'] };
    const { outcome } = await runScripted(pattern, script);
    expect(outcome.trace.steps[1]?.args).toMatch(/bytes; see args_digest/);
    expect(outcome.trace.steps[1]?.args_digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('refuses an answer too large to store, saying so', async () => {
    const big: Script = {
      ...script,
      'list.make': () => ({ items: [], label: 'x'.repeat(2_000_000), note: null }),
    };
    const steps = ['a', 'b', 'c', 'd', 'e'].map((as) => ({ capability: 'list.make', as }));
    const { outcome } = await runScripted({ steps, outputs: ['a', 'b', 'c', 'd', 'e'] }, big);
    expect(outcome).toMatchObject({ status: 'failed', data: {}, error: { code: 'LIMIT_EXCEEDED' } });
  });
});
