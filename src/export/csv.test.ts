import { parse } from 'csv-parse/sync';
import { fileNameOf } from './file-name';
import { tablesOf } from './tables';
import { writeCsv } from './csv';

describe('writing CSV', () => {
  it.each([
    '=1+1', '=HYPERLINK("http://x","y")', '+1+1', '-1+1', '@SUM(A1)', '\tx', '\rx', '\nx', "=cmd|' /C calc'!A0", '＝1', '-', '+', '-2+3+cmd', '--1', '-1,2',
    ' =1', '\u00a0=1', '\ufeff=1', '\0=1', '-1.', '-.5', '-1e400x',
  ])('puts an apostrophe before text that would begin a formula: %j', (text) => {
    expect(parse(writeCsv([[text]]), { relax_column_count: true })).toEqual([[`'${text}`]]);
  });

  it.each(['-12.5', '0.1', '-1e-7', '1E+21', '95038.0024373524'])('leaves a number a number: %s', (text) => {
    expect(writeCsv([[text]])).toBe(`${text}\r\n`);
  });

  it.each([
    ['x;=1+1', "x;'=1+1"], ['x\t@SUM(A1)', "x\t'@SUM(A1)"], ['x\r\n+1', "x\r\n'+1"], ['=1;  ＝1', "'=1;'  ＝1"], ['\t=1', "'\t'=1"],
  ])('does so behind what cuts lines where commas are decimal points: %j', (text, written) => {
    expect(parse(writeCsv([[text]]), { relax_column_count: true })).toEqual([[written]]);
  });

  it.each(['a - b', 'a=b', 'BRK-B', '2013-02-28', 'x; y', 'Fund (USD) +'])('leaves text that begins none as it is: %s', (text) => {
    expect(writeCsv([[text]])).toBe(`${text}\r\n`);
  });

  it('writes numbers as numbers, also small, large and negative ones', () => {
    expect(writeCsv([[-12.5, 1e-7, -1e21, 0]])).toBe('-12.5,1e-7,-1e+21,0\r\n');
  });

  it('has room for many lines, and says when there are too many cells', () => {
    const lines = Array.from({ length: 300_000 }, (_, at) => [at, 'x']);
    expect(writeCsv(lines).length).toBeGreaterThan(2_000_000);
    const wide = [Array.from({ length: 10_000 }, () => 1), ...Array.from({ length: 300 }, () => [1])];
    expect(() => writeCsv(wide)).toThrow(/The file would have 301 rows of 10000 columns, more than 2000000 cells/);
  });

  it('quotes commas, quotes and line ends, and fills short lines', () => {
    const lines = [['a,b', 'say "x"', 'two\r\nlines'], [1, null], [true]];
    const csv = writeCsv(lines);
    expect(csv).toBe('"a,b","say ""x""","two\r\nlines"\r\n1,,\r\ntrue,,\r\n');
    expect(parse(csv)).toEqual([['a,b', 'say "x"', 'two\r\nlines'], ['1', '', ''], ['true', '', '']]);
  });
}); // prettier-ignore

describe('tables of a value', () => {
  it('has single values by path, lists of objects as tables of their own, and no charts', () => {
    const value = {
      total: '10.5',
      window: { from: '2012-01-01' },
      positions: [{ symbol: 'A', cost: { amount: '1' } }, { symbol: 'B', weight: null }],
      chart: { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', data: {} },
    };
    expect(tablesOf('out', value)).toEqual([
      { name: 'out', columns: ['path', 'value'], rows: [['total', '10.5'], ['window.from', '2012-01-01']] },
      { name: 'out.positions', columns: ['symbol', 'cost.amount', 'weight'], rows: [['A', '1', null], ['B', null, null]] },
    ]);
  });

  it('refuses a list whose items have nothing in common before it fills the memory', () => {
    const sparse = Array.from({ length: 20_000 }, (_, at) => ({ [`k${String(at)}`]: 1 }));
    expect(() => tablesOf('out', { sparse })).toThrow(/The table "out.sparse" would have 20000 rows of 20000 columns/);
  });

  it('has a line for one number', () => {
    expect(tablesOf('out', 3)).toEqual([{ name: 'out', columns: ['path', 'value'], rows: [['', 3]] }]);
  });
}); // prettier-ignore

describe('the name of a file', () => {
  it.each([
    [['p', 'Demo portfolio', '2013-02-28'], 'DawsOS_p_Demo-portfolio_2013-02-28.pdf'],
    [['p', '../../etc/passwd', '2013-02-28'], 'DawsOS_p_etc-passwd_2013-02-28.pdf'],
    [['p', 'Épargne "à\r\nSet-Cookie: x', null], 'DawsOS_p_Epargne-a-Set-Cookie-x.pdf'],
    [['p', '資産', '2013-02-28'], 'DawsOS_p_2013-02-28.pdf'],
  ])('is safe: %j', (parts, name) => {
    expect(fileNameOf(parts, 'pdf')).toBe(name);
  });
});
