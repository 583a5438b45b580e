/** What a reference can name: context member, declared input, visible step and path of its result, `item` and the like. */
import { RequestContext, unreferencableContext } from '../contract/request-context';
import { pathKey } from './check-guards';
import { suggestPath } from './check-meant';
import { meansMisnamed } from './check-misnamed';
import {
  type CheckScope, findLocalType, findNode, isKnown, type Missing, stillMissing, type Typed, visibleNames,
} from './check-scope'; // prettier-ignore
import type { Checking, Report } from './check-session';
import type { StepNode } from './check-tree';
import { inputSchema } from './inputs';
import { parseReference, type Reference } from './reference';
import { localNames, type LocalName } from './scope';
import type { JsonSchema } from './signatures';
import { namesNull, schemaAt } from './types';

/** What a reference holds where it stands; what is known not to be null there is taken into account. */
export interface Found extends Typed {
  /** Its producer may give `null` for it, or for something above it. */
  mayBeNull: boolean;
  /** It names nothing. */
  wrong: { message: string; suggestion: string | undefined } | null;
}

const details: JsonSchema = {};
/** What `error` is in a handler, and `steps.x.error` when it is not `null`. */
export const errorSchema: JsonSchema = {
  type: 'object',
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    step: { type: 'string' },
    attempts: { type: 'integer' },
    details,
  },
  required: ['code', 'message', 'step', 'attempts', 'details'],
  additionalProperties: false,
};
const statusSchema: JsonSchema = {
  type: 'object',
  properties: {
    status: { type: 'string', enum: ['success', 'skipped', 'degraded'] },
    error: { anyOf: [errorSchema, { type: 'null' }] },
    attempts: { type: 'integer' },
  },
  additionalProperties: false,
};

const hiddenContext: readonly string[] = unreferencableContext;
const contextSchema: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(RequestContext.properties).filter(([name]) => !hiddenContext.includes(name)),
  ),
  additionalProperties: false,
};
const contextNames = Object.keys(contextSchema.properties ?? {});

/** Finds out without reporting. */
export function lookUp(reference: Reference, scope: CheckScope, checking: Checking): Found {
  const found = find(reference, scope, checking);
  return found.wrong && meansMisnamed(reference, checking) ? { ...found, wrong: null } : found;
}

function find(reference: Reference, scope: CheckScope, checking: Checking): Found {
  const start = startOf(reference, scope, checking);
  if ('message' in start) return wrongly(start.message, start.suggestion);
  const { schema, path, missing } = start;
  const found = schemaAt(schema, path);
  if ('failedAt' in found) return noMember(reference, found, path, checking);
  const prefix = reference.path.slice(0, reference.path.length - path.length);
  const known = (length: number): boolean =>
    isKnown(scope, pathKey({ root: reference.root, path: [...prefix, ...path.slice(0, length)] }));
  return {
    schema: 'schema' in found ? found.schema : {},
    missing: known(0) ? [] : stillMissing(scope, missing),
    mayBeNull: reference.root !== 'ctx' && mayBeNullAt(schema, path, known),
    wrong: null,
  };
}

/** Finds out, and reports what is wrong with it. */
export function checkReference(
  reference: Reference,
  pointer: string,
  scope: CheckScope,
  checking: Checking,
  report: Report = checking.report,
): Found {
  const found = lookUp(reference, scope, checking);
  const { wrong } = found;
  if (wrong)
    report('REFERENCE_UNRESOLVED', pointer, `"${reference.text}": ${wrong.message}`, wrong.suggestion);
  return found;
} // prettier-ignore

interface Start extends Typed {
  path: string[];
}
interface Wrong {
  message: string;
  suggestion: string | undefined;
}

function startOf(reference: Reference, scope: CheckScope, checking: Checking): Start | Wrong {
  const { root, path } = reference;
  const [head, ...rest] = path;
  if (isLocal(root)) return startOfLocal(reference, root, scope);
  if (head === undefined)
    return { message: `name something of ${root}, as in ${root}.x`, suggestion: undefined };
  switch (root) {
    case 'ctx':
      return startOfContext(head, path, checking);
    case 'inputs':
      return startOfInput(head, rest, checking);
    case 'state':
    case 'steps': {
      const node = findNode(scope, head);
      if (!node) return noStep(reference, head, scope, checking);
      if (root === 'state') return { ...checking.resultOf(node), path: rest };
      const why = 'is null unless the step failed';
      const missing = rest[0] === 'error' && rest.length > 1 ? [{ chain: [`steps.${head}.error`], why, parts: null }] : [];
      return { schema: statusSchema, missing, path: rest };
    } // prettier-ignore
  }
}

function isLocal(root: Reference['root']): root is LocalName {
  return (localNames as readonly string[]).includes(root);
}

function startOfLocal({ path }: Reference, root: LocalName, scope: CheckScope): Start | Wrong {
  const type = findLocalType(scope, root);
  if (!type) return { message: `there is no "${root}" here: ${whereLocals[root]}`, suggestion: undefined };
  const { schema, missing } = type();
  // What is itself null is data; only below it there is nothing.
  return { schema, missing: path.length === 0 ? [] : missing, path };
}

