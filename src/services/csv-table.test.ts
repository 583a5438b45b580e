/** CSV as RFC 4180 has it, with the line of everything that is wrong. */
import { CsvError, readTable } from './csv-table';

const problemsOf = (text: string): readonly string[] => {
  try {
    readTable(text, ['a', 'b']).problems.requireNone();
  } catch (error) {
    if (error instanceof CsvError) return error.problems;
    throw error;
  }
  return [];
};

it('reads quoted commas, quotation marks and line ends, and counts lines all the same', () => {
  const text = '\uFEFFA,B,c\r\n"x, y", "he said ""no""" ,3\r\n\r\n"two\r\nlines",2,\r\n 1 ,2,3';
  const { header, rows } = readTable(text, ['a', 'b']);
  expect(header).toEqual(['A', 'B', 'c']);
  expect(rows).toEqual([
    { line: 2, cells: ['x, y', 'he said "no"', '3'] },
    { line: 4, cells: ['two\nlines', '2', ''] },
    { line: 6, cells: ['1', '2', '3'] },
  ]);
});

it.each([
  ['nothing', '', ['line 1: the header has to begin with a,b']],
  ['another header', 'b,a\n', ['line 1: the header has to begin with a,b']],
  ['lines of another length', 'a,b\n1\n\n1,2\n1,2,3\n', ['line 2: 1 cells', 'line 5: 3 cells']],
  [
    'a quotation that does not end',
    'a,b\n1,2\n"3,4\n5,6\n',
    ['line 3: a quotation mark begins and does not'],
  ],
  ['a quotation mark within a cell', 'a,b\n1,2\n3,4"x\n', ['line 3: a quotation mark stands where none may']],
  ['text behind a quotation', 'a,b\n1,"2"x\n', ['line 2: a quotation mark stands where none may']],
])('says where there is %s', (_what, text, messages) => {
  expect(problemsOf(text)).toEqual(messages.map((message) => expect.stringContaining(message) as unknown));
});

it.each([
  ['a,B\n', [], true],
  ['a,b,c\n', [], false],
  ['a,b,c\n', ['c', 'd'], true],
  ['a,b,d\n', ['c', 'd'], false],
  ['a,b,c,d,e\n', ['c', 'd'], false],
  ['a\n', ['c'], false],
])('takes the header %j where only %j may follow: %p', (text, further, isTaken) => {
  const read = (): unknown => readTable(text, ['a', 'b'], further);
  if (isTaken) expect(read).not.toThrow();
  else expect(read).toThrow(/^line 1: the header has to be a,b/);
});

it('tells all problems at once, in the order of lines', () => {
  const { rows, problems } = readTable('a,b\n2013-02-29,-1\nx\n2012-02-29,0.0\n2012-02-29,1e3\n', ['a', 'b']);
  for (const row of rows) {
    const [day = '', number = ''] = row.cells;
    problems.day(row, day);
    problems.positive(row, number);
    problems.once(row, day);
  }
  expect(() => {
    problems.requireNone();
  }).toThrow(
    [
      'line 2: "2013-02-29" is no day',
      'line 2: "-1" is no positive decimal number',
      'line 3: 1 cells where the header has 2',
      'line 4: "0.0" is no positive decimal number',
      'line 5: "1e3" is no positive decimal number',
      'line 5: 2012-02-29 stands above already',
    ].join('\n'),
  );
});
