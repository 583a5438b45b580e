/** What a check carries along: the pattern, what it may name, and where problems go. */
import type { Problem } from '../contract/errors';
import type { CheckContext } from './check-context';
import type { Typed } from './check-scope';
import type { StepNode, StepTree } from './check-tree';
import { nearest } from './nearest';
import { type ProblemCode, problemCodes } from './problem-codes';
import type { Pattern } from './schema';
import type { JsonSchema } from './signatures';

export interface Checking {
  pattern: Pattern;
  context: CheckContext;
  tree: StepTree;
  /** Pointers of inputs whose declaration is wrong: nothing is known of their values. */
  bad: Set<string>;
  /** Names that steps have and may not have. */
  misnamed: ReadonlySet<string>;
  report: Report;
  /** So many problems that nobody reads more: the rest is not looked at. */
  isFull(): boolean;
  /** "did you mean x?" for the nearest of the names, or `undefined`. */
  suggest(name: string, candidates: Iterable<string>, prefix?: string): string | undefined;
  resultOf(node: StepNode): Typed;
  /** What a pattern that is run by a step gives. */
  outputsOf(pattern: Pattern): JsonSchema;
  /** The tree of a pattern that is run by a step. */
  treeOf(pattern: Pattern): StepTree;
  /** What is wrong with a pattern that is run by a step. */
  problemsOf(pattern: Pattern): readonly Problem[];
  /** How many parts of schemas and templates may still be looked at, and characters of schemas that the pattern declares. */
  fuel: { left: number; declared: number };
}

export type Report = (code: ProblemCode, pointer: string, message: string, suggestion?: string) => void;

export interface Collector {
  report: Report;
  isFull: Checking['isFull'];
  suggest: Checking['suggest'];
  problems: Problem[];
  warnings: Problem[];
}

/** More than anybody reads. */
const maximumProblems = 500;
const longestText = 500;
/** Comparisons of names, in pairs of letters: past this nothing is suggested any more. */
const maximumSuggesting = 20_000_000;

/** Sorts by severity; says the same of one place once. */
export function collector({ strict = false }: { strict?: boolean } = {}): Collector {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const seen = new Set<string>();
  let suggesting = 0;
  return {
    problems,
    warnings,
    isFull: () => problems.length >= maximumProblems,
    report: (code, pointer, message, suggestion) => {
      const list = strict || problemCodes[code].severity === 'error' ? problems : warnings;
      const key = JSON.stringify([code, pointer, message]);
      if (seen.has(key) || list.length >= maximumProblems) return;
      seen.add(key);
      const more = suggestion === undefined ? {} : { suggestion: clip(suggestion) };
      list.push({ code, pointer, message: clip(message), ...more });
    },
    suggest: (name, candidates, prefix = '') => {
      const names = [...candidates];
      suggesting += names.reduce((sum, candidate) => sum + candidate.length, 0) * Math.min(name.length, 128);
      const found = suggesting > maximumSuggesting ? null : nearest(name, names);
      return found === null ? undefined : `did you mean ${prefix}${found}?`;
    },
  };
}

function clip(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** How many parts a schema has; stops counting past `limit`. */
export function sizeOf(schema: JsonSchema, limit: number): number {
  let count = 0;
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || count > limit) return;
    count += 1;
    for (const member of Object.values(part)) visit(member);
  };
  visit(schema);
  return count;
}
