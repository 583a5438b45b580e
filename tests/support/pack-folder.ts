/** Folders of prices and rates as the nightly order takes them, made of the demo's data and of days that follow it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const data = path.resolve(__dirname, '../../demo/data');
const read = (file: string): string => readFileSync(path.join(data, file), 'utf8');

/** The demo's own data, under the names that a source has. */
export function demoFolder(change: (file: string, text: string) => string = (_file, text) => text): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dawsos-packs-'));
  const files = {
    'prices.csv': read('stocks_wiki_2007_2013.csv'),
    'fx.csv': read('ecb_fx_2007_2013.csv'),
    'index.csv': read('sp500_index_2007_2013.csv'),
    'factors.csv': read('french_factors_monthly_2000_2018.csv'),
    'dividends.csv': read('dividends.csv'),
  };
  for (const [file, text] of Object.entries(files))
    writeFileSync(path.join(folder, file), change(file, text));
  return folder;
}

/** With closes of one more day; the demo's end on 1 March 2013, the rates go on. */
export function folderWith(date: string, closes: Record<string, string>): string {
  const lines = Object.entries(closes).map(([symbol, close]) => `${symbol},${date},${close},0`);
  return demoFolder((file, text) =>
    file === 'prices.csv' ? `${text.trimEnd()}\n${lines.join('\n')}\n` : text,
  );
}
