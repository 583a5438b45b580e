/** Fault F11, while a run is under way: capabilities that answer what they may not, or never; other runs are untouched. */
import type { Outcome } from '../../src/contract/execution';
import { listOpenApprovals } from '../../src/db/approvals';
import { withUser } from '../../src/db/pool';
import { createWrittenTable } from '../support/effect-agent';
import { type Engine, startEngine, userId } from '../support/engine';
import { until } from '../support/process';
import { approveUpdate } from '../../workflows/messages';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await createWrittenTable(engine.databaseUrl);
});
afterAll(() => engine.close());

const once = { retry: { maximum_attempts: 1 } };
const told = (script: string, more: object = {}) => ({
  capability: 'effects.read',
  args: { name: 'n', script: [script] },
  as: 'bad',
  ...once,
  ...more,
});
const good = { steps: [{ capability: 'effects.read', args: { name: 'good', value: { a: {} } }, as: 'one' }], outputs: ['one'] }; // prettier-ignore
const wellDone = { status: 'succeeded', data: { one: { name: 'good', value: { a: {} } } } };

type Row = [what: string, step: object, code: string, message: string | RegExp];
const rows: Row[] = [
  ['answers 3 MB', { capability: 'probe.make', args: { characters: 3_000_000 }, as: 'bad' }, 'LIMIT_EXCEEDED', 'at most 2097152'],
  ['breaks its contract', { capability: 'probe.wrong', args: {}, as: 'bad' }, 'RESULT_INVALID', 'probe.wrong'],
  ['throws a text', told('throw_text'), 'INTERNAL', 'effects.read threw what is no error (string)'],
  ['throws what nobody foresaw', told('throw'), 'INTERNAL', 'effects.read failed unexpectedly'],
  ['is silent until it is cancelled', told('hang', { timeout: 'PT0.4S' }), 'STEP_TIMED_OUT', /took longer than|gave no answer in time/],
  ['never answers, whatever it is told', told('deaf', { timeout: 'PT0.4S' }), 'STEP_TIMED_OUT', /took longer than|gave no answer in time/],
]; // prettier-ignore

it.each(rows)('a capability that %s fails its step, and no run beside it', async (_what, step, code, message) => {
  const bad = engine.run({ steps: [step], outputs: ['bad'] });
  const beside: Promise<Outcome>[] = [1, 2, 3].map(() => engine.run(good));
  const outcome = await bad;
  expect(outcome).toMatchObject({ status: 'failed', data: {}, error: { code, step: 'bad', attempts: 1 } });
  expect(outcome.error?.message).toMatch(message);
  expect(JSON.stringify(outcome)).not.toContain('a secret detail');
  expect(await Promise.all(beside)).toMatchObject([wellDone, wellDone, wellDone]);
  expect(await engine.run(good)).toMatchObject(wellDone);
}); // prettier-ignore

it('a run takes texts that PostgreSQL cannot hold as such', async () => {
  const text = 'a\u0000b\u2028"\\';
  const steps = [{ capability: 'probe.echo', args: { value: text }, as: 'one' }];
  expect((await engine.run({ steps, outputs: ['one'] })).data).toEqual({ one: { value: text } });
});

it('a question to people is asked although PostgreSQL cannot hold its texts', async () => {
  const form = {
    type: 'object',
    properties: { 'a\u0000': { type: 'string', description: 'b\u0000, or \\u0000' } },
  };
  const steps = [{ approval: { title: 'Go {{inputs.who}}?', form, rights: ['c\u0000'] }, as: 'go' }];
  const pattern = { inputs: { who: { type: 'string', required: true } }, steps, outputs: ['go'] };
  const { handle, id, ended } = await engine.start(pattern, { who: 'x\u0000y' });
  const asked = () => withUser(engine.pool, userId, (tx) => listOpenApprovals(tx, id, 2));
  await until('the question', async () => (await asked()).length > 0, 5_000);
  expect(await asked()).toMatchObject([
    {
      title: 'Go x\ufffdy?',
      form: { properties: { 'a\ufffd': { description: 'b\ufffd, or \\u0000' } } },
      rights: ['c\ufffd'],
    },
  ]);
  const answer = { path: 'go', decision: 'approve', data: { 'a\u0000': 'd\u0000' }, by: userId } as const;
  await handle.executeUpdate(approveUpdate, { args: [answer] });
  expect((await ended()).data).toMatchObject({ go: { data: { 'a\u0000': 'd\u0000' } } });
});
