import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { signaturesOf } from '../pattern/signatures';
import { aliases, catalogue } from './index';
import { externalCatalogue, loadExternalAgents } from './external-agents';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'agents-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const own = { catalogue, aliases };
const closed = { type: 'object', properties: {}, additionalProperties: false };
const place = {
  name: 'orders.place',
  summary: 'Places an order.',
  args: closed,
  result: closed,
  effect: 'write',
};
const orders = { agent: 'orders', task_queue: 'orders-queue', capabilities: [place] };

function load(files: Record<string, unknown>) {
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(path.join(folder, name), text);
  }
  return loadExternalAgents(folder, own);
}

/** Problems of one file `orders.json`, as `pointer message`. */
const problemsOf = (change: object) =>
  load({ 'orders.json': { ...orders, ...change } }).problems.map(
    ({ pointer, message }) => `${pointer} ${message}`,
  );

const withCapability = (change: object) => ({ capabilities: [{ ...place, ...change }] });

describe('agents from outside', () => {
  it('are read with the defaults of our own capabilities, and have signatures', () => {
    const { agents, problems } = load({
      'orders.json': {
        ...orders,
        capabilities: [{ ...place, errors: ['ORDER_REFUSED'], policy: { start_to_close_timeout: 'PT20S' } }],
      },
    });
    expect(problems).toEqual([]);
    expect(agents).toMatchObject([{ agent: 'orders', task_queue: 'orders-queue', file: path.join(folder, 'orders.json') }]);
    const signatures = signaturesOf({ ...catalogue, ...externalCatalogue(agents) }, aliases);
    expect(signatures.get('orders.place')).toMatchObject({
      agent: 'orders', task_queue: 'orders-queue', version: '1', effect: 'write', pure: false,
      errors: ['ORDER_REFUSED'], source: 'external',
      policy: { startToCloseMs: 20_000, maximumAttempts: 3, initialIntervalMs: 200 },
    });
    expect(signatures.get('calc.annualise')).toMatchObject({ source: 'own', task_queue: 'agent-calculator' });
  });

  it('of one broken file do not take the others with them', () => {
    const { agents, problems } = load({ 'orders.json': orders, 'broken.json': '{ "agent": ', 'schema.json': '{}' });
    expect(agents.map(({ agent }) => agent)).toEqual(['orders']);
    expect(problems).toMatchObject([{ code: 'AGENT_INVALID', file: path.join(folder, 'broken.json') }]);
  });

  it('say when their folder is not there', () => {
    expect(() => loadExternalAgents(path.join(folder, 'none'), own)).toThrow(/there is no folder .*none/);
  });

  it.each([
    ['a member that this build does not know', { queue: 'q' }, '/queue unknown member "queue"'],
    ['another name than the file’s', { agent: 'order' }, '/agent the file\'s name says "orders", this says "order"'],
    ['the queue of an agent of ours', { task_queue: 'agent-calculator' }, '/task_queue the task queue "agent-calculator" is taken by this project'],
    ['a capability of ours', withCapability({ name: 'calc.annualise' }), '/capabilities/0/name the capability "calc.annualise" is taken by this project'],
    ['a second name of ours', withCapability({ name: aliases[0]?.name }), `/capabilities/0/name the capability "${String(aliases[0]?.name)}" is taken by this project`],
    ['one capability twice', { capabilities: [place, place] }, '/capabilities/1/name the capability "orders.place" is taken by this file'],
    ['an effect that is pure', withCapability({ pure: true }), '/capabilities/0/pure a capability with an effect is not pure: a remembered result would skip it'],
    ['arguments that are no object', withCapability({ args: { type: 'array' } }), '/capabilities/0/args arguments are an object'],
    ['a schema with a reference', withCapability({ result: { properties: { a: { $ref: '#/b' } }, type: 'object' } }), '/capabilities/0/result/properties/a/$ref schemas are written out'],
    ['a schema that is none', withCapability({ result: { type: 'objekt' } }), '/capabilities/0/result no strict JSON Schema 2020-12: '],
    ['an effect that there is not', withCapability({ effect: 'read' }), '/capabilities/0/effect must be one of ["none","write"]'],
    ['a duration of another notation', withCapability({ policy: { initial_interval: '5s' } }), '/capabilities/0/policy/initial_interval must match pattern'],
  ])('may not have %s', (_title, change, problem) => {
    expect(problemsOf(change)[0]).toContain(problem);
  });

  it('may not claim what another file has claimed', () => {
    const { agents, problems } = load({ 'orders.json': orders, 'shop.json': { ...orders, agent: 'shop' } });
    expect(agents).toHaveLength(1);
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/task_queue', '/capabilities/0/name']);
    expect(problems[0]?.message).toContain('orders.json');
  });
}); // prettier-ignore
