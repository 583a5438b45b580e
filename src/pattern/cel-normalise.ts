/** Older files' spelling as CEL: braces dropped, `===` as `==`. What stands in quotes or comments stays as it is. */
import { EngineError } from '../contract/errors';
import { invalidExpression } from './cel-invalid';
import { parseReference, type Reference } from './reference';

export const expressionLimits = { length: 2000, nesting: 32, loops: 2 } as const;

const quoted = String.raw`[rR]?(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')`;
const tokens = new RegExp(
  String.raw`(${quoted})|(\/\/[^\n]*)|\{\{([^{}]*)\}\}|([!=])==|([([{])|([)\]}])`,
  'g',
);
// CEL cannot name these behind a dot.
const reserved = new Set(
  ['true', 'false', 'null', 'in', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import']
    .concat(['let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while']),
); // prettier-ignore

/**
 * The text that is parsed. A quoted whole reference, `'{{x}}'`, is the reference.
 * @throws EngineError LIMIT_EXCEEDED, CONDITION_INVALID, REFERENCE_UNRESOLVED
 */
export function normalise(source: string): string {
  const { length } = expressionLimits;
  if (source.length > length) {
    const message = `an expression may have ${String(length)} characters, this one has ${String(source.length)}`;
    throw new EngineError('LIMIT_EXCEEDED', `"${source.slice(0, 80)}…": ${message}`);
  }
  let depth = 0;
  return source.replaceAll(
    tokens,
    (token: string, text?: string, _comment?: string, inner?: string, equal?: string, open?: string, close?: string) => {
      if (text !== undefined) return unquoted(source, text);
      if (inner !== undefined) return pathText(parseReference(inner));
      if (equal !== undefined) return `${equal}=`;
      if (open !== undefined) depth = deeper(source, depth);
      if (close !== undefined) depth -= 1;
      return token;
    },
  ); // prettier-ignore
}

function unquoted(source: string, text: string): string {
  if (!text.includes('{{')) return text;
  const whole = /^['"]\s*\{\{([^{}]*)\}\}\s*['"]$/.exec(text);
  if (whole) return pathText(parseReference(whole[1] ?? ''));
  throw invalidExpression(
    source,
    `a reference inside the text ${text} is not filled in; join texts with +, as in 'CAD ' + state.x.y`,
  );
}

/** One level more. @throws EngineError LIMIT_EXCEEDED */
export function deeper(source: string, depth: number): number {
  if (depth < expressionLimits.nesting) return depth + 1;
  const message = `an expression may nest ${String(expressionLimits.nesting)} deep`;
  throw new EngineError('LIMIT_EXCEEDED', `"${source.slice(0, 80)}…": ${message}`);
}

/** A reference as CEL writes it: `state.rows[0].name`, `state.x["my-key"]`. */
export function pathText(reference: Reference): string {
  const segment = (name: string): string => {
    if (/^(0|[1-9][0-9]*)$/.test(name)) return `[${name}]`;
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name)
      ? `.${name}`
      : `[${JSON.stringify(name)}]`;
  };
  return reference.root + reference.path.map(segment).join('');
}
