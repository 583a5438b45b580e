/** Fault F11, before anything runs: patterns that would harm whoever walks them, over HTTP and as files at start. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Answer, type Stack, startStack } from '../support/stack';

const echo = (as: string, value: unknown = 1) => ({ capability: 'probe.echo', args: { value }, as });
const many = (count: number) => Array.from({ length: count }, (_, i) => echo(`s${String(i)}`));
const first = (change: object) => ({ steps: [{ ...echo('one'), ...change }], outputs: ['one'] });

type Row = [name: string, pattern: object, code: string, pointer: string];

/** What fits into a request. */
const small: Row[] = [
  ['unknown_capability', first({ capability: 'probe.ecko' }), 'CAPABILITY_UNKNOWN', '/steps/0/capability'],
  ['cycle', { steps: [echo('one', '{{state.two}}'), echo('two', '{{state.one}}')], outputs: ['one', 'two'] }, 'PATTERN_INVALID', '/steps/0'],
  ['proto_step', { steps: [echo('__proto__')], outputs: [] }, 'PATTERN_INVALID', '/steps/0/as'],
  ['constructor_path', first({ args: { value: '{{state.one.constructor.prototype}}' } }), 'REFERENCE_UNRESOLVED', '/steps/0/args/value'],
  ['steps_201', { steps: many(201), outputs: ['s0'] }, 'LIMIT_EXCEEDED', '/steps'],
  ['deep_expression', first({ condition: `${'('.repeat(33)}true${')'.repeat(33)}` }), 'LIMIT_EXCEEDED', '/steps/0/condition'],
  ['long_expression', first({ condition: `true${' || true'.repeat(1_250)}` }), 'LIMIT_EXCEEDED', '/steps/0/condition'],
  ['unknown_field', first({ conditon: 'true' }), 'PATTERN_INVALID', '/steps/0/conditon'],
  ['nothing', first({ args: { value: '{{state.none.value}}' } }), 'REFERENCE_UNRESOLVED', '/steps/0/args/value'],
  ['items_5001', { steps: [{ map: { in: Array.from({ length: 5_001 }, () => 1), do: echo('each') }, as: 'all' }], outputs: ['all'] }, 'LIMIT_EXCEEDED', '/steps/0/map/in'],
]; // prettier-ignore

/** What only a file can hold. */
const large: Row[] = [
  ['literal_3_mb', first({ args: { value: 'x'.repeat(3_000_000) } }), 'LIMIT_EXCEEDED', '/steps/0/args/value'],
  ['steps_10000', { steps: many(10_000), outputs: ['s0'] }, 'LIMIT_EXCEEDED', '/steps'],
  ['expression_2_mb', first({ condition: `true${' || true'.repeat(250_000)}` }), 'LIMIT_EXCEEDED', '/steps/0/condition'],
]; // prettier-ignore

const whole = ([id, pattern]: Row): object => ({ id, name: id, category: 'analysis', ...pattern });
const good = { id: 'good', name: 'Good', category: 'analysis', inputs: { n: { type: 'object', required: true } }, steps: [echo('one', '{{inputs.n}}')], outputs: ['one'] }; // prettier-ignore

let stack: Stack;
let loadedInMs: number;

beforeAll(async () => {
  const started = Date.now();
  stack = await startStack([good, ...[...small, ...large].map(whole)], {
    worker: true,
    prepare: (folder) => {
      const nested = `{"id": "deep", "name": "D", "steps": ${'['.repeat(100_000)}${']'.repeat(100_000)}, "outputs": []}`;
      writeFileSync(path.join(folder, 'deep.json'), nested);
      writeFileSync(path.join(folder, 'proto.json'), '{"id": "proto", "__proto__": {"polluted": true}}');
      writeFileSync(
        path.join(folder, 'nul.json'),
        JSON.stringify({ ...good, id: 'nul', version: '1\u0000' }),
      );
      writeFileSync(path.join(folder, 'torn.json'), '{"id": "torn", "steps": [');
    },
  });
  loadedInMs = Date.now() - started;
});
afterAll(() => stack.close());

/** With the time it took. */
async function timed(route: string, body: unknown): Promise<Answer & { ms: number }> {
  const started = performance.now();
  const answer = await stack.call(route, { body });
  return { ...answer, ms: performance.now() - started };
}

const places = (problems: unknown): string[] =>
  (problems as { code: string; pointer: string }[]).map(({ code, pointer }) => `${code} ${pointer}`);

/** An agent answers in the worker, a computation in its workflow sandbox, all of it in this process. */
async function expectClean(): Promise<void> {
  const { portfolio_id } = stack.market.a;
  const answer = await timed('/v1/execute', { pattern_id: 'good', portfolio_id, inputs: { n: { a: {} } } });
  expect([answer.status, answer.body['data']]).toEqual([200, { one: { value: { a: {} } } }]);
  const names: string[] = [];
  for (const name in {}) names.push(name);
  expect(names).toEqual([]);
}

