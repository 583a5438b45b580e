/** Makes ajv's problems of a pattern's shape readable: one for each place, with what was meant. */
import type { Problem } from '../contract/errors';
import { nearest } from './nearest';
import type { JsonSchema } from './signatures';
import { type StepKind, stepKinds, stepSchemas } from './step-schema';

/** More than anybody reads; each costs a search for what was meant. */
const maximumProblems = 200;

/** Problems with the code `PATTERN_INVALID` or `LIMIT_EXCEEDED`; `pointer` is where the value of `schema` begins. */
export function describeShape(
  problems: readonly Problem[],
  schema: object,
  kind: StepKind | 'file',
  pointer = '',
): Problem[] {
  const places = new Map<string, Problem[]>();
  for (const problem of problems.slice(0, maximumProblems))
    places.set(problem.pointer, [...(places.get(problem.pointer) ?? []), problem]);
  return [...places].map(([place, all]) => {
    const path = place.slice(pointer.length).split('/').slice(1).map(unescapePointer);
    const parents = schemasAt(schema as JsonSchema, path.slice(0, -1));
    const suggestion = all.some(isUnknown) ? suggestMember(path, parents, kind) : null;
    const limit = all.map(({ message }) => limitIn(message)).find((text) => text !== null);
    return {
      code: limit == null ? 'PATTERN_INVALID' : 'LIMIT_EXCEEDED',
      pointer: place,
      message: limit ?? messageOf(all, schemasAt(schema as JsonSchema, path)),
      ...(suggestion === null ? {} : { suggestion }),
    };
  });
}

/** A limit of length, in words. */
function limitIn(message: string): string | null {
  const [, limit = '', what = ''] =
    /^must NOT have more than ([0-9]+) (characters|items)$/.exec(message) ?? [];
  return limit === '' ? null : `at most ${limit} ${what} are allowed here`;
}

function isUnknown({ message }: Problem): boolean {
  return message.startsWith('unknown member');
}

function messageOf(all: readonly Problem[], schemas: JsonSchema[]): string {
  const plain = all.map(({ message }) => message).filter((text) => !/ in anyOf$/.test(text));
  const message = [...new Set(plain)].join(' or ');
  const description = schemas.map((schema) => schema['description']).find((text) => text !== undefined);
  return /^must match (pattern|format)/.test(message) && typeof description === 'string'
    ? `must be: ${description}`
    : message;
}

function suggestMember(path: string[], parents: JsonSchema[], kind: StepKind | 'file'): string | null {
  const name = path.at(-1) ?? '';
  const guess = nearest(
    name,
    parents.flatMap((parent) => Object.keys(parent.properties ?? {})),
  );
  if (guess !== null) return `did you mean ${guess}?`;
  if (kind === 'file' && path[0] === 'inputs' && path.length === 2)
    return 'the name of an input is a letter or _, then letters, digits and _';
  if (kind === 'file' || path.length !== 1) return null;
  const others = stepKinds.filter((other) => Object.hasOwn(stepSchemas[other].properties, name));
  return others.length === 0 ? null : `a ${kind} step has no ${name}; ${others.join(', ')} steps have`;
}

/** Every schema that may apply at a path, through unions. */
function schemasAt(schema: JsonSchema, path: readonly string[]): JsonSchema[] {
  if (schema.anyOf) return schema.anyOf.flatMap((member) => schemasAt(member, path));
  const [segment, ...rest] = path;
  if (segment === undefined) return [schema];
  const own = schema.properties;
  const next =
    own && Object.hasOwn(own, segment)
      ? own[segment]
      : (schema.items ?? Object.values(schema.patternProperties ?? {})[0]);
  return next === undefined ? [] : schemasAt(next, rest);
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
