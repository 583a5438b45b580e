/** A folder of files is read strictly: what cannot be read is named, line by line, and nothing of it is used. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { csvFolderSource } from './csv-folder';

const securities = [
  { id: 'a', symbol: 'AAPL', currency: 'USD', asset_class: 'equity' },
  { id: 'r', symbol: 'RY', currency: 'CAD', asset_class: 'equity' },
  { id: 'i', symbol: 'SP500', currency: 'USD', asset_class: 'index' },
];
const good = {
  'prices.csv':
    'symbol,date,close,volume\nAAPL,2026-11-24,269.5,1\nAAPL,2026-11-25,270.25,1\nRY,2026-11-25,190,1\nZZZ,2026-11-25,1,1\n',
  'fx.csv': 'Date,USD,CAD,SEK\r\n2026-11-24,1.05,1.45,\r\n2026-11-25,1.06,N/A,\r\n2026-11-26,9,9,9\r\n',
};

function folder(files: Record<string, string> = {}): ReturnType<typeof csvFolderSource> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'dawsos-csv-'));
  for (const [name, text] of Object.entries({ ...good, ...files }))
    writeFileSync(path.join(place, name), text);
  return csvFolderSource(place);
}

it('gives the closes of exactly the day, of known securities in their own currency', async () => {
  expect(await folder().prices('2026-11-25', securities)).toEqual([
    { security_id: 'a', close: '270.25', currency: 'USD' },
    { security_id: 'r', close: '190', currency: 'CAD' },
  ]);
  expect(await folder().prices('2026-11-26', securities)).toEqual([]);
});

it('gives the quotes up to the day, and none for an empty cell or N/A', async () => {
  expect(await folder().fx('2026-11-25')).toEqual([
    { date: '2026-11-24', rates: { USD: '1.05', CAD: '1.45' } },
    { date: '2026-11-25', rates: { USD: '1.06' } },
  ]);
});

it('adds an index, factors and dividends where their files are, each from the day it was known', async () => {
  const source = folder({
    'index.csv': 'Date,SP500\n2026-11-25,6800.5\n',
    'factors.csv': 'Date,Mkt-RF,SMB,HML,RF\n202609,1.5,0.1,-0.2,0.3\n202610,2,0,0,0.3\n',
    'dividends.csv':
      'symbol,ex_date,pay_date,amount,currency\nAAPL,2026-11-10,2026-11-14,0.26,USD\nAAPL,2026-11-25,2026-12-01,0.27,USD\n',
  });
  expect(await source.prices('2026-11-25', securities)).toContainEqual({
    security_id: 'i',
    close: '6800.5',
    currency: 'USD',
  });
  const days = { after: '2026-11-24', upTo: '2026-11-25' };
  expect(await source.observations?.(days, [])).toEqual([]);
  expect(await source.observations?.({ after: '2026-11-29', upTo: '2026-11-30' }, [])).toContainEqual({
    series_id: 'FF3.MKT_RF',
    period_end: '2026-10-31',
    value: '2',
  });
  const actions = await source.actions?.(days, securities);
  expect(actions?.map(({ ex_date }) => ex_date)).toEqual(['2026-11-25']);
  expect(await source.actions?.({ after: null, upTo: '2026-11-25' }, securities)).toHaveLength(2);
});

it.each([
  [
    'another header',
    { 'prices.csv': 'ticker,date,close\n' },
    ['line 1: the header has to begin with symbol,date,close'],
  ],
  [
    'wrong lines',
    { 'prices.csv': 'symbol,date,close\nAAPL,25.11.2026,1\nAAPL,2026-11-25,-1\nAAPL,2026-11-25\n' },
    ['line 4: 2 cells where the header has 3'],
  ],
  [
    'wrong values',
    { 'prices.csv': 'symbol,date,close\nAAPL,25.11.2026,1\nAAPL,2026-11-25,0.0\nAAPL,2026-11-25,1e3\n' },
    [
      'line 2: "25.11.2026" is no day',
      'line 3: "0.0" is no positive decimal number',
      'line 4: "1e3"',
      'line 4: AAPL of 2026-11-25 stands above already',
    ],
  ],
])('says where prices have %s', async (_what, files, messages) => {
  const work = folder(files).prices('2026-11-25', securities);
  await expect(work).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  for (const message of messages) await expect(work).rejects.toThrow(message);
});

it('knows which days the calendar has, in prices and in rates', async () => {
  const work = folder({ 'prices.csv': 'symbol,date,close\nAAPL,2013-02-29,1\nAAPL,2012-02-29,1\n' });
  await expect(work.prices('2012-02-29', securities)).rejects.toThrow(
    'cannot be read: line 2: "2013-02-29" is no day. Correct',
  );
  const rates = folder({ 'fx.csv': 'date,USD\n2013-02-30,1\n' });
  await expect(rates.fx('2013-03-01')).rejects.toThrow('line 2: "2013-02-30" is no day');
});

it.each([
  ['a column that is no currency', 'date,USD,dollars\n2026-11-25,1,1\n', 'line 1: "dollars" is no currency'],
  ['a rate that is no number', 'date,USD\n2026-11-25,one\n', 'line 2: "one" is no positive decimal number'],
])('says where rates have %s', async (_what, text, message) => {
  await expect(folder({ 'fx.csv': text }).fx('2026-11-25')).rejects.toThrow(message);
});

it.each([
  ['index.csv', 'Date,SP500\n2026-11-25,\n', 'line 2: "" is no positive decimal number'],
  ['index.csv', 'Date,SP500\n2026-11-25,"6800\n', 'line 2: a quotation mark begins and does not end'],
  [
    'prices.csv',
    'symbol,date,close\nSP500,2026-11-25,6800\n',
    'its level of 2026-11-25 stands in prices.csv too',
  ],
])('says what is wrong with %s', async (name, text, message) => {
  const work = folder({ 'index.csv': 'Date,SP500\n2026-11-25,6800.5\n', [name]: text });
  await expect(work.prices('2026-11-25', securities)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: expect.stringContaining(`index.csv cannot be read: ${message}`) as string,
  });
});

it.each([
  ['factors.csv', 'Date,Mkt-RF,SMB,HML,RF\n2026-10,1,1,1,1\n', 'line 2: "2026-10" is no month'],
  [
    'dividends.csv',
    'symbol,ex_date,pay_date,amount,currency\nAAPL,2026-02-30,,1,USD\n',
    'line 2: "2026-02-30"',
  ],
])('says what is wrong with %s, whichever day is asked for', async (name, text, message) => {
  const days = { after: null, upTo: '2026-11-25' };
  const source = folder({ [name]: text });
  const work = name === 'factors.csv' ? source.observations?.(days, []) : source.actions?.(days, securities);
  await expect(work).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: expect.stringContaining(`${name} cannot be read: ${message}`) as string,
  });
});

it('says which file is not there', async () => {
  const empty = csvFolderSource(mkdtempSync(path.join(os.tmpdir(), 'dawsos-csv-')));
  await expect(empty.prices('2026-11-25', securities)).rejects.toThrow(
    /There is no prices\.csv in .+, as the worker sees it/,
  );
  await expect(empty.fx('2026-11-25')).rejects.toThrow('There is no fx.csv');
});

it('says whose prices and rates it has where its source.json does, and else that they are files', () => {
  expect(folder().names.prices).toMatch(/^files of dawsos-csv-/);
  const { prices, fx } = folder({ 'source.json': '{ "prices": "Quandl WIKI" }' }).names;
  expect(prices).toMatch(/^Quandl WIKI, files of dawsos-csv-/);
  expect(fx).toMatch(/^files of dawsos-csv-/);
});

it.each([
  ['[]', 'it is no JSON object'],
  ['{', 'it is no JSON object'],
  ['{ "rights": "all" }', '"rights" is no member; there are prices and fx'],
  ['{ "fx": 7 }', '"fx" is no provider\'s name'],
  ['{ "fx": "=1+1" }', '"fx" is no provider\'s name'],
])('refuses a source.json that says it in another way: %s', (text, message) => {
  expect(() => folder({ 'source.json': text })).toThrow(message);
});
