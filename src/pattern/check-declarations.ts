/** Schemas that a pattern brings along, for its inputs and the forms of its approvals: whether they are schemas, and safe to use. */
import { compileSchema, escapePointer, type Validate } from '../validate';
import type { Checking } from './check-session';
import { inputsSchemaOf } from './check-validators';
import { inputSchema } from './inputs';
import type { Pattern } from './schema';

export const declarationLimits = { inputs: 200, bytes: 65_536 } as const;
/** It may be matched against a stranger's regular expression, so it is short. */
const maximumDefault = 4096;

/** References would be resolved by nobody, and a schema that answers with a promise is none. */
const refused = ['$ref', '$dynamicRef', '$recursiveRef', '$async', '$id'];
/** Below these, names are the author's own and values are data. */
const namesBelow = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];
const dataBelow = ['const', 'enum', 'default', 'examples'];

export function checkInputDeclarations(checking: Checking): void {
  const { pattern, report } = checking;
  const inputs = Object.entries(pattern.inputs ?? {});
  if (inputs.length > declarationLimits.inputs) {
    report('LIMIT_EXCEEDED', '/inputs', `a pattern has at most ${String(declarationLimits.inputs)} inputs`);
    return;
  }
  for (const [name, input] of inputs) {
    const pointer = `/inputs/${escapePointer(name)}`;
    if (checking.bad.has(pointer)) continue;
    checkAlternatives(name, pattern.inputs ?? {}, checking);
    const validate = checkSchema(inputSchema(input), pointer, checking);
    if (!validate) checking.bad.add(pointer);
    else if (Object.hasOwn(input, 'default'))
      checkDefault((input as { default?: unknown }).default, validate, `${pointer}/default`, checking);
  }
}

/** `required_unless` names inputs that may be given instead, so neither they nor it are always there. */
function checkAlternatives(
  name: string,
  inputs: NonNullable<Pattern['inputs']>,
  { report, suggest }: Checking,
): void {
  const isAlwaysThere = (one: string): boolean =>
    inputs[one]?.required === true || Object.hasOwn(inputs[one] ?? {}, 'default');
  const pointer = `/inputs/${escapePointer(name)}/required_unless`;
  const others = inputs[name]?.required_unless ?? [];
  if (others.length > 0 && isAlwaysThere(name))
    report(
      'PATTERN_INVALID',
      pointer,
      `"${name}" is required or has a default, so nothing can stand in its place`,
    );
  for (const [index, other] of others.entries()) {
    const at = `${pointer}/${String(index)}`;
    if (!Object.hasOwn(inputs, other) || other === name) {
      const names = Object.keys(inputs).filter((one) => one !== name);
      report('PATTERN_INVALID', at, `there is no other input "${other}"`, suggest(other, names, ''));
    } else if (isAlwaysThere(other))
      report('PATTERN_INVALID', at, `"${other}" is required or has a default, so "${name}" never is`);
  }
}

function checkDefault(value: unknown, validate: Validate, pointer: string, { report }: Checking): void {
  if (JSON.stringify(value).length > maximumDefault) {
    report('LIMIT_EXCEEDED', pointer, `a default has at most ${String(maximumDefault)} characters`);
    return;
  }
  for (const problem of validate(value)) {
    const message = `the default does not fit its own schema: ${problem.message}`;
    report('PATTERN_INVALID', `${pointer}${problem.pointer}`, message);
  }
}

/** The schema of an approval's answer. */
export function checkForm(form: Record<string, unknown>, pointer: string, checking: Checking): void {
  checkSchema(form, pointer, checking);
}

/** What checks values against it, or `null` when it is no schema. */
function checkSchema(schema: object, pointer: string, { report, fuel }: Checking): Validate | null {
  const size = JSON.stringify(schema).length;
  fuel.declared += size;
  if (fuel.declared > declarationLimits.bytes) {
    const limit = String(declarationLimits.bytes / 1024);
    report('LIMIT_EXCEEDED', pointer, `the schemas in a pattern have at most ${limit} KiB together`);
    return null;
  }
  const wrong = wrongIn(schema, '');
  for (const { place, message } of wrong) report('PATTERN_INVALID', `${pointer}${place}`, message);
  if (wrong.length > 0) return null;
  try {
    return compileSchema(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report('PATTERN_INVALID', pointer, `is no JSON Schema: ${reason}`, typeHint(reason));
    return null;
  }
}

function typeHint(reason: string): string | undefined {
  return /\/type|type must be/.test(reason)
    ? 'types are string, number, integer, boolean, object, array, null, uuid, date, decimal'
    : undefined;
}

interface WrongPart {
  place: string;
  message: string;
}

/** What a schema may not hold, wherever it is. */
function wrongIn(schema: unknown, place: string): WrongPart[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const at = `${place}/${escapePointer(key)}`;
    if (Array.isArray(schema)) return wrongIn(value, at);
    if (refused.includes(key)) return [{ place: at, message: `${key} is not allowed here` }];
    if (key === 'pattern') return wrongPattern(value, at);
    if (dataBelow.includes(key)) return [];
    if (!namesBelow.includes(key) || typeof value !== 'object' || value === null) return wrongIn(value, at);
    const members = Object.entries(value as Record<string, unknown>);
    const names = key === 'patternProperties' ? members.flatMap(([name]) => wrongPattern(name, at)) : [];
    return [...names, ...members.flatMap(([name, of]) => wrongIn(of, `${at}/${escapePointer(name)}`))];
  });
} // prettier-ignore

function wrongPattern(pattern: unknown, place: string): WrongPart[] {
  if (typeof pattern !== 'string' || !mayTakeForEver(pattern)) return [];
  return [{ place, message: 'this regular expression repeats what repeats itself, and may take for ever' }];
}

/** Whether a repeated group holds a repetition or a choice: such patterns can take time exponential in the text. */
export function mayTakeForEver(pattern: string): boolean {
  const open: boolean[] = [];
  let isRisky = false;
  const plain = pattern.replaceAll(/\\./g, 'x').replaceAll(/\[[^\]]*\]/g, 'x');
  for (let i = 0; i < plain.length; i += 1) {
    const letter = plain[i];
    const repeats = (at: number): boolean => /^([*+]|\{[0-9]+,([0-9]{2,})?\})/.test(plain.slice(at, at + 12));
    if (letter === '(') open.push(false);
    else if (letter === ')') {
      const holds = open.pop() ?? false;
      if (holds && repeats(i + 1)) isRisky = true;
      if (open.length > 0 && (holds || repeats(i + 1))) open[open.length - 1] = true;
    } else if ((letter === '|' || repeats(i)) && open.length > 0) open[open.length - 1] = true;
  }
  return isRisky;
} // prettier-ignore

/** Checks a caller's inputs; `null` when the declarations are wrong. */
export function inputsValidator(pattern: Pattern): Validate | null {
  try {
    return compileSchema(inputsSchemaOf(pattern));
  } catch {
    return null;
  }
}
