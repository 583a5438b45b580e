import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listOpenApprovals } from '../../src/db/approvals';
import { withUser } from '../../src/db/pool';
import { claimedValues } from '../../src/db/claimed-values';
import { claimCodec } from '../../src/temporal/claim-codec';
import { decodeHistory } from '../../src/temporal/decode-history';
import { rebuildOutcome } from '../../src/temporal/rebuild';
import { approveUpdate } from '../../workflows/messages';
import { type Engine, outcomeOf, startEngine, type Started, userId } from '../support/engine';

const ending = { status: 'failed', code: 'EXECUTION_FAILED', message: 'cut' } as const;
const echo = (as: string, value: unknown) => ({ capability: 'probe.echo', args: { value }, as });
const fail = (as: string, code: string) => ({
  capability: 'probe.fail',
  args: { code, times: 9, key: `${as} ${String(Math.random())}` },
  as,
});
const log = () => path.join(mkdtempSync(path.join(os.tmpdir(), 'dawsos-')), 'calls');

async function finish({ handle, ended }: Started) {
  const stored = outcomeOf(await ended());
  const identity = { workflow_id: stored.trace.workflow_id, run_id: stored.trace.run_id };
  return { stored, rebuilt: await rebuildOutcome(await handle.fetchHistory(), identity, ending) };
}

