/** A pattern's inputs: their schemas made plain JSON Schema, values checked, defaults filled in. */
import type { Problem } from '../contract/errors';
import { compileSchema } from '../validate';
import type { InputSchema } from './schema';
import type { JsonSchema } from './signatures';
import { DecimalString } from '../contract/scalars';

const shortTypes: Record<string, JsonSchema> = {
  uuid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  decimal: { type: 'string', pattern: DecimalString.pattern },
};

/** The JSON Schema 2020-12 of one input: short types spelled out, a pattern's own words taken off. */
export function inputSchema(input: InputSchema): JsonSchema {
  const {
    required: _required,
    required_unless: _unless,
    default: _default,
    type,
    ...rest
  } = input as InputSchema & { default?: unknown };
  const short = shortTypes[type];
  const nullable = _default === null;
  const base = short ? { ...rest, ...short } : { ...rest, type };
  return nullable ? { anyOf: [base, { type: 'null' }] } : base;
}

/** The schema of all inputs together, as `GET /v1/patterns` shows it. */
export function inputsSchema(inputs: Readonly<Record<string, InputSchema>>): JsonSchema {
  const required = Object.entries(inputs).filter(
    ([, input]) => input.required === true && !Object.hasOwn(input, 'default'),
  );
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, inputSchema(input)])),
    required: required.map(([name]) => name),
    additionalProperties: false,
  };
}

/**
 * Checks a caller's values. An optional input without default that is not given stays absent: a missing value.
 * @returns the inputs with defaults, and all problems with pointers such as `/inputs/portfolio_id`
 */
export function checkInputs(
  declared: Readonly<Record<string, InputSchema>>,
  given: Readonly<Record<string, unknown>>,
): { inputs: Record<string, unknown>; problems: Problem[] } {
  const problems = [...validator(declared)(given), ...neitherGiven(declared, given)].map((problem) => ({
    ...problem,
    pointer: `/inputs${problem.pointer}`,
  }));
  const defaults = Object.entries(declared)
    .filter(([name, input]) => Object.hasOwn(input, 'default') && !Object.hasOwn(given, name))
    .map(([name, input]) => [name, (input as unknown as { default: unknown }).default] as const);
  return { inputs: { ...Object.fromEntries(defaults), ...given }, problems };
}

/** Inputs that must be given as long as others are not. */
function neitherGiven(
  declared: Readonly<Record<string, InputSchema>>,
  given: Readonly<Record<string, unknown>>,
): Problem[] {
  const isGiven = (name: string): boolean => Object.hasOwn(given, name) && given[name] !== null;
  return Object.entries(declared).flatMap(([name, { required_unless: others }]) => {
    if (!others || isGiven(name) || others.some(isGiven)) return [];
    const instead = others.map((other) => `"${other}"`).join(' or ');
    return [
      { code: 'REQUEST_INVALID', pointer: `/${name}`, message: `is required unless ${instead} is given` },
    ];
  });
}

/** Compiling a schema costs a millisecond and a pattern's inputs never change, so each is compiled once. */
const compiled = new WeakMap<object, ReturnType<typeof compileSchema>>();

function validator(declared: Readonly<Record<string, InputSchema>>): ReturnType<typeof compileSchema> {
  const known = compiled.get(declared);
  if (known) return known;
  const validate = compileSchema(inputsSchema(declared));
  compiled.set(declared, validate);
  return validate;
}
