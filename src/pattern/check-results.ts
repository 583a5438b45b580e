/** What each step gives: the schema of its result, and why there may be none. Reports nothing. */
import { findPattern } from './check-context';
import { errorSchema, lookUp } from './check-references';
import {
  bounded,
  closed,
  orNull,
  referenceIn,
  schemaOfCompute,
  schemaOfOutputs,
  schemaOfTemplate,
} from './check-schemas';
import type { Missing, Typed } from './check-scope';
import type { Checking } from './check-session';
import { inputsSchemaOf } from './check-validators';
import { firstRound, type StepNode } from './check-tree';
import { itemsOf, union } from './expression-types-schemas';
import type { Reference } from './reference';
import type { LocalName } from './scope';
import type { JsonSchema } from './signatures';
import { isNullable } from './types';

const unknown: Typed = { schema: {}, missing: [] };
/** Reasons that are told of one value. */
const maximumReasons = 4;

/** Remembers what it found; a step that waits for itself has no type, and is a problem of its own. */
export function resultsOf(checking: Checking): Checking['resultOf'] {
  const known = new Map<StepNode, Typed>();
  return (node) => {
    const found = known.get(node);
    if (found) return found;
    known.set(node, unknown);
    const result = node.isOpaque ? unknown : resultOf(node, checking);
    known.set(node, result);
    return result;
  };
}

function resultOf(node: StepNode, checking: Checking): Typed {
  const handled = node.handlers.map(({ use, scope }): Typed & { isValue: boolean } => {
    if ('node' in use) return { ...checking.resultOf(use.node), isValue: false };
    const reference = referenceIn(use.value);
    const missing = reference ? lookUp(reference, scope, checking).missing : [];
    return { schema: schemaOfTemplate(use.value, scope, checking), missing, isValue: true };
  });
  // A value in place of a capability's result fits that result's schema.
  const others = handled.filter(({ isValue }) => !isValue || node.kind !== 'capability');
  const own = ownSchema(node, checking);
  const schema = others.length === 0 ? own : union([own, ...others.map((other) => other.schema)]);
  return { schema: bounded(schema), missing: missingOf(node, handled, checking) };
}

function missingOf(node: StepNode, handled: Typed[], checking: Checking): Missing[] {
  const { step } = node;
  const name = node.name ?? node.kind;
  const found: Missing[] = [];
  if (step.condition !== undefined && step.condition.trim() !== 'true') {
    const { parts } = node.scope.guards;
    found.push({ chain: [name], why: 'has a condition', parts: parts.length === 0 ? null : parts });
  }
  const fed = neededBy(node, checking).flatMap(({ missing }) => missing);
  found.push(...fed.map(({ chain, why, parts }) => ({ chain: [...chain, name], why, parts })));
  const isCaught = node.handlers.some(({ match }) => match.includes('*'));
  if (step.optional === true && !isCaught) found.push({ chain: [name], why: 'is optional', parts: null });
  if (handled.some(({ missing }) => missing.length > 0))
    found.push({ chain: [name], why: 'may be caught by a handler without a value', parts: null });
  return found.slice(0, maximumReasons);
}

export interface Needed {
  reference: Reference;
  pointer: string;
  missing: Missing[];
}

/** The references without whose value the step is skipped. */
export function neededBy(node: StepNode, checking: Checking): Needed[] {
  const { step, pointer, scope } = node;
  const needed: [template: unknown, pointer: string][] = [
    [step.map?.in, `${pointer}/map/in`],
    [step.wait?.until, `${pointer}/wait/until`],
  ];
  const schema = argumentsOf(node, checking);
  for (const name of schema?.required ?? []) {
    const target = schema?.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    const template = step.args && Object.hasOwn(step.args, name) ? step.args[name] : undefined;
    if (target && !isNullable(target)) needed.push([template, `${pointer}/args/${name}`]);
  }
  return needed.flatMap(([template, at]) => {
    const reference = referenceIn(template);
    if (!reference) return [];
    const { missing } = lookUp(reference, scope, checking);
    return missing.length === 0 ? [] : [{ reference, pointer: at, missing }];
  });
} // prettier-ignore

/** The schema of what a capability or pattern takes; `null` for other steps, and when there is no such one. */
export function argumentsOf({ step }: StepNode, { context }: Checking): JsonSchema | null {
  if (step.capability !== undefined) return context.signatures.get(step.capability)?.args ?? null;
  const pattern = step.pattern === undefined ? null : findPattern(step.pattern, context);
  return pattern && inputsSchemaOf(pattern);
}

function ownSchema(node: StepNode, checking: Checking): JsonSchema {
  const { step, scope, inner } = node;
  switch (node.kind) {
    case 'capability':
      return checking.context.signatures.get(step.capability ?? '')?.result ?? {};
    case 'pattern': {
      const pattern = findPattern(step.pattern ?? '', checking.context);
      return pattern ? checking.outputsOf(pattern) : {};
    }
    case 'steps':
      if (step.outputs === undefined) return closed({});
      return typeof step.outputs === 'string'
        ? schemaOfTemplate(step.outputs, inner, checking)
        : schemaOfOutputs(step.outputs, inner, checking);
    case 'map':
      return { type: 'array', items: mapItems(node, checking) };
    case 'repeat':
      return node.do ? orNull(checking.resultOf(node.do)) : {};
    case 'compute':
      return schemaOfCompute(step.compute ?? '', scope, checking);
    case 'approval':
      return approvalSchema(step.approval?.form);
    case 'wait':
    case 'assert':
      return { type: 'boolean', const: true };
  }
}

function mapItems(node: StepNode, checking: Checking): JsonSchema {
  if (!node.do) return {};
  const { schema, missing } = checking.resultOf(node.do);
  const isCollected = node.step.map?.on_item_error === 'collect';
  return isCollected || missing.length > 0 ? union([schema, { type: 'null' }]) : schema;
}

function approvalSchema(form: Record<string, unknown> | undefined): JsonSchema {
  return closed({
    decision: { type: 'string', enum: ['approve'] },
    data: form ?? {},
    by: { type: 'string' },
    at: { type: 'string', format: 'date-time' },
  });
}

/** What `item`, `index`, `last` and `error` hold. */
export function localType(node: StepNode, name: LocalName, checking: Checking): Typed {
  switch (name) {
    case 'item':
      return { schema: itemsOf(schemaOfTemplate(node.step.map?.in, node.scope, checking)), missing: [] };
    case 'index':
      return { schema: { type: 'integer', minimum: 0 }, missing: [] };
    case 'error':
      return { schema: errorSchema, missing: [] };
    case 'last': {
      const { schema, missing } = node.do ? checking.resultOf(node.do) : unknown;
      const first = { chain: ['last'], why: firstRound, parts: null };
      return { schema: union([schema, { type: 'null' }]), missing: [first, ...missing] };
    }
  }
}
