/** Values from the command line: `--input k=v`, read as the pattern's schema wants them, and JSON from files. */
import { readFileSync } from 'node:fs';
import { parseJson } from '../../pattern/parse-json';
import { messageOf, usageError } from '../cli-error';

export interface InputOptions {
  input?: string[];
  inputs?: string;
}

/** JSON Schema of a pattern's inputs, as far as it is read here. */
export interface InputsSchema {
  properties?: Record<string, { type?: unknown; anyOf?: { type?: unknown }[] }>;
  required?: string[];
}

/** `--inputs` first, each `--input` over it. @throws CliError */
export function inputsOf(
  { input = [], inputs: file }: InputOptions,
  schema: InputsSchema,
): Record<string, unknown> {
  const given = file === undefined ? {} : readJson(file, '--inputs');
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw usageError(`--inputs ${file ?? ''} holds no JSON object.`);
  }
  return { ...given, ...Object.fromEntries(input.map((pair) => inputOf(pair, schema))) };
}

function inputOf(pair: string, schema: InputsSchema): [string, unknown] {
  const at = pair.indexOf('=');
  if (at <= 0) throw usageError(`--input ${pair} is not of the form name=value.`);
  const [name, text] = [pair.slice(0, at), pair.slice(at + 1)];
  const types = typesOf(schema.properties?.[name]);
  // What is not declared is sent as it reads best; the server names what it does not know.
  if (types === null) return [name, parseOr(text, () => text)];
  if (types.includes('string') && !(types.includes('null') && text === 'null')) return [name, text];
  return [
    name,
    parseOr(text, () => {
      throw usageError(`--input ${name}: "${text}" is not ${types.join(' or ')} as JSON.`);
    }),
  ];
}

function typesOf(schema: NonNullable<InputsSchema['properties']>[string] | undefined): string[] | null {
  if (schema === undefined) return null;
  const types = [schema, ...(schema.anyOf ?? [])].flatMap(({ type }) => type ?? []).map(String);
  return types.length === 0 ? null : types;
}

function parseOr(text: string, otherwise: () => unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return otherwise();
  }
}

/** @param place a file, `-` for standard input */
export function readJson(place: string, option: string): unknown {
  try {
    return parseJson(readFileSync(place === '-' ? 0 : place, 'utf8'));
  } catch (error) {
    const what = place === '-' ? 'standard input' : place;
    throw usageError(`${option}: ${what}${error instanceof SyntaxError ? '' : ':'} ${messageOf(error)}`);
  }
}

/** JSON in the argument itself, or `@file`, `@-`. */
export function jsonArgument(text: string, option: string): unknown {
  if (text.startsWith('@')) return readJson(text.slice(1), option);
  return parseOr(text, () => {
    throw usageError(`${option} is neither JSON nor @file: ${text.slice(0, 80)}`);
  });
}
