/** The names of steps: there where they are needed, well formed, and given once in the whole file. */
import type { Problem } from '../contract/errors';
import type { PlacedStep } from './check-walk';
import { reservedNames } from './schema';
import { kindOf, nameOf, namePattern, type Step } from './step-schema';

/** Looks only at steps that have a kind and, if any, a text as `as`. */
export function checkNames(placed: readonly PlacedStep[]): Problem[] {
  const taken = new Set<string>();
  return placed.flatMap(({ step, pointer: at, place }) => {
    if (!isNameable(step)) return [];
    const name = place === 'list' ? nameOf(step) : (step.as ?? null);
    const pointer = `${at}/as`;
    if (name === null)
      return place === 'list' ? [problem(at, `a ${kindOf(step) ?? ''} step needs an \`as\``)] : [];
    if (reservedNames.includes(name)) return [problem(pointer, `"${name}" is a reserved word`)];
    if (!new RegExp(namePattern).test(name))
      return [problem(pointer, `"${name}" is no step name; give the step an \`as\` such as "my_result"`)];
    if (taken.has(name)) return [problem(pointer, `two steps are named "${name}"`)];
    taken.add(name);
    return [];
  });
}

/** Names that steps have and may not have. References to them are right as soon as the name is. */
export function misnamedOf(placed: readonly PlacedStep[]): Set<string> {
  const names = placed.flatMap(({ step }) => (isNameable(step) ? (nameOf(step) ?? []) : []));
  return new Set(names.filter((name) => reservedNames.includes(name) || !new RegExp(namePattern).test(name)));
}

function isNameable(step: unknown): step is Step {
  if (typeof step !== 'object' || step === null || kindOf(step) === null) return false;
  const { as, capability } = step as Record<string, unknown>;
  return as === undefined
    ? capability === undefined || typeof capability === 'string'
    : typeof as === 'string';
}

function problem(pointer: string, message: string): Problem {
  return { code: 'PATTERN_INVALID', pointer, message };
}