it.each(small)('%s is refused by check and by plan with code and place, and the next run is clean', async (...row) => {
  const [, , code, pointer] = row;
  const pattern = whole(row);
  const checked = await timed('/v1/patterns/check', { pattern });
  expect([checked.status, checked.body['ok']]).toEqual([200, false]);
  expect(places(checked.body['problems'])).toContain(`${code} ${pointer}`);
  const planned = await timed('/v1/plan', { pattern });
  expect([planned.status, planned.body['code']]).toEqual([422, 'PATTERN_INVALID']);
  expect(places(planned.body['problems'])).toContain(`${code} ${pointer}`);
  expect(Math.max(checked.ms, planned.ms)).toBeLessThan(2_000);
  await expectClean();
}); // prettier-ignore

it.each(large)('%s is too large for a request', async (...row) => {
  for (const route of ['/v1/patterns/check', '/v1/plan']) {
    const { status, body, ms } = await timed(route, { pattern: whole(row) });
    expect([status, body['code']]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(ms).toBeLessThan(2_000);
  }
  await expectClean();
});

it.each([
  ['a member named __proto__', '{"pattern": {"__proto__": {"polluted": true}}}'],
  ['100,000 levels', `{"pattern": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
])('a request with %s is refused as it is read', async (_name, body) => {
  for (const route of ['/v1/patterns/check', '/v1/plan', '/v1/execute']) {
    const answer = await timed(route, body);
    expect([answer.status, answer.body['code']]).toEqual([400, 'REQUEST_INVALID']);
  }
  await expectClean();
});

it('all of them are listed as broken when they are files, each with its problem, and the good one runs', async () => {
  const { body } = await stack.call('/v1/patterns');
  const listed = new Map(
    (body as unknown as { id: string; broken: boolean; problems: unknown }[]).map((one) => [one.id, one]),
  );
  for (const [id, , code, pointer] of [...small, ...large]) {
    expect([id, listed.get(id)?.broken]).toEqual([id, true]);
    expect(places(listed.get(id)?.problems)).toContain(`${code} ${pointer}`);
  }
  expect(places(listed.get('proto')?.problems)).toContain('PATTERN_INVALID /__proto__');
  expect(places(listed.get('nul')?.problems)).toEqual(['PATTERN_INVALID /version']);
  expect(places(listed.get('torn')?.problems)).toEqual(['PATTERN_INVALID ']);
  expect(places(listed.get('deep')?.problems)[0]).toMatch(/^LIMIT_EXCEEDED \/steps/);
  expect(loadedInMs).toBeLessThan(30_000);
  const { portfolio_id } = stack.market.a;
  const refused = await timed('/v1/execute', { pattern_id: 'steps_201', portfolio_id });
  expect([refused.status, refused.body['code']]).toEqual([422, 'PATTERN_INVALID']);
  expect(places(refused.body['problems'])).toContain('LIMIT_EXCEEDED /steps');
  await expectClean();
});

it('a NUL, which PostgreSQL’s texts cannot hold, is refused wherever a request can have one', async () => {
  const { portfolio_id } = stack.market.a;
  const nul = '\u0000';
  const bodies: [string, object][] = [
    ['/v1/execute', { pattern_id: 'good', portfolio_id, inputs: { n: {} }, version: nul }],
    ['/v1/execute', { pattern_id: `good${nul}`, portfolio_id }],
    ['/v1/execute', { pattern_id: 'good', portfolio_id: nul }],
    ['/v1/plan', { pattern_id: 'good', portfolio_id, inputs: { n: {} }, version: `1.0.0${nul}` }],
  ];
  for (const [route, body] of bodies) {
    const { status, body: problem } = await timed(route, body);
    expect([route, body, status < 500, problem['code']]).toEqual([route, body, true, expect.any(String)]);
  }
  const routes = ['/v1/executions?pattern_id=%00', '/v1/executions?pricing_pack_id=%00', '/v1/executions?status=%00', '/v1/executions?cursor=%00', '/v1/executions/%00', '/v1/packs/%00', '/v1/packs?status=%00', '/v1/packs?cursor=AAAA', '/v1/portfolios/%00', '/v1/patterns/%00', '/v1/patterns/good?version=%00', '/v1/capabilities/%00', '/v1/approvals?execution_id=%00']; // prettier-ignore
  const answers = await Promise.all(routes.map(async (route) => [route, (await stack.call(route)).status]));
  expect(answers.filter(([, status]) => Number(status) >= 500)).toEqual([]);
});
