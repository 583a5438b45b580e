/** What is wrong with arguments and results of a capability; each schema is compiled once. */
import type { Problem } from '../contract/errors';
import type { JsonSchema, Signatures } from '../pattern/signatures';
import { compileSchema, type Validate } from '../validate';

export interface SchemaProblems {
  args(args: unknown): Problem[];
  result(result: unknown): Problem[];
}

const compiled = new WeakMap<object, Validate>();

/** @throws Error when a schema does not compile */
export function schemaProblems(signatures: Signatures, capability: string): SchemaProblems {
  const signature = signatures.get(capability);
  return {
    args: (args) => (signature ? validatorOf(signature.args)(args) : []),
    result: (result) => (signature ? validatorOf(signature.result)(result) : []),
  };
}

export function validatorOf(schema: JsonSchema): Validate {
  const known = compiled.get(schema);
  if (known) return known;
  const validate = compileSchema(schema);
  compiled.set(schema, validate);
  return validate;
}
