/** Agents from outside over HTTP: listed, looked after and refused like those of this project. */
import { CapabilityList, type CapabilityListing } from '../../src/executor/capabilities';
import type { PatternListing } from '../../src/executor/patterns';
import { compileSchema } from '../../src/validate';
import { type Stack, startStack } from '../support/stack';

const closed = { type: 'object', properties: {}, additionalProperties: false };
const capability = {
  name: 'shop.buy',
  summary: 'Buys.',
  args: closed,
  result: closed,
  effect: 'none',
  pure: true,
};
const shop = {
  agent: 'shop',
  task_queue: 'shop-queue',
  capabilities: [{ ...capability, errors: ['SOLD_OUT'] }],
};
const calling = (id: string, name: string) => ({
  id,
  name: id,
  version: '1.0.0',
  category: 'analysis',
  description: 'Calls an agent from outside.',
  steps: [{ capability: name, args: {}, as: 'bought' }],
  outputs: ['bought'],
});

let stack: Stack;
beforeAll(async () => {
  const patterns = [calling('buying', 'shop.buy'), calling('selling', 'market.sell')];
  const agents = { 'shop.json': shop, 'market.json': '{ "agent": "market", ' };
  stack = await startStack(patterns, { worker: false, agents });
}, 120_000);
afterAll(() => stack.close(), 30_000);

it('lists what they answer, with queue and codes', async () => {
  const { body } = await stack.call('/v1/capabilities');
  expect(compileSchema(CapabilityList)(body)).toEqual([]);
  const all = body['capabilities'] as CapabilityListing[];
  expect(all.find(({ name }) => name === 'shop.buy')).toMatchObject({
    agent: 'shop',
    task_queue: 'shop-queue',
    source: 'external',
    pure: true,
    errors: ['SOLD_OUT'],
    policy: { maximum_attempts: 3 },
  });
  expect(all.find(({ name }) => name === 'probe.echo')).toMatchObject({ source: 'own', errors: [] });
});

it('says in its health that none of their workers asks for tasks', async () => {
  const { body } = await stack.call('/health');
  const agents = body['agents'] as Record<string, unknown>;
  expect(agents['shop']).toMatchObject({ pollers: 0, breaker: 'closed' });
  expect(agents['market']).toBeUndefined();
});

it('lists patterns as broken that ask for an agent whose file is no use, and the others as ready', async () => {
  const { text } = await stack.call('/v1/patterns');
  const patterns = JSON.parse(text) as PatternListing[];
  expect(patterns.find(({ id }) => id === 'buying')).toMatchObject({ broken: false, problems: [] });
  expect(patterns.find(({ id }) => id === 'selling')).toMatchObject({
    broken: true,
    problems: [{ code: 'CAPABILITY_UNKNOWN', pointer: '/steps/0/capability' }],
  });
});

it('does not run them in direct mode, and says why', async () => {
  const { status, body } = await stack.call('/v1/execute', {
    body: { pattern_id: 'buying', mode: 'direct' },
  });
  expect(status).toBe(422);
  expect(body).toMatchObject({
    code: 'DIRECT_REFUSED',
    reasons: ['step "bought" calls shop.buy, which another worker serves'],
  });
});
