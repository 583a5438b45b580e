import { parse } from 'csv-parse/sync';
import { fileNameOf } from './file-name';
import { tablesOf } from './tables';
import { writeCsv } from './csv';

describe('writing CSV', () => {
  it.each([
    '=1+1', '=HYPERLINK("http://x","y")', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', "=cmd|' /C calc'!A0", '＝1', '-', '+', '-2+3+cmd', '--1', '-1,2',
  ])('puts an apostrophe before text that would begin a formula: %j', (text) => {
    expect(parse(writeCsv([[text]]), { relax_column_count: true })).toEqual([[`'${text}`]]);
  });

  it.each(['-12.5', '0.1', '-1e-7', '1E+21', '95038.0024373524'])('leaves a number a number: %s', (text) => {
    expect(writeCsv([[text]])).toBe(`${text}\r\n`);
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
