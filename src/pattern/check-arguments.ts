/** Whether a step's arguments exist, are all there, and can fit their schemas. */
import { EngineError, type Problem } from '../contract/errors';
import { compileSchema, escapePointer } from '../validate';
import type { ReferenceCheck } from './check-references';
import { nearest } from './nearest';
import { type Reference, referencesIn, wholeReference } from './reference';
import type { JsonSchema } from './signatures';
import { describeKinds, mayFit } from './types';

export function checkArguments(
  args: Record<string, unknown>,
  schema: JsonSchema,
  pointer: string,
  references: ReferenceCheck,
): Problem[] {
  const known = schema.properties ?? {};
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(args, name));
  return [
    ...missing.map((name) => ({
      code: 'ARGS_INVALID',
      pointer,
      message: `the argument "${name}" is missing`,
    })),
    ...Object.entries(args).flatMap(([name, template]) => {
      const place = `${pointer}/${escapePointer(name)}`;
      const target = Object.hasOwn(known, name) ? known[name] : undefined;
      if (target) return checkArgument(template, target, place, references);
      const guess = nearest(name, Object.keys(known));
      return [
        {
          code: 'ARGS_INVALID',
          pointer: place,
          message: `there is no argument "${name}"`,
          ...(guess === null ? {} : { suggestion: `did you mean ${guess}?` }),
        },
      ];
    }),
  ];
}

function checkArgument(
  template: unknown,
  target: JsonSchema,
  pointer: string,
  references: ReferenceCheck,
): Problem[] {
  let found: { reference: Reference; pointer: string }[];
  let whole: Reference | null;
  try {
    found = referencesIn(template, pointer);
    whole = typeof template === 'string' ? wholeReference(template) : null;
  } catch (error) {
    if (error instanceof EngineError) return [{ code: error.code, pointer, message: error.message }];
    throw error;
  }
  if (found.length === 0) {
    return compileSchema(target)(template).map((problem) => ({
      code: 'ARGS_INVALID',
      pointer: `${pointer}${problem.pointer}`,
      message: `the value does not fit: ${problem.message}`,
    }));
  }
  if (whole === null) return found.flatMap((item) => references(item.reference, item.pointer).problems);
  const { problems, schema } = references(whole, pointer);
  if (schema === null || mayFit(schema, target)) return problems;
  const message = `"${whole.text}" is ${describeKinds(schema)}, but the argument takes ${describeKinds(target)}`;
  return [...problems, { code: 'ARGS_INVALID', pointer, message }];
}
