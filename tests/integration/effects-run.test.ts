/** Steps that write, on real Temporal and PostgreSQL: each effect once, each undo once, whatever fails. */
import { createWrittenTable, type EffectRecord, readEffects } from '../support/effect-agent';
import { type Engine, outcomeOf, startEngine, userId } from '../support/engine';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await createWrittenTable(engine.databaseUrl);
});
afterAll(() => engine.close());

const write = (as: string, ...script: string[]) => ({
  capability: 'effects.write',
  args: { name: as, value: 1, script },
  compensate: { capability: 'effects.undo', args: { name: as, result: `{{state.${as}}}` } },
  as,
});

/** @returns how the run ended and what it left, with keys below its own */
async function run(steps: object[]): Promise<{ outcome: ReturnType<typeof outcomeOf>; left: EffectRecord }> {
  const started = await engine.start({ steps, outputs: ['a'] });
  const outcome = outcomeOf(await started.ended());
  const prefix = `${started.handle.workflowId}/`;
  const { written, effects } = await readEffects(engine.pool, userId, prefix);
  const short = (key: string): string => key.slice(prefix.length);
  return {
    outcome,
    left: {
      written: written.map((row) => ({ ...row, key: short(row.key) })),
      effects: Object.fromEntries(Object.entries(effects).map(([key, row]) => [short(key), row])),
    },
  };
}
const row = (name: string, action: 'write' | 'undo') => ({
  key: action === 'undo' ? `${name}:undo` : name,
  name,
  action,
});

it('does an effect once whose answer was lost, and goes on with that answer', async () => {
  const { outcome, left } = await run([write('a', 'fail:RATE_LIMITED', 'fail_after:RATE_LIMITED')]);
  expect(outcome).toMatchObject({ status: 'succeeded', data: { a: { name: 'a', value: 1 } } });
  expect(outcome.trace.steps[0]).toMatchObject({ attempts: 3, cache: 'off' });
  expect(left).toEqual({
    written: [row('a', 'write')],
    effects: { a: { attempts: 2, done: true, undone: false } },
  });
}, 30_000);

it('undoes in the reverse order what was done before a failure, and not what did nothing', async () => {
  const { outcome, left } = await run([write('a'), write('b'), write('c', 'fail:NOT_FOUND')]);
  expect(outcome).toMatchObject({ status: 'failed', error: { code: 'NOT_FOUND', step: 'c' } });
  expect(left.written).toEqual([row('a', 'write'), row('b', 'write'), row('b', 'undo'), row('a', 'undo')]);
  expect(left.effects).toMatchObject({
    a: { done: true, undone: true },
    'a:undo': { done: true, attempts: 1 },
  });
  expect(outcome.trace.steps.map(({ status }) => status)).toEqual(['compensated', 'compensated', 'error']);
}, 30_000);

it('undoes a write whose outcome is unknown only where it was done', async () => {
  const lost = Array.from({ length: 3 }, () => 'fail_after:RATE_LIMITED');
  const undone = await run([write('a'), write('b', ...lost)]);
  expect(undone.outcome).toMatchObject({ status: 'failed', error: { code: 'RATE_LIMITED', step: 'b' } });
  expect(undone.left.written.map(({ key }) => key)).toEqual(['a', 'b', 'b:undo', 'a:undo']);

  const never = lost.map(() => 'fail:RATE_LIMITED');
  const nothing = await run([write('a'), write('b', ...never)]);
  expect(nothing.left.written.map(({ key }) => key)).toEqual(['a', 'a:undo']);
  expect(nothing.left.effects['b']).toEqual({ attempts: 0, done: false, undone: true });
}, 30_000);

it('fails with a code when the agent throws a text', async () => {
  const texts = Array.from({ length: 3 }, () => 'throw_text');
  const { outcome, left } = await run([write('a', ...texts)]);
  expect(outcome.error).toMatchObject({ code: 'INTERNAL', step: 'a', attempts: 3 });
  expect(outcome.error?.message).toContain('effects.write threw what is no error (string)');
  expect(left.written).toEqual([]);
}, 30_000);
