import { readFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defaultPayloadConverter } from '@temporalio/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Callable, Plan } from '../../src/pattern/plan';
import type { StepProgress } from '../../src/contract/progress';
import { rebuildOutcome } from '../../src/temporal/rebuild';
import { type Engine, startEngine, outcomeOf } from '../support/engine';

const ending = { status: 'failed', code: 'EXECUTION_FAILED', message: 'cut' } as const;
const log = () => path.join(mkdtempSync(path.join(os.tmpdir(), 'dawsos-')), 'calls');
const echo = (as: string, value: unknown) => ({ capability: 'probe.echo', args: { value }, as });

describe('runPattern', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.close());
  // A success sets the breaker back to zero, so that no test meets what others left.
  beforeEach(() =>
    engine.run({
      steps: [{ capability: 'probe.fail', args: { code: '', times: 0, key: 'reset' }, as: 'reset' }],
      outputs: ['reset'],
    }),
  );

  it('routes each capability to its agent’s task queue, under its own name, with the step’s name as id and summary', async () => {
    const steps = [
      echo('one', 7),
      { capability: 'other.echo', args: { value: '{{state.one.value}}' }, as: 'two' },
    ];
    const { handle, ended } = await engine.start({ steps, outputs: ['two'] });
    expect(outcomeOf(await ended())).toMatchObject({ status: 'succeeded', data: { two: { value: 7 } } });
    const { events } = await handle.fetchHistory();
    const scheduled = (events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes ?? []);
    const summaries = (events ?? []).flatMap((event) => event.userMetadata?.summary ?? []);
    expect(summaries.map((summary) => defaultPayloadConverter.fromPayload(summary))).toEqual([
      'one ← probe.echo',
      'two ← other.echo',
      'store the result and trace',
    ]);
    expect(scheduled.map((a) => [a.activityId, a.activityType?.name, a.taskQueue?.name])).toEqual([
      ['one', 'probe.echo', 'agent-probe'],
      ['two', 'other.echo', 'agent-other'],
      ['engine:store_execution', 'engine.store_execution', 'engine'],
    ]);
  });

  it('runs independent steps in parallel', async () => {
    const file = log();
    const steps = ['a', 'b', 'c', 'd'].map((name) => ({
      capability: 'probe.sleep',
      args: { ms: 400, log: file, name },
      as: name,
    }));
    const started = Date.now();
    const outcome = await engine.run({ steps, outputs: ['a', 'b', 'c', 'd'] });
    expect(outcome.status).toBe('succeeded');
    const overlaps = outcome.trace.steps.map((step) => [
      Date.parse(step.started_at ?? ''),
      step.duration_ms ?? 0,
    ]);
    const latestStart = Math.max(...overlaps.map(([start]) => start ?? 0));
    const earliestEnd = Math.min(...overlaps.map(([start, duration]) => (start ?? 0) + (duration ?? 0)));
    expect(latestStart).toBeLessThan(earliestEnd);
    expect(Date.now() - started).toBeGreaterThanOrEqual(400);
  });

  it('retries what may succeed later and tells the attempts', async () => {
    const steps = [
      {
        capability: 'probe.fail',
        args: { code: 'PROVIDER_UNAVAILABLE', times: 2, key: 'retried' },
        as: 'tried',
      },
    ];
    const outcome = await engine.run({ steps, outputs: ['tried'] });
    expect(outcome).toMatchObject({ status: 'succeeded', data: { tried: { attempts: 3 } } });
    expect(outcome.trace.steps[0]?.attempts).toBe(3);
  });

  it.each([
    ['PROVIDER_REFUSED', 'PROVIDER_REFUSED', 1],
    ['PROVIDER_UNAVAILABLE', 'PROVIDER_UNAVAILABLE', 3],
    ['THROWN', 'INTERNAL', 3],
  ])(
    'ends a step that fails with %s as %s after %i attempts, and the workflow with that code',
    async (told, code, attempts) => {
      const steps = [
        { capability: 'probe.fail', args: { code: told, times: 9, key: told }, as: 'tried' },
        echo('next', '{{state.tried.attempts}}'),
      ];
      const { handle, ended } = await engine.start({ steps, outputs: ['next'] });
      const outcome = outcomeOf(await ended());
      expect(outcome).toMatchObject({ status: 'failed', data: {}, error: { code, step: 'tried', attempts } });
      expect(outcome.trace.steps.map((step) => step.status)).toEqual(['error', 'not_run']);
      await expect(handle.result()).rejects.toMatchObject({ cause: { type: code } });
      expect(JSON.stringify(outcome)).not.toContain('a secret detail');
    },
  );

  it('refuses arguments and results that do not fit their contracts, without retrying', async () => {
    const wrong = await engine.run({
      steps: [{ capability: 'probe.wrong', args: {}, as: 'w' }],
      outputs: ['w'],
    });
    expect(wrong.error).toMatchObject({ code: 'RESULT_INVALID', attempts: 1 });
    const { ended } = await engine.start({ steps: [echo('one', 1)], outputs: ['one'] }, {}, ({ plan }) => {
      callOf(plan).args = { valu: 1 };
    });
    expect(outcomeOf(await ended()).error).toMatchObject({ code: 'ARGS_INVALID', attempts: 1 });
  });

  it('cancels: the step in flight ends, the rest never starts, and that is stored', async () => {
    const file = log();
    const steps = [
      {
        capability: 'probe.sleep',
        args: { ms: 30_000, log: file, name: 'slow' },
        as: 'slow',
        timeout: 'PT40S',
      },
      echo('next', '{{state.slow.name}}'),
    ];
    const { handle, ended } = await engine.start({ steps, outputs: ['next'] });
    while (!readSafely(file).includes('slow')) await sleep(20);
    await handle.cancel();
    const outcome = outcomeOf(await ended());
    expect(outcome).toMatchObject({ status: 'cancelled', error: { code: 'EXECUTION_CANCELLED' } });
    expect(outcome.trace.steps.map((step) => step.status)).toEqual(['error', 'not_run']);
    expect((await handle.describe()).status.name).toBe('CANCELLED');
  });

  it('cancels the reads in flight when a step fails, and keeps the first failure', async () => {
    const steps = [
      {
        capability: 'probe.sleep',
        args: { ms: 20_000, log: log(), name: 'slow' },
        as: 'slow',
        timeout: 'PT40S',
      },
      { capability: 'probe.fail', args: { code: 'PROVIDER_REFUSED', times: 9, key: 'first' }, as: 'failing' },
    ];
    const started = Date.now();
    const outcome = await engine.run({ steps, outputs: ['slow', 'failing'] });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'PROVIDER_REFUSED', step: 'failing' } });
    expect(Date.now() - started).toBeLessThan(15_000);
  });

  it('ends a step that takes longer than its timeout', async () => {
    const steps = [
      {
        capability: 'probe.sleep',
        args: { ms: 20_000, log: log(), name: 'slow' },
        as: 'slow',
        timeout: 'PT0.3S',
        retry: { maximum_attempts: 2 },
      },
    ];
    const outcome = await engine.run({ steps, outputs: ['slow'] });
    expect(outcome.error).toMatchObject({ code: 'STEP_TIMED_OUT', step: 'slow', attempts: 2 });
  });

  it('ends a step whose agent nobody serves when the run’s time is up, and stores that', async () => {
    const { ended } = await engine.start({ steps: [echo('lost', 1)], outputs: ['lost'] }, {}, ({ plan }) => {
      callOf(plan).task_queue = 'agent-nobody';
      plan.executionTimeoutMs = 1000;
    });
    const outcome = outcomeOf(await ended());
    expect(outcome.error).toMatchObject({
      code: 'STEP_TIMED_OUT',
      message: expect.stringContaining('agent-nobody') as string,
    });
  });

  it('tells its progress while it runs', async () => {
    const file = log();
    const steps = [
      echo('first', 1),
      {
        capability: 'probe.sleep',
        args: { ms: 1500, log: file, name: 'slow', after: '{{state.first.value}}' },
        as: 'slow',
      },
    ];
    const { handle, ended } = await engine.start({ steps, outputs: ['slow'] });
    while (!readSafely(file).includes('slow')) await sleep(20);
    const progress = await handle.query<StepProgress[]>('progress');
    expect(progress).toMatchObject([
      { path: 'first', status: 'success', duration_ms: expect.any(Number) as number },
      { path: 'slow', capability: 'probe.sleep', status: 'running', duration_ms: null },
    ]);
    await ended();
  });

  it('can be rebuilt from Temporal’s history alone, to the same trace', async () => {
    const steps = [
      echo('one', 3),
      { ...echo('no', 1), condition: 'state.one.value > 5' },
      { capability: 'other.echo', args: { value: '{{state.one.value}}' }, as: 'two' },
      {
        capability: 'probe.fail',
        args: { code: 'PROVIDER_REFUSED', times: 9, key: 'rebuilt' },
        as: 'maybe',
        optional: true,
      },
      {
        capability: 'probe.fail',
        args: { code: 'DATA_MISSING', times: 9, key: 'rebuilt too' },
        as: 'failing',
        after: ['maybe', 'two'],
      },
    ];
    for (const outputs of [steps.slice(0, 4), steps]) {
      const { handle, ended } = await engine.start({
        steps: outputs,
        outputs: outputs.map((step) => step.as),
      });
      const stored = outcomeOf(await ended());
      const identity = { workflow_id: stored.trace.workflow_id, run_id: stored.trace.run_id };
      const rebuilt = await rebuildOutcome(await handle.fetchHistory(), identity, ending);
      expect(rebuilt).toEqual(stored);
    }
  });

  it('is rebuilt with what it had when it was terminated', async () => {
    const file = log();
    const steps = [
      echo('first', 1),
      {
        capability: 'probe.sleep',
        args: { ms: 9000, log: file, name: 'slow', after: '{{state.first.value}}' },
        as: 'slow',
        timeout: 'PT20S',
      },
    ];
    const { handle } = await engine.start({ steps, outputs: ['slow'] });
    while (!readSafely(file).includes('slow')) await sleep(20);
    await handle.terminate('test');
    const rebuilt = await rebuildOutcome(
      await handle.fetchHistory(),
      { workflow_id: handle.workflowId, run_id: 'r' },
      ending,
    );
    expect(rebuilt).toMatchObject({ status: 'failed', error: { code: 'EXECUTION_FAILED', step: 'slow' } });
    expect(rebuilt.trace.steps.map((step) => step.status)).toEqual(['success', 'error']);
  });
});

function callOf(plan: Plan): Callable {
  const [step] = plan.steps;
  if (step?.kind !== 'capability') throw new Error('the plan’s first step is no call');
  return step.call;
}

function readSafely(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
