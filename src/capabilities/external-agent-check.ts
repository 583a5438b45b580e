/** Checks one agent's file: its shape, its names among those that are taken, its JSON Schemas. */
import type { Problem } from '../contract/errors';
import { compileSchema, escapePointer } from '../validate';
import { AgentFile } from './external-agent-schema';

/** By name, whose it is: a file, or this project. */
export interface TakenNames {
  agents: Map<string, string>;
  queues: Map<string, string>;
  capabilities: Map<string, string>;
}

const problemsOfShape = compileSchema(AgentFile);

/** @param expectedName the file's name without `.json` */
export function checkAgentFile(content: unknown, expectedName: string, taken: TakenNames): Problem[] {
  const shape = problemsOfShape(content).map(({ pointer, message }) => problem(pointer, message));
  if (shape.length > 0) return shape;
  const { agent, task_queue, capabilities } = content as AgentFile;
  const problems: Problem[] = [];
  if (agent !== expectedName)
    problems.push(problem('/agent', `the file's name says "${expectedName}", this says "${agent}"`));
  problems.push(...clash('/agent', 'agent', agent, taken.agents));
  problems.push(...clash('/task_queue', 'task queue', task_queue, taken.queues));
  const names = new Map(taken.capabilities);
  capabilities.forEach((capability, i) => {
    const pointer = `/capabilities/${String(i)}`;
    problems.push(...clash(`${pointer}/name`, 'capability', capability.name, names));
    names.set(capability.name, 'this file');
    problems.push(...checkCapability(capability, pointer));
  });
  return problems;
}

function clash(pointer: string, what: string, name: string, taken: ReadonlyMap<string, string>): Problem[] {
  const owner = taken.get(name);
  return owner === undefined
    ? []
    : [problem(pointer, `the ${what} "${name}" is taken by ${owner}`, 'choose another name')];
}

function checkCapability(
  { args, result, effect, pure }: AgentFile['capabilities'][number],
  pointer: string,
): Problem[] {
  const problems = [...checkSchema(args, `${pointer}/args`), ...checkSchema(result, `${pointer}/result`)];
  if (args['type'] !== 'object')
    problems.push(
      problem(`${pointer}/args`, 'arguments are an object', 'give the schema `"type": "object"`'),
    );
  if (effect === 'write' && pure === true)
    problems.push(
      problem(
        `${pointer}/pure`,
        'a capability with an effect is not pure: a remembered result would skip it',
      ),
    );
  return problems;
}

function checkSchema(schema: Record<string, unknown>, pointer: string): Problem[] {
  const references = pointersOf(schema, '$ref', pointer);
  if (references.length > 0) {
    return references.map((at) =>
      problem(at, 'schemas are written out', 'replace the $ref by what it names'),
    );
  }
  try {
    compileSchema(schema);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [problem(pointer, `no strict JSON Schema 2020-12: ${message}`)];
  }
}

/** Where a keyword stands. A property of that name is none: it is the schema of a member. */
function pointersOf(value: unknown, keyword: string, pointer: string): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = `${pointer}/${escapePointer(key)}`;
    const isKeyword = key === keyword && typeof member === 'string';
    return isKeyword ? [at] : pointersOf(member, keyword, at);
  });
}

function problem(pointer: string, message: string, suggestion?: string): Problem {
  return { code: 'AGENT_INVALID', pointer, message, ...(suggestion !== undefined && { suggestion }) };
}