describe('runPattern, by kind of step', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.close());

  it('runs groups, maps, loops, computations, timers and assertions, and its history tells the same', async () => {
    const steps = [
      { compute: '[1, 2, 3]', as: 'numbers' },
      { map: { in: '{{state.numbers}}', do: echo('one', '{{item}}'), concurrency: 2 }, as: 'mapped' },
      {
        steps: [echo('inner', '{{state.mapped.1.value}}'), { compute: 'state.inner.value * 2', as: 'twice' }],
        outputs: { twice: '{{state.twice}}' },
        as: 'grouped',
      },
      { repeat: { do: echo('round', '{{index}}'), until: 'last.value >= 2', max: 5 }, as: 'looped' },
      { wait: { for: 'PT0.2S' }, as: 'paused' },
      { assert: 'state.grouped.twice == 4', as: 'checked' },
      echo('last_one', '{{state.looped.value}}'),
    ];
    const outputs = ['mapped', 'grouped', 'looped', 'last_one'];
    const { stored, rebuilt } = await finish(await engine.start({ steps, outputs }));
    expect(stored.error).toBeNull();
    expect(stored).toMatchObject({
      status: 'succeeded',
      data: {
        mapped: [{ value: 1 }, { value: 2 }, { value: 3 }],
        grouped: { twice: 4 },
        looped: { value: 2 },
        last_one: { value: 2 },
      },
    });
    expect(stored.trace.steps.map((step) => step.path)).toEqual([
      'numbers', 'mapped', 'mapped.0', 'mapped.1', 'mapped.2', 'grouped', 'grouped.inner', 'grouped.twice',
      'looped', 'looped.0', 'looped.1', 'looped.2', 'paused', 'checked', 'last_one',
    ]); // prettier-ignore
    expect(rebuilt).toEqual(stored);
  });

  it('catches by code, falls back, and collects the failures of a map', async () => {
    const steps = [
      {
        ...fail('caught', 'PROVIDER_REFUSED'),
        on_error: [
          { match: ['DATA_MISSING'], use: 1 },
          { match: ['*'], use: { attempts: 7 } },
        ],
      },
      { ...fail('replaced', 'DATA_MISSING'), fallback: echo('other', '{{error.code}}') },
      {
        map: {
          in: [0, 9],
          do: { ...fail('item_fails', 'DATA_MISSING'), condition: 'item > 5' },
          on_item_error: 'collect',
        },
        as: 'some',
      },
    ];
    const { stored, rebuilt } = await finish(
      await engine.start({ steps, outputs: ['caught', 'replaced', 'some'] }),
    );
    expect(stored).toMatchObject({
      status: 'succeeded',
      data: { caught: { attempts: 7 }, replaced: { value: 'DATA_MISSING' }, some: [null, null] },
      trace: { degraded: ['caught', 'replaced', 'some'] },
    });
    expect(rebuilt).toEqual(stored);
  });

  it('runs a sub-pattern as a child workflow whose steps stand in the parent’s trace', async () => {
    const part = {
      id: 'part', name: 'Part', inputs: { n: { type: 'integer', required: true } },
      steps: [echo('inner', '{{inputs.n}}'), { ...fail('maybe', 'DATA_MISSING'), optional: true }], outputs: ['inner'],
    }; // prettier-ignore
    const steps = [
      { pattern: 'part', args: { n: 4 }, as: 'sub' },
      echo('after_it', '{{state.sub.inner.value}}'),
    ];
    const started = await engine.start({ steps, outputs: ['after_it'] }, {}, undefined, [part]);
    const { stored, rebuilt } = await finish(started);
    expect(stored).toMatchObject({ status: 'succeeded', data: { after_it: { value: 4 } } });
    expect(stored.trace.steps.map(({ path: at, status }) => [at, status])).toEqual([
      ['sub', 'success'], ['sub.inner', 'success'], ['sub.maybe', 'degraded'], ['after_it', 'success'],
    ]); // prettier-ignore
    expect(rebuilt).toEqual(stored);
    const child = engine.client.workflow.getHandle(`${started.handle.workflowId}/sub`);
    expect((await child.describe()).status.name).toBe('COMPLETED');
  });

  it('keeps a sub-pattern’s own code when it fails, and cancels one that is under way', async () => {
    const bad = { id: 'bad', name: 'Bad', steps: [fail('inner', 'DATA_MISSING')], outputs: ['inner'] };
    const steps = [{ pattern: 'bad', as: 'sub' }];
    const failed = await finish(await engine.start({ steps, outputs: ['sub'] }, {}, undefined, [bad]));
    expect(failed.stored.error).toMatchObject({ code: 'DATA_MISSING', step: 'sub.inner' });
    expect(failed.rebuilt).toEqual(failed.stored);

    const file = log();
    const slow = {
      id: 'slow', name: 'Slow', outputs: ['inner'],
      steps: [{ capability: 'probe.sleep', args: { ms: 30_000, log: file, name: 'in' }, as: 'inner', timeout: 'PT40S' }],
    }; // prettier-ignore
    const started = await engine.start(
      { steps: [{ pattern: 'slow', as: 'sub' }], outputs: ['sub'] },
      {},
      undefined,
      [slow],
    );
    while (!readSafely(file).includes('in')) await sleep(20);
    await started.handle.cancel();
    const { stored, rebuilt } = await finish(started);
    expect(stored).toMatchObject({ status: 'cancelled', error: { code: 'EXECUTION_CANCELLED' } });
    expect(stored.trace.steps.map(({ path: at, status }) => [at, status])).toEqual([
      ['sub', 'error'], ['sub.inner', 'error'],
    ]); // prettier-ignore
    expect(rebuilt).toEqual(stored);
  });

  it('waits for a person, shows the question while it waits, and goes on with the answer', async () => {
    const steps = [
      { approval: { title: 'Book {{inputs.n}}?', timeout: 'PT1H' }, as: 'ok' },
      echo('booked', '{{state.ok.data.note}}'),
    ];
    const pattern = { inputs: { n: { type: 'integer' } }, steps, outputs: ['booked'] };
    const started = await engine.start(pattern, { n: 3 });
    const open = await untilAsked(engine, started.id);
    expect(open).toMatchObject({ step: 'ok', title: 'Book 3?', workflow_id: started.handle.workflowId });
    const answer = { path: 'ok', decision: 'approve', data: { note: 'yes' }, by: userId } as const;
    await started.handle.executeUpdate(approveUpdate, { args: [answer] });
    const { stored, rebuilt } = await finish(started);
    expect(stored).toMatchObject({ status: 'succeeded', data: { booked: { value: 'yes' } } });
    expect(rebuilt).toEqual(stored);
    expect(await withUser(engine.pool, userId, (tx) => listOpenApprovals(tx, started.id, 10))).toEqual([]);
  });

  it('fails on a refusal and on silence, each with its code, and takes no second answer', async () => {
    const approval = { title: 'Go?', timeout: 'PT0.5S' };
    const silent = await engine.start({ steps: [{ approval, as: 'ok' }], outputs: ['ok'] });
    const refused = await engine.start({
      steps: [
        {
          approval: { title: 'Go?' },
          as: 'ok',
          on_error: [{ match: ['APPROVAL_REJECTED'], use: { decision: 'none' } }],
        },
      ],
      outputs: ['ok'],
    });
    await untilAsked(engine, refused.id);
    const answer = { path: 'ok', decision: 'reject', data: null, by: userId } as const;
    await refused.handle.executeUpdate(approveUpdate, { args: [answer] });
    const caught = await finish(refused);
    expect(caught.stored).toMatchObject({ status: 'succeeded', data: { ok: { decision: 'none' } } });
    expect(caught.rebuilt).toEqual(caught.stored);
    await expect(refused.handle.executeUpdate(approveUpdate, { args: [answer] })).rejects.toThrow();
    const timedOut = await finish(silent);
    expect(timedOut.stored.error).toMatchObject({ code: 'APPROVAL_TIMED_OUT', step: 'ok' });
    expect(timedOut.rebuilt).toEqual(timedOut.stored);
  });

  it('continues as new when a map outgrows one history, and the result is the whole map’s', async () => {
    const steps = [
      { compute: '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]', as: 'ten' },
      {
        map: {
          in: '{{state.ten}}',
          do: {
            map: { in: '{{inputs.list}}', do: { ...echo('cell', '{{index}}') }, concurrency: 25 },
            as: 'row',
          },
          concurrency: 2,
        },
        as: 'rows',
      },
      { compute: 'size(state.rows)', as: 'count' },
    ];
    const list = Array.from({ length: 210 }, (_, i) => i);
    const pattern = { inputs: { list: { type: 'array' } }, steps, outputs: ['count'] };
    const started = await engine.start(pattern, { list });
    const stored = outcomeOf(await started.ended());
    expect(stored.error).toBeNull();
    expect(stored).toMatchObject({ status: 'succeeded', data: { count: 10 } });
    expect(stored.trace.run_id).not.toBe(
      (started.handle as { firstExecutionRunId?: string }).firstExecutionRunId,
    );
    expect(stored.trace.steps.filter((step) => step.status === 'success')).toHaveLength(2 + 1 + 10 + 2100);
    const { client, pool } = engine;
    const history = await decodeHistory(
      await client.workflow.getHandle(started.handle.workflowId).fetchHistory(),
      claimCodec(claimedValues(pool)),
    );
    const identity = { workflow_id: stored.trace.workflow_id, run_id: stored.trace.run_id };
    expect(await rebuildOutcome(history, identity, ending)).toEqual(stored);
  }, 90_000);
});

async function untilAsked(engine: Engine, id: string) {
  for (;;) {
    const [open] = await withUser(engine.pool, userId, (tx) => listOpenApprovals(tx, id, 10));
    if (open) return open;
    await sleep(50);
  }
}

function readSafely(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
