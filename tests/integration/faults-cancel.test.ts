/** Fault F19: a cancel in the middle of parallel branches leaves nothing half-done: undone in reverse, once each. */
import type { StepProgress } from '../../src/contract/progress';
import { createWrittenTable, readEffects } from '../support/effect-agent';
import { type Engine, outcomeOf, startEngine, type Started, userId } from '../support/engine';
import { until } from '../support/process';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await createWrittenTable(engine.databaseUrl);
});
afterAll(() => engine.close());

const write = (as: string, more: object = {}) => ({
  capability: 'effects.write',
  args: { name: as, ...more },
  compensate: { capability: 'effects.undo', args: { name: as, result: `{{state.${as}}}` } },
  as,
});
/** Never ends by itself. */
const hang = (as: string, ...after: string[]) => ({
  capability: 'effects.read',
  args: { name: as, script: ['hang'] },
  timeout: 'PT60S',
  as,
  after,
});
const three = { compute: '[0, 1, 2]', as: 'three' };

/** Of one run: what was written, in order, by path below the workflow's own id. */
async function written({ handle }: Started): Promise<string[]> {
  const rows = await readEffects(engine.pool, userId, `${handle.workflowId}/`);
  return rows.written.map(({ key }) => key.slice(handle.workflowId.length + 1));
}

/** Waits for so many writes, and for steps to run, cancels, and waits for the end. */
async function cancelAfter(writes: number, started: Started, running: string[] = []) {
  await until('the writes', async () => (await written(started)).length === writes);
  await until('the steps', async () => {
    const steps = await started.handle.query<StepProgress[]>('progress');
    return running.every((path) => steps.some((step) => step.path === path && step.status === 'running'));
  });
  await started.handle.cancel();
  const outcome = outcomeOf(await started.ended());
  expect(outcome).toMatchObject({ status: 'cancelled', data: {}, error: { code: 'EXECUTION_CANCELLED' } });
  expect((await started.handle.describe()).status.name).toBe('CANCELLED');
  const { effects } = await readEffects(engine.pool, userId, `${started.handle.workflowId}/`);
  const undone = Object.entries(effects).filter(([key]) => !key.endsWith(':undo'));
  expect(undone.filter(([, { done, undone }]) => done && !undone)).toEqual([]);
  return { outcome, all: await written(started) };
}

it('branches of a map are undone in the reverse order of their starts, and what came before them last', async () => {
  const branch = { steps: [write('w'), hang('h', 'w')], as: 'branch' };
  const steps = [write('a'), three, { map: { in: '{{state.three}}', do: branch, concurrency: 3 }, as: 'm' }, write('never')]; // prettier-ignore
  const { outcome, all } = await cancelAfter(4, await engine.start({ steps, outputs: ['a'] }), ['m.2.h']);
  expect(all[0]).toBe('a');
  expect(all.slice(1, 4).sort()).toEqual(['m.0.w', 'm.1.w', 'm.2.w']);
  expect(all.slice(4)).toEqual(['m.2.w:undo', 'm.1.w:undo', 'm.0.w:undo', 'a:undo']);
  const statuses = Object.fromEntries(outcome.trace.steps.map(({ path, status }) => [path, status]));
  expect(statuses).toMatchObject({ 'a': 'compensated', 'm.0.w': 'compensated', 'm.2.h': 'error', 'never': 'not_run' }); // prettier-ignore
});

it('sub-patterns, and those in them, are undone with their parent in one order', async () => {
  const inner = {
    id: 'inner',
    name: 'I',
    steps: [write('x'), { pattern: 'innermost', as: 'deep' }],
    outputs: ['x'],
  };
  const innermost = { id: 'innermost', name: 'I', steps: [write('y'), hang('h', 'y')], outputs: ['y'] };
  const steps = [write('a'), { compute: '[0, 1]', as: 'two' }, { map: { in: '{{state.two}}', do: { pattern: 'inner', as: 'sub' }, concurrency: 2 }, as: 'm' }]; // prettier-ignore
  const others = [inner, innermost];
  const { all } = await cancelAfter(5, await engine.start({ steps, outputs: ['a'] }, {}, undefined, others));
  expect(all.slice(0, 5).sort()).toEqual(['a', 'm.0/deep/y', 'm.0/x', 'm.1/deep/y', 'm.1/x']);
  expect(all.slice(5)).toEqual(['m.1/deep/y:undo', 'm.1/x:undo', 'm.0/deep/y:undo', 'm.0/x:undo', 'a:undo']);
});

it('a write under way is awaited and undone, or never done', async () => {
  const steps = [write('a'), write('b', { ms: 1_500 })];
  const { all } = await cancelAfter(1, await engine.start({ steps, outputs: ['a'] }));
  expect(all.filter((key) => !key.startsWith('b'))).toEqual(['a', 'a:undo']);
  expect([[], ['b', 'b:undo']]).toContainEqual(all.filter((key) => key.startsWith('b')));
});

it('a second cancel while undos run changes nothing', async () => {
  const slow = { ...write('a'), compensate: { capability: 'effects.undo', args: { name: 'a', ms: 700 } } };
  const started = await engine.start({ steps: [slow, hang('h', 'a')], outputs: ['a'] });
  await until('the write', async () => (await written(started)).length === 1);
  await started.handle.cancel();
  await started.handle.cancel();
  expect(outcomeOf(await started.ended()).status).toBe('cancelled');
  expect(await written(started)).toEqual(['a', 'a:undo']);
});
