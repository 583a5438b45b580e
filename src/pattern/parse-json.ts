/** `JSON.parse` whose failure says line and column, and what should stand there: Node's own says so only now and then. */
import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser';

/** By the library's name of a mistake. */
const expectedAt: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a value; names and texts stand in double quotes',
  PropertyNameExpected: 'a name in double quotes',
  ColonExpected: '":"',
  CommaExpected: '","',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: 'nothing more',
  UnexpectedEndOfString: 'a text that is closed on its line',
  InvalidNumberFormat: 'a number',
  InvalidEscapeCharacter: '\\ only before what it can escape',
  InvalidUnicode: 'four hexadecimal digits after \\u',
  InvalidCharacter: 'no control characters',
};

/** @throws SyntaxError such as `is not valid JSON: line 2, column 7: expected a value, found "x"` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const { at, mistake } = firstMistake(text);
    const before = text.slice(0, at).split('\n');
    const place = `line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}`;
    const found =
      at >= text.length ? 'the end' : JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));
    const expected = expectedAt[mistake] ?? 'a value';
    throw new SyntaxError(`is not valid JSON: ${place}: expected ${expected}, found ${found}`, {
      cause: error,
    });
  }
}

function firstMistake(text: string): { at: number; mistake: string } {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  return first
    ? { at: first.offset, mistake: printParseErrorCode(first.error) }
    : // It forgave what JSON does not.
      { at: 0, mistake: '' };
}
