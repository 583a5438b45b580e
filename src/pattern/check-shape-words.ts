/** Makes ajv's problems of a pattern's shape readable: one for each place, with what was meant. */
import type { Problem } from '../contract/errors';
import { schemasAt, suggestMember } from './check-shape-members';
import { nearest } from './nearest';
import type { JsonSchema } from './signatures';
import type { StepKind } from './step-schema';

/** More than anybody reads; each costs a search for what was meant. */
const maximumProblems = 200;

/** What was looked at. */
export interface Looked {
  schema: object;
  kind: StepKind | 'file';
  value: unknown;
  /** Where `value` is in the file. */
  pointer: string;
  /** Names that steps may not have; where a step is named, they are no mistake of their own. */
  misnamed: ReadonlySet<string>;
}

/** Problems with the code `PATTERN_INVALID` or `LIMIT_EXCEEDED`. */
export function describeShape(problems: readonly Problem[], looked: Looked): Problem[] {
  const places = new Map<string, string[]>();
  for (const { pointer, message } of problems.slice(0, maximumProblems))
    places.set(pointer, [...(places.get(pointer) ?? []), message]);
  return [...places].flatMap(([place, messages]) => {
    if (messages.some(isOfUnion) && hasDeeper(place, places.keys())) return [];
    return describePlace(place, messages, looked);
  });
}

function describePlace(place: string, messages: string[], looked: Looked): Problem[] {
  const { kind, pointer, misnamed } = looked;
  const schema = looked.schema as JsonSchema;
  const path = place.slice(pointer.length).split('/').slice(1).map(unescapePointer);
  const value = valueAt(looked.value, path);
  const schemas = schemasAt(schema, path);
  const form = formIn(messages, value, schemas);
  if (form !== null && namesStep(path) && misnamed.has(value as string)) return [];
  const suggestion = messages.some((message) => message.startsWith('unknown member'))
    ? suggestMember(path, schemasAt(schema, path.slice(0, -1)), kind)
    : suggestChoice(value, choicesOf(schemas));
  const limit = messages.map(limitIn).find((text) => text !== null);
  return [
    {
      code: limit == null ? 'PATTERN_INVALID' : 'LIMIT_EXCEEDED',
      pointer: place,
      message: limit ?? form ?? messageOf(messages, schemas),
      ...(suggestion === null ? {} : { suggestion }),
    },
  ];
}

/** A limit of length, in words. */
function limitIn(message: string): string | null {
  const [, limit = '', what = ''] =
    /^must NOT have more than ([0-9]+) (characters|items)$/.exec(message) ?? [];
  return limit === '' ? null : `at most ${limit} ${what} are allowed here`;
}

function isOfUnion(message: string): boolean {
  return message.endsWith(' in anyOf');
}

/** Of a union the alternative that was written is known by what is wrong inside it; the others are noise. */
function hasDeeper(place: string, places: Iterable<string>): boolean {
  return [...places].some((other) => other.startsWith(`${place}/`));
}

/** `"1.0" is no version: three numbers such as 1.0.0`, for a text of another form. */
function formIn(messages: readonly string[], value: unknown, schemas: readonly JsonSchema[]): string | null {
  if (typeof value !== 'string' || !messages.some((text) => /^must match (pattern|format)/.test(text)))
    return null;
  const schema = schemas.find((one) => one['pattern'] !== undefined || one['format'] !== undefined);
  const description = schema?.['description'];
  return typeof description === 'string' ? `${shown(value)} is no ${description}` : null;
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** Where a step is named by another, or as an output. */
function namesStep(path: readonly string[]): boolean {
  return path.includes('after') || path.includes('outputs');
}

function messageOf(messages: readonly string[], schemas: readonly JsonSchema[]): string {
  const plain = messages
    .filter((text) => !isOfUnion(text))
    .map((text) =>
      text === 'must be equal to constant' ? `must be one of ${JSON.stringify(choicesOf(schemas))}` : text,
    );
  return [...new Set(plain)].join(' or ');
}

function choicesOf(schemas: readonly JsonSchema[]): unknown[] {
  return schemas.flatMap(
    (schema) => schema.enum ?? (Object.hasOwn(schema, 'const') ? [schema['const']] : []),
  );
}

function suggestChoice(value: unknown, choices: readonly unknown[]): string | null {
  if (typeof value !== 'string') return null;
  const guess = nearest(
    value,
    choices.filter((choice) => typeof choice === 'string'),
  );
  return guess === null ? null : `did you mean ${guess}?`;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? at[key as keyof typeof at]
        : undefined,
    value,
  );
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
