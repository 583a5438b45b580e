/** Agents from outside: `agents/<name>.json` declares capabilities that a worker of another project serves on its own queue. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TSchema } from '@sinclair/typebox';
import type { Problem } from '../contract/errors';
import { capabilitiesOf, type Capability, type CapabilityAlias, taskQueueOf } from './capability';
import { checkAgentFile } from './external-agent-check';
import type { AgentFile, ExternalPolicy } from './external-agent-schema';

/** What every own capability has, and where and by which codes an outside one answers. */
export interface ExternalCapability extends Capability {
  source: 'external';
  task_queue: string;
  /** Codes that it declares beside those of the table of errors. */
  errors: readonly string[];
}

export interface ExternalAgent {
  agent: string;
  task_queue: string;
  file: string;
  capabilities: readonly ExternalCapability[];
}

export interface ExternalAgents {
  /** Of a file with problems there is no agent. */
  agents: ExternalAgent[];
  /** Each with its file. */
  problems: (Problem & { file: string })[];
}

/** What outside names must not clash with. */
export interface OwnNames {
  catalogue: Readonly<Record<string, Capability>>;
  aliases: readonly CapabilityAlias[];
}

/**
 * Reads the agents' files of some folders. Never throws for what a file says.
 * @throws Error when a folder is not there
 */
export function loadExternalAgents(folders: string | readonly string[], own: OwnNames): ExternalAgents {
  const files = [folders].flat().flatMap(filesIn);
  const taken = namesOf(own);
  const result: ExternalAgents = { agents: [], problems: [] };
  for (const file of files) {
    const { content, problems } = read(file);
    problems.push(...(content === null ? [] : checkAgentFile(content, path.basename(file, '.json'), taken)));
    result.problems.push(...problems.map((problem) => ({ ...problem, file })));
    if (problems.length > 0 || content === null) continue;
    const agent = toAgent(content as AgentFile, file);
    result.agents.push(agent);
    taken.agents.set(agent.agent, file);
    taken.queues.set(agent.task_queue, file);
    for (const { name } of agent.capabilities) taken.capabilities.set(name, file);
  }
  return result;
}

/** By name; what `signaturesOf` takes beside the own catalogue. */
export function externalCatalogue(agents: readonly ExternalAgent[]): Record<string, ExternalCapability> {
  const all = agents.flatMap(({ capabilities }) => capabilities);
  return Object.fromEntries(all.map((capability) => [capability.name, capability]));
}

/** Where its activities are asked for. */
export function queueOf(capability: Capability | ExternalCapability): string {
  return 'task_queue' in capability ? capability.task_queue : taskQueueOf(capability.agent);
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'schema.json')
    .sort()
    .map((file) => path.join(folder, file));
}

function read(file: string): { content: unknown; problems: Problem[] } {
  try {
    return { content: JSON.parse(readFileSync(file, 'utf8')) as unknown, problems: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { content: null, problems: [{ code: 'AGENT_INVALID', pointer: '', message }] };
  }
}

function namesOf({ catalogue, aliases }: OwnNames): Parameters<typeof checkAgentFile>[2] {
  const ours = 'this project';
  const own = Object.values(catalogue);
  const names = [...own, ...aliases].map(({ name }) => name);
  return {
    agents: new Map(own.map(({ agent }) => [agent, ours])),
    queues: new Map([['engine', ours], ...own.map(({ agent }) => [taskQueueOf(agent), ours] as const)]),
    capabilities: new Map(names.map((name) => [name, ours])),
  };
}

function toAgent({ agent, task_queue, capabilities }: AgentFile, file: string): ExternalAgent {
  const define = capabilitiesOf(agent);
  return {
    agent,
    task_queue,
    file,
    capabilities: capabilities.map((declared): ExternalCapability => {
      const { name, summary, effect, pure, version = '1', errors = [] } = declared;
      const [args, result] = [declared.args, declared.result] as TSchema[] as [TSchema, TSchema];
      const policy = policyOf(declared.policy ?? {});
      const capability = define({
        name,
        summary,
        args,
        result,
        effect,
        pure: pure ?? false,
        version,
        policy,
      });
      return { ...capability, source: 'external', task_queue, errors };
    }),
  };
}

/** Members that are given, in the words of the catalogue; `capabilitiesOf` fills in the others. */
function policyOf(policy: ExternalPolicy): Partial<Capability['policy']> {
  const { start_to_close_timeout, maximum_attempts, initial_interval, backoff_coefficient, maximum_interval } = policy;
  return {
    ...(start_to_close_timeout !== undefined && { startToCloseTimeout: start_to_close_timeout }),
    ...(maximum_attempts !== undefined && { maximumAttempts: maximum_attempts }),
    ...(initial_interval !== undefined && { initialInterval: initial_interval }),
    ...(backoff_coefficient !== undefined && { backoffCoefficient: backoff_coefficient }),
    ...(maximum_interval !== undefined && { maximumInterval: maximum_interval }),
  };
} // prettier-ignore
