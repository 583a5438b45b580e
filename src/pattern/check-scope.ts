/** What a step can see, before anything runs: the steps of the lists around it, `item` and the like, and what is known there. */
import type { Guards } from './check-guards';
import type { StepNode } from './check-tree';
import type { LocalName } from './scope';
import type { JsonSchema } from './signatures';

/** Why a value may be missing. */
export interface Missing {
  /** The names it went through, the first the one that is missing on its own account. */
  chain: string[];
  /** Of the first: "has a condition". */
  why: string;
  /** When a condition is all there is to it: its parts. Where they hold, it is not missing. */
  parts: string[] | null;
}

/** What is known of a value: `{}` as schema when nothing is. */
export interface Typed {
  schema: JsonSchema;
  /** Empty when it is certain to be there. */
  missing: Missing[];
}

export interface CheckScope {
  parent: CheckScope | null;
  steps: ReadonlyMap<string, StepNode>;
  /** Asked for when needed: a loop's `last` is what its own step gives. */
  locals: Readonly<Partial<Record<LocalName, () => Typed>>>;
  guards: Guards;
}

const nothing: Guards = { paths: [], parts: [] };

export function openScope(parent: CheckScope | null, own: Partial<Omit<CheckScope, 'parent'>> = {}): CheckScope {
  return { parent, steps: own.steps ?? new Map(), locals: own.locals ?? {}, guards: own.guards ?? nothing };
} // prettier-ignore

function* outwards(scope: CheckScope): Generator<CheckScope> {
  for (let at: CheckScope | null = scope; at !== null; at = at.parent) yield at;
}

export function findNode(scope: CheckScope, name: string): StepNode | undefined {
  for (const { steps } of outwards(scope)) {
    const found = steps.get(name);
    if (found) return found;
  }
  return undefined;
}

export function findLocalType(scope: CheckScope, name: LocalName): (() => Typed) | undefined {
  for (const { locals } of outwards(scope)) if (locals[name]) return locals[name];
  return undefined;
}

/** The names of all steps that can be seen, the nearest first. */
export function visibleNames(scope: CheckScope): string[] {
  return [...outwards(scope)].flatMap(({ steps }) => [...steps.keys()]);
}

/** Whether a path, as `pathKey` writes it, is known not to be null here. */
export function isKnown(scope: CheckScope, key: string): boolean {
  for (const { guards } of outwards(scope)) if (guards.paths.includes(key)) return true;
  return false;
}

/** Without the reasons that cannot hold here, because the same conditions were true on the way. */
export function stillMissing(scope: CheckScope, missing: Missing[]): Missing[] {
  if (missing.length === 0) return missing;
  const parts = new Set([...outwards(scope)].flatMap(({ guards }) => guards.parts));
  return missing.filter((one) => !one.parts?.every((part) => parts.has(part)));
}
