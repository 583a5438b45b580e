/** One configured ajv for the whole project: strict, all errors at once unless the first is enough, nothing coerced, no `$ref` needed. */
import type { TSchema } from '@sinclair/typebox';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Problem } from './contract/errors';

/** Under its own types the package is a module with a `default`; at run time under CommonJS it is both. */
const addAllFormats = addFormats.default as (ajv: Ajv2020) => unknown;

/** Returns the problems of a value against its schema; an empty list when it fits. */
export type Validate = (value: unknown) => Problem[];

/** An instance compiles the meta-schema first, which takes longer than most schemas; but it also keeps whatever it compiled. */
const schemasOfOneInstance = 100;
const telling = { all: ajvInstances(true), first: ajvInstances(false) };

function ajvInstances(allErrors: boolean): () => Ajv2020 {
  let instance: Ajv2020 | null = null;
  let compiled = 0;
  return () => {
    if (instance === null || compiled % schemasOfOneInstance === 0) {
      instance = new Ajv2020({ strict: true, allErrors, allowUnionTypes: true });
      addAllFormats(instance);
    }
    compiled += 1;
    return instance;
  };
}

/**
 * @param tell `first`: stops at the first problem, for values of strangers that may have millions
 * @throws Error when the schema itself is not valid strict JSON Schema 2020-12.
 */
export function compileSchema(schema: TSchema | object, tell: 'all' | 'first' = 'all'): Validate {
  const ajv = telling[tell]();
  let check: ReturnType<typeof ajv.compile>;
  try {
    check = ajv.compile(schema);
  } finally {
    // Schemas of strangers: none may be referred to by another.
    ajv.removeSchema(schema);
  }
  return (value) => (check(value) ? [] : dedupe((check.errors ?? []).map(toProblem)));
}

function toProblem(error: ErrorObject): Problem {
  const params = error.params as Record<string, unknown>;
  const member = (params['missingProperty'] ?? params['additionalProperty']) as string | undefined;
  const pointer =
    member === undefined ? error.instancePath : `${error.instancePath}/${escapePointer(member)}`;
  return { code: 'REQUEST_INVALID', pointer, message: describe(error, params) };
}

function describe(error: ErrorObject, params: Record<string, unknown>): string {
  if (error.keyword === 'additionalProperties')
    return `unknown member "${String(params['additionalProperty'])}"`;
  if (error.keyword === 'required') return `missing member "${String(params['missingProperty'])}"`;
  if (error.keyword === 'enum') return `must be one of ${JSON.stringify(params['allowedValues'])}`;
  return error.message ?? 'does not fit its schema';
}

/** One JSON Pointer segment (RFC 6901). */
export function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

function dedupe(problems: Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = `${problem.pointer} ${problem.message}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
