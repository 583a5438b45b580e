/** All activities, by task queue; refuses to start when catalogue and agents do not match one to one. */
import { type Capability, catalogue, taskQueueOf } from '../src/capabilities';
import type { Agent, UntypedHandler } from './agent';
import { type CallDependencies, type CapabilityCall, capabilityCall } from './capability-call';
import { type CapabilityActivity, capabilityActivity, type InvokeDependencies } from './invoke';

export type ActivitiesByQueue = ReadonlyMap<string, Record<string, CapabilityActivity>>;

/**
 * Binds every capability of the catalogue to the agent that answers it.
 * @throws Error naming each capability that no agent, two agents or the wrong agent claims
 */
export function createActivities<Services>(
  agents: readonly Agent<Services>[],
  services: Services,
  dependencies: InvokeDependencies,
  capabilities: Readonly<Record<string, Capability>> = catalogue,
): ActivitiesByQueue {
  checkRegistry(agents, capabilities);
  return new Map(
    agents.map((agent) => {
      const handlers = agent.handlers(services);
      const activities = agent.capabilities.map((name) => {
        const capability = capabilities[name] as Capability;
        return [
          name,
          capabilityActivity(capability, handlers[name] as UntypedHandler, dependencies),
        ] as const;
      });
      return [taskQueueOf(agent.name), Object.fromEntries(activities)] as const;
    }),
  );
}

/** The same calls without Temporal around them, by capability. */
export function capabilityCalls<Services>(
  agents: readonly Agent<Services>[],
  services: Services,
  dependencies: CallDependencies,
  capabilities: Readonly<Record<string, Capability>> = catalogue,
): ReadonlyMap<string, CapabilityCall> {
  checkRegistry(agents, capabilities);
  const calls = agents.flatMap((agent) => {
    const handlers = agent.handlers(services);
    return agent.capabilities.map((name): [string, CapabilityCall] => [
      name,
      capabilityCall(capabilities[name] as Capability, handlers[name] as UntypedHandler, dependencies),
    ]);
  });
  return new Map(calls);
}

/** The calls of these agents alone. */
export function callsOf<Services>(
  agents: readonly Agent<Services>[],
  services: Services,
  dependencies: CallDependencies,
): ReadonlyMap<string, CapabilityCall> {
  const names = agents.flatMap(({ capabilities }) => [...capabilities]);
  const own = Object.fromEntries(names.map((name) => [name, catalogue[name]]));
  return capabilityCalls(agents, services, dependencies, own);
}

function checkRegistry(
  agents: readonly Agent<never>[] | readonly Agent<unknown>[],
  capabilities: Readonly<Record<string, Capability>>,
): void {
  const owners = new Map<string, string>();
  const wrong: string[] = [];
  for (const agent of agents) {
    for (const name of agent.capabilities as readonly string[]) {
      const owner = owners.get(name);
      const contract = Object.hasOwn(capabilities, name) ? capabilities[name] : undefined;
      if (owner !== undefined) wrong.push(`${name} is claimed by ${owner} and by ${agent.name}`);
      else if (!contract) wrong.push(`${name} of ${agent.name} is not in the catalogue`);
      else if (contract.agent !== agent.name)
        wrong.push(`${name} belongs to ${contract.agent}, but ${agent.name} claims it`);
      owners.set(name, agent.name);
    }
  }
  for (const [name, { agent }] of Object.entries(capabilities)) {
    if (!owners.has(name)) wrong.push(`no agent answers ${name} (its contract names ${agent})`);
  }
  if (wrong.length > 0) throw new Error(`The agents do not match the catalogue:\n  ${wrong.join('\n  ')}`);
}
