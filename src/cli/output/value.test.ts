import { membersText, valueText } from './value';

const limits = { rows: 2, width: 60 };

describe('valueText', () => {
  it('shows short members aligned, and what is below them indented', () => {
    const value = { total: '12.50', none: null, ratio: 0.1234567890123, empty: {}, inner: { a: 1 } };
    expect(valueText('out', value, limits)).toBe(
      ['  out', '    total  12.50', '    none   –', '    ratio  0.123457', '    inner', '      a  1'].join(
        '\n',
      ),
    );
  });

  it('shows lists of objects as tables, and says what is left out', () => {
    const row = (n: number): object => ({
      id: '108fe221-aa95-4aa2-afa7-3497d1d406b2', symbol: `S${String(n)}`, value: `${String(n)}.0`, long: 'x'.repeat(39), reasons: {},
    }); // prettier-ignore
    expect(valueText('rows', [row(1), row(2), row(3)], limits, '')).toBe(
      [
        'rows (3)',
        '  symbol  value  long',
        '  ──────  ─────  ───────────────────────────────────────',
        '  S1        1.0  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
        '  S2        2.0  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
        '  … 1 more rows; not shown: id (--json has all)',
      ].join('\n'),
    );
  });

  it('rounds decimals in tables to six places, and only there', () => {
    const long = '38251.446285247695050448532';
    const told = valueText(
      'rows',
      [{ a: long, b: '-0.99999999', c: '0.000000012345', d: '1.50' }],
      limits,
      '',
    );
    expect(told.split('\n')[3]).toMatch(/^ {2}38251\.446285 +-1 +1\.235e-8 +1\.50$/);
    expect(valueText('total', long, limits, '')).toBe(`total  ${long}`);
  });

  it('goes on below, under the first column again, where a row is wider than there is room', () => {
    const row = { symbol: 'A', ...Object.fromEntries(['b', 'c', 'd', 'e', 'f'].map((name) => [name, 'x'.repeat(20)])), reasons: { b: 'X' } }; // prettier-ignore
    const lines = valueText('rows', [row], limits, '').split('\n');
    const titles = lines
      .filter((line) => line.includes('symbol'))
      .map((line) => line.trim().split(/ +/).join(' '));
    expect(titles).toEqual(['symbol b c', 'symbol d e', 'symbol f reasons']);
    expect(lines.every((line) => line.length <= limits.width)).toBe(true);
  });

  it('shows objects in tables last, without the marks of JSON', () => {
    const row = { reasons: { price: 'NO_PRICE', value: 'MISSING_INPUT' }, id: '108fe221-aa95-4aa2-afa7-3497d1d406b2', symbol: 'A' }; // prettier-ignore
    const lines = valueText('rows', [row], { rows: 1, width: 120 }, '').split('\n');
    expect(lines[1]).toMatch(/^ {2}symbol +id +reasons$/);
    expect(lines[3]).toMatch(/^ {2}A +108fe221\S+ +price: NO_PRICE, value: MISSING_INPUT$/);
  });

  it('cuts what is longer than a line, and what is deeper than can be read', () => {
    expect(valueText('a', 'x'.repeat(100), limits)).toHaveLength(60);
    const deep = { a: { b: { c: { d: { e: { f: 1 } } } } } };
    expect(valueText('deep', deep, limits)).toContain('d  {"e":{"f":1}}');
  });

  it('does not spell out a chart', () => {
    expect(membersText({ chart: { $schema: 'https://vega.github.io/…', mark: 'bar' } }, limits)).toBe(
      '  chart  a chart',
    );
  });
});
