/** `JSON.parse` whose failure says line and column, and what should stand there: Node's own says so only now and then. */

/** @throws SyntaxError such as `is not valid JSON: line 2, column 7: expected a value, found "x"` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const { at, expected } = firstMistake(text);
    const before = text.slice(0, at).split('\n');
    const place = `line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}`;
    const found = at >= text.length ? 'the end' : JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0));
    throw new SyntaxError(`is not valid JSON: ${place}: expected ${expected}, found ${found}`, { cause: error });
  }
} // prettier-ignore

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'next';

const space = /[\t\n\r ]*/y;
const token =
  /[{}[\],:]|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y; // eslint-disable-line no-control-regex -- JSON's own rule

/** Reads as far as the text is JSON. */
function firstMistake(text: string): { at: number; expected: string } {
  const open: string[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ;) {
    at += matchAt(space, text, at)?.[0].length ?? 0;
    const match = matchAt(token, text, at);
    const after: Expected | null = match === null ? null : step(match, expected, open);
    if (match === null || after === null) return { at, expected: textOf(expected, open.at(-1), text[at]) };
    expected = after;
    at += match[0].length;
  }
}

/** What may follow a token, or `null` where the token itself may not stand. Keeps `open` up to date. */
function step([mark, string, scalar]: RegExpExecArray, expected: Expected, open: string[]): Expected | null {
  if (expected === 'colon') return mark === ':' ? 'value' : null;
  if (expected === 'name' || expected === 'name or }') {
    if (string !== undefined) return 'colon';
    return mark === '}' && expected === 'name or }' ? close(open) : null;
  }
  if (expected === 'next') {
    const inside = open.at(-1);
    if (mark === ',' && inside !== undefined) return inside === '{' ? 'name' : 'value';
    return (mark === '}' && inside === '{') || (mark === ']' && inside === '[') ? close(open) : null;
  }
  if (string !== undefined || scalar !== undefined) return 'next';
  if (mark === ']' && expected === 'value or ]') return close(open);
  if (mark !== '{' && mark !== '[') return null;
  open.push(mark);
  return mark === '{' ? 'name or }' : 'value or ]';
}

function close(open: string[]): Expected {
  open.pop();
  return 'next';
}

function textOf(expected: Expected, inside: string | undefined, found: string | undefined): string {
  const isText = expected !== 'colon' && expected !== 'next' && found === '"';
  if (isText) return 'a text that is closed on its line, with \\ only before what it can escape';
  if (expected === 'colon') return '":"';
  if (expected === 'name') return 'a name in double quotes';
  if (expected === 'name or }') return 'a name in double quotes or "}"';
  if (expected === 'value') return 'a value';
  if (expected === 'value or ]') return 'a value or "]"';
  if (inside === undefined) return 'nothing more';
  return inside === '{' ? '"," or "}"' : '"," or "]"';
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
