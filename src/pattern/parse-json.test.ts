import { parseJson } from './parse-json';

describe('parseJson', () => {
  it('reads what is JSON', () => {
    expect(parseJson('{"a": [1, -2.5e3, true, null, "\\u00e4\\n"]}')).toEqual({
      a: [1, -2500, true, null, 'ä\n'],
    });
  });

  it.each([
    ['', 1, 1, 'a value, found the end'],
    ['abc', 1, 1, 'a value; names and texts stand in double quotes, found "a"'],
    ['{"a": x }', 1, 7, 'a value; names and texts stand in double quotes, found "x"'],
    ['{\n  "a": 1,\n}', 3, 1, 'a name in double quotes, found "}"'],
    ['{ a: 1 }', 1, 3, 'a value; names and texts stand in double quotes, found "a"'],
    ['{"a" 1}', 1, 6, '":", found "1"'],
    ['[1,\n 2 3]', 2, 4, '",", found "3"'],
    ['[1, 2}', 1, 6, '",", found "}"'],
    ['[', 1, 2, '"]", found the end'],
    ['{"a": {"b": [], "c": 1} "d": 2}', 1, 25, '",", found "\\""'],
    ['{"a":1}}', 1, 8, 'nothing more, found "}"'],
    ['["open', 1, 2, 'a text that is closed on its line, found "\\""'],
    ['[01]', 1, 3, '",", found "1"'],
    ['[😀]', 1, 2, 'a value; names and texts stand in double quotes, found "😀"'],
  ])('says of %j where it breaks and what should stand there', (text, line, column, what) => {
    const said = `is not valid JSON: line ${String(line)}, column ${String(column)}: expected ${what}`;
    expect(() => parseJson(text)).toThrow(said);
  });
});
