/** Fault F8: fifty identical submits at once, while the API is killed, after the end, after a restart: one run, one answer. */
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { executeRequest } from '../../src/executor/openapi-examples';
import { kill, startProcessWithMessage, until } from '../support/process';
import { type Answer, type Stack, startStack } from '../support/stack';

const alice = 'a11ce000-0000-4000-8000-000000000001';
let stack: Stack;
const children: ChildProcess[] = [];

beforeAll(async () => {
  stack = await startStack('shipped');
}, 120_000);
afterAll(async () => {
  for (const child of children) await kill(child);
  await stack.close();
});

async function startApi(): Promise<{ url: string; child: ChildProcess }> {
  const { config } = stack;
  const { child, message } = await startProcessWithMessage(path.resolve('src/executor/server.ts'), {
    PORT: '0',
    LOG_LEVEL: 'silent',
    TEMPORAL_ADDRESS: config.temporalAddress,
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    TEMPORAL_UI_URL: config.temporalUiUrl ?? '',
    DATABASE_URL: config.databaseUrl,
    JWT_PUBLIC_KEY_FILE: config.jwt.publicKeyFile ?? '',
  });
  children.push(child);
  return { url: (message as { url: string }).url, child };
}

const submit = (key: string, url: string, change: object = {}): Promise<Answer> =>
  stack.call('/v1/execute', {
    as: alice,
    url,
    body: { ...executeRequest, ...change },
    headers: { 'Idempotency-Key': key, Prefer: 'wait=30' },
  });
const fifty = (key: string, url: string, change?: object): Promise<Answer[]> =>
  Promise.all(Array.from({ length: 50 }, () => submit(key, url, change)));
const idOf = ({ body }: Answer): string => (body['execution'] as { id: string }).id;

/** All of them are the same to the byte. @returns what they are */
function expectOne(answers: readonly Answer[]): Answer {
  const [first] = answers;
  if (!first) throw new Error('there is no answer');
  expect(first).toMatchObject({ status: 200, body: { execution: { status: 'succeeded' } } });
  expect(new Set(answers.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1);
  return first;
}

async function countRows(id: string): Promise<number> {
  const { body } = await stack.call('/v1/executions?limit=100', { as: alice });
  return (body['executions'] as { execution: { id: string } }[]).filter((row) => row.execution.id === id)
    .length;
}

it('a durable run is one, also over the death of the API', async () => {
  const first = await startApi();
  const lost = Array.from({ length: 50 }, () => submit('durable', first.url).catch(() => 'cut off'));
  await until('the run', async () => (await stack.client.workflow.count()).count > 0);
  await kill(first.child);
  await Promise.all(lost);

  const second = await startApi();
  const answer = expectOne(await fifty('durable', second.url));
  const again = expectOne([...(await fifty('durable', second.url)), ...(await fifty('durable', stack.url))]);
  expect(again.text).toBe(answer.text);
  expect(await countRows(idOf(answer))).toBe(1);
  expect((await stack.client.workflow.count()).count).toBe(1);

  for (const url of [second.url, stack.url]) {
    const other = await submit('durable', url, { asof_date: '2013-02-27' });
    expect([other.status, other.body['code']]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
  }
}, 90_000);

it('a direct run is one', async () => {
  const direct = { mode: 'direct' };
  const answer = expectOne(await fifty('direct', stack.url, direct));
  const again = expectOne(await fifty('direct', stack.url, direct));
  expect(again.text).toBe(answer.text);
  expect(await countRows(idOf(answer))).toBe(1);
  const other = await submit('direct', stack.url);
  expect([other.status, other.body['code']]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
});
