/** What was meant by a member that there is not: the nearest, the kind of step that has it, or all there are. */
import { nearest } from './nearest';
import type { JsonSchema } from './signatures';
import { type StepKind, stepKinds, stepSchemas } from './step-schema';

/** @param path of the member, from where the step or file begins @param parents what may hold it */
export function suggestMember(
  path: readonly string[],
  parents: readonly JsonSchema[],
  kind: StepKind | 'file',
): string | null {
  const name = path.at(-1) ?? '';
  const known = [...new Set(parents.flatMap((parent) => Object.keys(parent.properties ?? {})))];
  const guess = meantMember(name, known);
  if (guess !== null) return `did you mean ${guess}?`;
  if (kind === 'file' && path[0] === 'inputs' && path.length === 2)
    return 'the name of an input is a letter or _, then letters, digits and _';
  const others = kind === 'file' || path.length !== 1 ? null : ofOtherKinds(name, kind);
  if (others !== null) return others;
  return known.length === 0 ? null : `${whatHolds(path, kind)} only ${known.join(', ')}`;
}

/** Also a plural, and a longer name that begins with it: `retries` and `retry_policy` mean `retry`. */
function meantMember(name: string, known: readonly string[]): string | null {
  const singular = name.replace(/ies$/, 'y').replace(/s$/, '');
  const beginning = known.find((member) => name.startsWith(`${member}_`));
  return nearest(name, known) ?? nearest(singular, known) ?? beginning ?? null;
}

function ofOtherKinds(name: string, kind: StepKind): string | null {
  const member = meantMember(
    name,
    stepKinds.flatMap((other) => Object.keys(stepSchemas[other].properties)),
  );
  const others = stepKinds.filter(
    (other) => member !== null && Object.hasOwn(stepSchemas[other].properties, member),
  );
  return others.length === 0 || member === null
    ? null
    : `a ${kind} step has no ${member}; ${others.join(', ')} steps have`;
}

function whatHolds(path: readonly string[], kind: StepKind | 'file'): string {
  if (path.length > 1) return 'there are';
  return kind === 'file' ? 'a pattern has' : `a ${kind} step has`;
}

/** Every schema that may apply at a path, through unions. */
export function schemasAt(schema: JsonSchema, path: readonly string[]): JsonSchema[] {
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
