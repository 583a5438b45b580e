/** References and templates, as the model reads them. */
import type { JsonStep } from './program';

/** How a step ended, for those that name it. */
export interface Ended {
  status: 'success' | 'skipped' | 'degraded';
  value: unknown;
  missing: boolean;
  error: { code: string; step: string; attempts: number; details: unknown } | null;
  attempts: number;
}

/** The names that a step sees: those of its own list, of the lists around it, and the locals of maps, loops and handlers. */
export interface Frame {
  parent: Frame | null;
  ended: Map<string, Ended>;
  locals: Record<string, unknown>;
}

export interface Seen {
  frame: Frame;
  inputs: Record<string, unknown>;
}

/** A mistake in the pattern. */
export class Mistake extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export function inner(parent: Frame | null, locals: Record<string, unknown> = {}): Frame {
  return { parent, ended: new Map(), locals };
}

export type Resolved = { value: unknown; missing?: never } | { missing: string; value: null };

const localNames = ['item', 'index', 'last', 'error'];

/** @throws Mistake when there is nothing */
export function resolvePath(path: string[], { frame, inputs }: Seen): Resolved {
  const [root = '', head = '', ...rest] = path;
  if (root === 'inputs') {
    return Object.hasOwn(inputs, head)
      ? { value: walk(inputs[head], rest) }
      : { missing: path.join('.'), value: null };
  }
  if (localNames.includes(root)) {
    for (let at: Frame | null = frame; at !== null; at = at.parent) {
      if (!Object.hasOwn(at.locals, root)) continue;
      const local = at.locals[root];
      if (root === 'last' && local === null && path.length > 1)
        return { missing: path.join('.'), value: null };
      return { value: walk(local, path.slice(1)) };
    }
    throw new Mistake('REFERENCE_UNRESOLVED');
  }
  // A bare name is a step's.
  if (root !== 'state' && root !== 'steps') return resolvePath(['state', ...path], { frame, inputs });
  const step = find(frame, head);
  if (root === 'state')
    return step.missing ? { missing: head, value: null } : { value: walk(step.value, rest) };
  if (step.error === null && rest[0] === 'error' && rest.length > 1)
    return { missing: path.join('.'), value: null };
  return { value: walk({ status: step.status, error: step.error, attempts: step.attempts }, rest) };
}

function find(frame: Frame, name: string): Ended {
  for (let at: Frame | null = frame; at !== null; at = at.parent) {
    const step = at.ended.get(name);
    if (step) return step;
  }
  throw new Mistake('REFERENCE_UNRESOLVED');
}

function walk(value: unknown, path: string[]): unknown {
  return path.reduce((at, segment) => {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, segment)) {
      throw new Mistake('REFERENCE_UNRESOLVED');
    }
    return (at as Record<string, unknown>)[segment];
  }, value);
}

const braces = /(\\?)\{\{([^{}]*)\}\}/g;

/** The path of a string that is one reference and nothing else. */
export function wholePath(text: string): string[] | null {
  const [, path] = /^\s*\{\{([^{}]*)\}\}\s*$/.exec(text) ?? [];
  return path === undefined ? null : path.trim().split('.');
}

export function fill(template: unknown, seen: Seen): Resolved {
  if (typeof template === 'string') {
    const whole = wholePath(template);
    return whole ? resolvePath(whole, seen) : { value: fillText(template, seen) };
  }
  if (Array.isArray(template)) return { value: template.map((item) => fill(item, seen).value) };
  if (template === null || typeof template !== 'object') return { value: template };
  return {
    value: Object.fromEntries(
      Object.entries(template).map(([key, member]) => [key, fill(member, seen).value]),
    ),
  };
}

function fillText(text: string, seen: Seen): string {
  return text.replace(braces, (all, escaped: string, path: string) => {
    if (escaped !== '') return all.slice(1);
    const { value } = resolvePath(path.trim().split('.'), seen);
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new Mistake('REFERENCE_UNRESOLVED');
  });
}

/** The paths that a template names. */
export function pathsIn(template: unknown): string[][] {
  if (typeof template === 'string') {
    return [...template.matchAll(braces)]
      .filter(([, escaped]) => escaped === '')
      .map(([, , path = '']) => path.trim().split('.'));
  }
  if (template === null || typeof template !== 'object') return [];
  return Object.values(template).flatMap(pathsIn);
}

/** A list of names as outputs, or outputs as they are. */
export function outputsOf(outputs: JsonStep['outputs']): string | Record<string, unknown> {
  if (outputs === undefined) return {};
  if (!Array.isArray(outputs)) return outputs;
  return Object.fromEntries(outputs.map((name) => [name, `{{state.${name}}}`]));
}
