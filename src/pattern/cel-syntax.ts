/** Mistakes of writing in an expression: where it is, and what to write there, in the words of whoever wrote it. */
import { EngineError } from '../contract/errors';

/** As the parser tells it. */
export interface Mistake {
  /** `expected_token` and the like. */
  code: string;
  /** `Expected RPAREN, got EOF`. */
  reason: string;
  /** Where in the text; `null` when it does not say. */
  at: number | null;
}

const symbols: Readonly<Record<string, string>> = {
  ...{ RPAREN: '")"', RBRACKET: '"]"', RBRACE: '"}"', COLON: '":"' },
  ...{ LPAREN: '"("', IDENTIFIER: 'a name', EOF: 'the end' },
};
/** What other languages write, and what is written here. */
const habits: readonly [written: RegExp, advice: string][] = [
  [/^(=<|<=>)/, 'write <= to compare'],
  [/^=>/, 'write >= to compare'],
  [/^=/, 'write == to compare'],
  [/^<>/, 'write != for "is not"'],
  [/^(&|and\b|AND\b)/, 'write && for "and"'],
  [/^(\||or\b|OR\b)/, 'write || for "or"'],
  [/^is\b/, 'write == to compare'],
  [/^[“”„‘’]/, 'write a text in plain quotes, "…"'],
  [/^[\w"'({[]/, 'write an operator such as == or && before it'],
];
const longestShown = 200;

/** @throws never; gives CONDITION_INVALID */
export function syntaxError(text: string, mistake: Mistake): EngineError {
  const { reason, suggestion } = inWords(text, mistake);
  const message = `"${excerpt(text, mistake.at ?? 0)}": ${reason}`;
  return new EngineError('CONDITION_INVALID', message, suggestion === null ? {} : { suggestion });
}

function inWords(text: string, { code, reason, at }: Mistake): { reason: string; suggestion: string | null } {
  if (at === null) return { reason, suggestion: null };
  const place = placeIn(text, at);
  const [, expected] = /^Expected (\w+)/.exec(reason) ?? [];
  const wanted = expected === undefined ? null : (symbols[expected] ?? expected.toLowerCase());
  if (code.startsWith('unterminated'))
    return {
      reason: `the text that begins at ${place} does not end`,
      suggestion: `close it with ${text[at] ?? ''}`,
    };
  if (text.slice(at).trim() === '') {
    const why = wanted === null ? missingAfter(text) : `${wanted} is missing`;
    return { reason: `the expression ends too early, at ${place}: ${why}`, suggestion: null };
  }
  if (code === 'expected_token' || /^unexpected/.test(code)) {
    const found = `unexpected ${JSON.stringify(tokenAt(text, at))} at ${place}`;
    if (wanted !== null) return { reason: `${found}: ${wanted} is missing`, suggestion: habitAt(text, at) };
    return { reason: found, suggestion: habitAt(text, at) };
  }
  return { reason: `${reason.slice(0, 1).toLowerCase()}${reason.slice(1)} at ${place}`, suggestion: null };
}

function missingAfter(text: string): string {
  const operator = /(&&|\|\||[=!<>]=|[-+*/%<>?:!.,([{]|\bin)$/.exec(text.trimEnd())?.[0];
  return operator === undefined
    ? 'a value is missing'
    : `a value is missing after ${JSON.stringify(operator)}`;
}

/** The word, number or sign there. */
function tokenAt(text: string, at: number): string {
  const rest = text.slice(at);
  return /^(\w+|[=<>!]+)/.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0);
}

function habitAt(text: string, at: number): string | null {
  if (/\bnot\s+$/i.test(text.slice(0, at))) return 'write ! for "not"';
  // Of `=<` and `<>` the parser takes the first sign alone, or refuses the second.
  const starts = /[<>]$/.test(text.slice(0, at)) ? [at - 1, at] : [at];
  for (const start of starts) {
    const habit = habits.find(([written]) => written.test(text.slice(start)));
    if (habit) return habit[1];
  }
  return null;
}

/** Columns count from 1. */
function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  const column = `column ${String((lines.at(-1) ?? '').length + 1)}`;
  return lines.length === 1 ? column : `line ${String(lines.length)}, ${column}`;
}

/** Of a long expression the part around the mistake. */
function excerpt(text: string, at: number): string {
  if (text.length <= longestShown) return text;
  const start = Math.max(0, Math.min(at - longestShown / 2, text.length - longestShown));
  const end = start + longestShown;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}
