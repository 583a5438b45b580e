/** Validators of parts of schemas, each compiled once: a check looks at the same arguments again and again. */
import { compileSchema, type Validate } from '../validate';
import { inputsSchema } from './inputs';
import type { Pattern } from './schema';
import type { JsonSchema } from './signatures';

const known = new WeakMap<object, Validate>();

/** Says nothing of a value when the part cannot stand alone, because it refers to its surroundings. */
export function validatorOf(schema: JsonSchema): Validate {
  // `true` and `false` are schemas too; a promise would be taken for "fits".
  if (typeof schema !== 'object' || schema['$async'] !== undefined) return () => [];
  const found = known.get(schema);
  if (found) return found;
  const validate = compiled(schema);
  known.set(schema, validate);
  return validate;
}

function compiled(schema: JsonSchema): Validate {
  try {
    return compileSchema(schema);
  } catch {
    return () => [];
  }
}

const inputs = new WeakMap<Pattern, JsonSchema>();

/** The schema of a pattern's inputs, always the same object, so that its parts are compiled once. */
export function inputsSchemaOf(pattern: Pattern): JsonSchema {
  const found = inputs.get(pattern) ?? inputsSchema(pattern.inputs ?? {});
  inputs.set(pattern, found);
  return found;
}