const whereLocals: Record<LocalName, string> = {
  item: 'it is what a map goes through, in its `do`',
  index: 'it is a place in a map or a round of a repeat, in their `do`',
  last: 'it is the newest result of a repeat, in its `do` and `until`',
  error: 'it is the failure, in `on_error` and `fallback`',
};

function startOfContext(head: string, path: string[], checking: Checking): Start | Wrong {
  if (contextNames.includes(head)) return { schema: contextSchema, missing: [], path };
  if (hiddenContext.includes(head))
    return { message: 'it differs from run to run, so no pattern may read it', suggestion: undefined };
  const suggestion = checking.suggest(head, contextNames, 'ctx.');
  return { message: `the context has no "${head}"`, suggestion };
}

function startOfInput(head: string, path: string[], checking: Checking): Start | Wrong {
  const inputs = checking.pattern.inputs ?? {};
  const input = Object.hasOwn(inputs, head) ? inputs[head] : undefined;
  if (!input) {
    const isUnclear = checking.bad.has('/inputs');
    if (isUnclear) return { schema: {}, missing: [], path };
    const suggestion = checking.suggest(head, Object.keys(inputs), 'inputs.');
    return { message: `the pattern has no input "${head}"`, suggestion };
  }
  if (checking.bad.has(`/inputs/${head}`)) return { schema: {}, missing: [], path };
  const isGiven = input.required === true || Object.hasOwn(input, 'default');
  const why = 'is an optional input without a default';
  return {
    schema: inputSchema(input),
    missing: isGiven ? [] : [{ chain: [`inputs.${head}`], why, parts: null }],
    path,
  };
}

function noStep(reference: Reference, head: string, scope: CheckScope, checking: Checking): Wrong {
  const elsewhere = checking.tree.all.find(({ name }) => name === head);
  if (elsewhere) return { message: notVisible(head, elsewhere), suggestion: insteadOf(elsewhere) };
  const isBare = !/^(state|steps)\./.test(reference.text);
  const suggestion = isBare
    ? suggestBare(reference.text, scope, checking)
    : checking.suggest(head, visibleNames(scope), `${reference.root}.`);
  return { message: `there is no step "${head}"`, suggestion };
}

/** What was meant by a path that begins with no known word. */
export function suggestBare(text: string, scope: CheckScope, checking: Checking): string | undefined {
  const tryPath = (path: string): Found['wrong'] => find(parseReference(path), scope, checking).wrong;
  return suggestPath(text, scope, checking, contextNames, tryPath);
}

function notVisible(name: string, { parent }: StepNode): string {
  if (!parent) return `the step "${name}" cannot be seen here`;
  const label = parent.name === null ? `a ${parent.kind} step` : `"${parent.name}"`;
  if (parent.kind === 'steps')
    return `the step "${name}" is inside the group ${label}; outside only the group's result can be seen`;
  return `the step "${name}" is inside ${label}; it is there for that alone`;
}

function insteadOf({ parent }: StepNode): string | undefined {
  const name = parent?.name ?? null;
  if (name === null) return undefined;
  return parent?.kind === 'steps'
    ? `name it in the outputs of "${name}" and read state.${name}`
    : `read state.${name}`;
}

function noMember(
  reference: Reference,
  { failedAt, known }: { failedAt: string; known: string[] },
  path: string[],
  checking: Checking,
): Found {
  const place = reference.path.length - path.length + path.indexOf(failedAt);
  const root = /^(ctx|inputs|state|steps|item|index|last|error)\b/.test(reference.text) ? [reference.root] : [];
  const above = [...root, ...reference.path.slice(0, place)].join('.');
  const some = known.slice(0, 12).join(', ');
  const message = `there is no "${failedAt}" in ${above}${some === '' ? '' : `, only ${some}`}`;
  return wrongly(message, checking.suggest(failedAt, known, `${above}.`));
} // prettier-ignore

function wrongly(message: string, suggestion: string | undefined): Found {
  return { schema: {}, missing: [], mayBeNull: false, wrong: { message, suggestion } };
}

/** Whether something on the way can be `null` as data: what is there and what it holds are two things. */
function mayBeNullAt(schema: JsonSchema, path: string[], known: (length: number) => boolean): boolean {
  for (let length = 0; length <= path.length; length += 1) {
    const found = schemaAt(schema, path.slice(0, length));
    if (!('schema' in found)) return false;
    if (namesNull(found.schema) && !known(length)) return true;
  }
  return false;
}

/** The first reason in words: `"ratings" has a condition`. */
export function reasonOf({ chain, why }: Missing): string {
  const [first = '', ...rest] = chain;
  const through = rest.length === 0 ? '' : `, so ${rest.map((name) => `"${name}"`).join(' and ')} may be too`;
  return `"${first}" ${why}${through}`;
}

/** How a missing value is made certain, or its absence is said. */
export function fixFor(reference: Reference, { chain }: Missing): string {
  const [first = ''] = chain;
  if (first.startsWith('inputs.')) return `make ${first} required or give it a default`;
  const key = pathKey({ root: reference.root, path: reference.path.slice(0, reference.root === 'state' ? 1 : 0) });
  const condition = first.startsWith('steps.') ? `${first} != null` : `${key} != null`;
  const isStep = reference.root === 'state';
  return `add "condition": "${condition}"${isStep ? ` to say so, or give "${first}" a fallback` : ''}`;
} // prettier-ignore
