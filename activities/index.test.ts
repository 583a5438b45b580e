import { Type } from '@sinclair/typebox';
import { type Capability, capabilitiesOf } from '../src/capabilities';
import { createActivities } from '.';
import type { Agent } from './agent';
import type { InvokeDependencies } from './invoke';

const empty = Type.Object({}, { additionalProperties: false });
const capability = capabilitiesOf('one');
const catalogue: Record<string, Capability> = {
  'one.a': capability({ name: 'one.a', summary: '', args: empty, result: empty }),
  'one.b': capability({ name: 'one.b', summary: '', args: empty, result: empty }),
};
const agent = (name: string, capabilities: string[]): Agent<null> => ({
  name,
  capabilities: capabilities as unknown as Agent<null>['capabilities'],
  handlers: () => Object.fromEntries(capabilities.map((c) => [c, () => Promise.resolve({ result: {} })])),
});
const create = (...agents: Agent<null>[]) =>
  createActivities(agents, null, {} as InvokeDependencies, catalogue);

describe('the registry of agents', () => {
  it('binds every capability to its agent’s task queue', () => {
    expect(
      [...create(agent('one', ['one.a', 'one.b']))].map(([queue, functions]) => [
        queue,
        Object.keys(functions),
      ]),
    ).toEqual([['agent-one', ['one.a', 'one.b']]]);
  });

  it.each([
    [
      'a capability that no agent answers',
      [agent('one', ['one.a'])],
      'no agent answers one.b (its contract names one)',
    ],
    [
      'one that two agents claim',
      [agent('one', ['one.a', 'one.b']), agent('two', ['one.a'])],
      'one.a is claimed by one and by two',
    ],
    [
      'one of another agent',
      [agent('one', ['one.a']), agent('two', ['one.b'])],
      'one.b belongs to one, but two claims it',
    ],
    [
      'one that is in no catalogue',
      [agent('one', ['one.a', 'one.b', 'one.c'])],
      'one.c of one is not in the catalogue',
    ],
  ])('stops the process at start, naming %s', (_title, agents, message) => {
    expect(() => create(...agents)).toThrow(message);
  });

  it('names every mismatch at once', () => {
    expect(() => create(agent('two', ['one.a']))).toThrow(
      /one\.a belongs to one[\s\S]*no agent answers one\.b/,
    );
  });
});
