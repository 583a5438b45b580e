/**
 * References `{{ctx.x}}`, `{{inputs.x}}`, `{{state.x.y}}`, `{{steps.x.status}}`, `{{item}}`, `{{index}}`, `{{last}}`,
 * `{{error.x}}`: parsed, found in templates, resolved.
 *
 * - One pass: text that came from data is never looked at again.
 * - Own properties only; `__proto__`, `prototype` and `constructor` are refused.
 * - A path below a missing value (a skipped step, an optional input that was not given) is missing too.
 */
import { EngineError } from '../contract/errors';
import { findLocal, findStep, localNames, type LocalName, type Scope } from './scope';

export type Root = 'ctx' | 'inputs' | 'state' | 'steps' | LocalName;

export interface Reference {
  root: Root;
  path: string[];
  /** As written, without the braces. */
  text: string;
}

/** A value, or that it is missing and because of whom. */
export type Resolved = { value: unknown; missing?: never } | { missing: string; value?: never };

export const roots: readonly string[] = ['ctx', 'inputs', 'state', 'steps', ...localNames];
const refused: readonly string[] = ['__proto__', 'prototype', 'constructor'];
const pattern = /(\\)?\{\{([^{}]*)\}\}/g;

/**
 * Reads what stands between the braces. A bare `x.y` means `state.x.y`, as older files have it.
 * @throws EngineError REFERENCE_UNRESOLVED when it is not a path, or names a forbidden segment
 */
export function parseReference(text: string): Reference {
  const trimmed = text.trim();
  const segments = trimmed.split('.');
  if (segments.some((segment) => segment === '' || /\s/.test(segment))) {
    throw new EngineError(
      'REFERENCE_UNRESOLVED',
      `"{{${trimmed}}}" is not a path such as state.positions.0.value`,
    );
  }
  const bad = segments.find((segment) => refused.includes(segment));
  if (bad !== undefined)
    throw new EngineError('REFERENCE_UNRESOLVED', `"{{${trimmed}}}" names "${bad}", which is refused`);
  const [first = '', ...rest] = segments;
  return roots.includes(first)
    ? { root: first as Root, path: rest, text: trimmed }
    : { root: 'state', path: segments, text: trimmed };
}

/** The step a reference waits for, if it names one. */
export function stepOf(reference: Reference): string | null {
  return reference.root === 'state' || reference.root === 'steps' ? (reference.path[0] ?? null) : null;
}

/** The reference that a whole string consists of, or `null`. */
export function wholeReference(text: string): Reference | null {
  const match = /^\s*\{\{([^{}]*)\}\}\s*$/.exec(text);
  return match ? parseReference(match[1] ?? '') : null;
}

/** All references of a template, with the JSON pointer of the string they stand in. */
export function referencesIn(template: unknown, pointer = ''): { reference: Reference; pointer: string }[] {
  if (typeof template === 'string') {
    return [...template.matchAll(pattern)]
      .filter((match) => match[1] === undefined)
      .map((match) => ({ reference: parseReference(match[2] ?? ''), pointer }));
  }
  if (template === null || typeof template !== 'object') return [];
  return Object.entries(template).flatMap(([key, member]) =>
    referencesIn(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

/** Finds what a reference names. @throws EngineError REFERENCE_UNRESOLVED when there is nothing */
export function resolveReference(reference: Reference, scope: Scope): Resolved {
  const start = startOf(reference, scope);
  if ('missing' in start) return start;
  let { value } = start;
  for (const segment of start.path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, segment)) {
      throw unresolved(reference, `found no "${segment}"`);
    }
    value = (value as Record<string, unknown>)[segment];
  }
  return { value };
}

/** Whether a reference names a value that is missing: then the whole path is `null`, also in expressions. */
export function isMissing(reference: Reference, scope: Scope): boolean {
  return 'missing' in startOf(reference, scope);
}

type Start = { value: unknown; path: string[] } | { missing: string };

/** Where the walk along the path begins, or that there is nothing to walk along. */
function startOf(reference: Reference, scope: Scope): Start {
  const { root, path, text } = reference;
  const [head, ...rest] = path;
  if (root === 'ctx') return { value: scope.ctx, path };
  if (root === 'inputs') {
    const absent = head !== undefined && !Object.hasOwn(scope.inputs, head);
    return absent ? { missing: text } : { value: scope.inputs, path };
  }
  if (root === 'state' || root === 'steps') {
    if (head === undefined) throw unresolved(reference, 'names no step');
    const step = findStep(scope.frame, head);
    if (!step) throw unresolved(reference, `found no "${head}"`);
    if (root === 'state') return step.missing ? { missing: head } : { value: step.value, path: rest };
    const { status, error, attempts } = step;
    // Of a step without an error every path below `error` is as missing as the error itself.
    if (error === null && rest[0] === 'error' && rest.length > 1) return { missing: text };
    return { value: { status, error, attempts }, path: rest };
  }
  const local = findLocal(scope.frame, root);
  if (!local) throw unresolved(reference, `there is no "${root}" here`);
  // The first round of a loop has nothing before it.
  if (root === 'last' && local.value === null && path.length > 0) return { missing: text };
  return { value: local.value, path };
}

function unresolved(reference: Reference, why: string): EngineError {
  return new EngineError('REFERENCE_UNRESOLVED', `"{{${reference.text}}}" ${why}`, {
    reference: reference.text,
  });
}

/**
 * Fills a template. A string that is exactly one reference keeps the value's type; inside a longer string,
 * texts, numbers and booleans become text. A missing value becomes `null`, except where it is the whole template.
 * @throws EngineError REFERENCE_UNRESOLVED
 */
export function resolveTemplate(template: unknown, scope: Scope): Resolved {
  if (typeof template === 'string') {
    const whole = wholeReference(template);
    return whole ? resolveReference(whole, scope) : { value: interpolate(template, scope) };
  }
  if (Array.isArray(template))
    return { value: template.map((item) => resolveTemplate(item, scope).value ?? null) };
  if (template === null || typeof template !== 'object') return { value: template };
  const filled = Object.entries(template).map(([key, member]) => [
    key,
    resolveTemplate(member, scope).value ?? null,
  ]);
  return { value: Object.fromEntries(filled) };
}

function interpolate(text: string, scope: Scope): string {
  return text.replaceAll(pattern, (matched: string, escaped: string | undefined, inner: string) => {
    if (escaped !== undefined) return matched.slice(1);
    const reference = parseReference(inner);
    const { value } = resolveReference(reference, scope);
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
    throw new EngineError(
      'REFERENCE_UNRESOLVED',
      `"{{${reference.text}}}" inside a longer text is neither text, number nor boolean`,
      {
        reference: reference.text,
      },
    );
  });
}
