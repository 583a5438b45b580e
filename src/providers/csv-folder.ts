/**
 * A folder of CSV files as a source of packs: `prices.csv` (`symbol,date,close`, more columns are left alone) and `fx.csv`
 * (`date,USD,CAD,…`, units for one euro); `index.csv`, `factors.csv`, `dividends.csv` and `source.json` where they are there.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../contract/errors';
import type { DatedPrice, Known } from '../packs/build-packs';
import { readDividends, readFactors } from '../packs/fact-files';
import { readFxQuotes, readIndexLevels, readPrices } from '../packs/price-files';
import { folderNames } from './folder-names';
import type { KnownBetween, PackSource } from './pack-source';
import { invalid, readFrom } from './source-file';

/**
 * @param folder absolute, on the machine of the worker
 * @throws EngineError SOURCE_INVALID when it says in a wrong way whose data it holds
 */
export function csvFolderSource(folder: string): PackSource {
  const optional = async <T>(name: string, read: (csv: string) => T[]): Promise<T[]> => {
    const csv = await textOf(path.join(folder, name));
    return csv === null ? [] : readFrom(path.join(folder, name), () => read(csv));
  };
  const required = async <T>(name: string, read: (csv: string) => T[]): Promise<T[]> => {
    const csv = await textOf(path.join(folder, name));
    if (csv !== null) return readFrom(path.join(folder, name), () => read(csv));
    throw new EngineError('SOURCE_INVALID', `There is no ${name} in ${folder}, as the worker sees it.`, {
      source: path.join(folder, name),
    });
  };
  return {
    names: folderNames(folder),
    prices: async (date, securities) => {
      const isOfDay = (price: DatedPrice): boolean => price.date === date;
      const prices = await required('prices.csv', (csv) => readPrices(csv, securities).filter(isOfDay));
      const levels = await optional('index.csv', (csv) => readIndexLevels(csv, securities).filter(isOfDay));
      const priced = new Set(prices.map(({ security_id }) => security_id));
      if (levels.some(({ security_id }) => priced.has(security_id)))
        throw invalid(path.join(folder, 'index.csv'), [`its level of ${date} stands in prices.csv too`]);
      return [...prices, ...levels].map(({ date: _, ...price }) => price);
    },
    fx: async (date) => (await required('fx.csv', readFxQuotes)).filter((quote) => quote.date <= date),
    observations: async (days) => knownIn(days, await optional('factors.csv', readFactors)),
    actions: async (days, securities) =>
      knownIn(days, await optional('dividends.csv', (csv) => readDividends(csv, securities))),
  };
}

/** `null`: there is no such file. */
async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    // By shape: errors of node itself are of another realm under test.
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw invalid(file, [message]);
  }
}

function knownIn<T extends object>({ after, upTo }: KnownBetween, facts: readonly Known<T>[]): T[] {
  return facts
    .filter(({ known_on }) => known_on <= upTo && (after === null || known_on > after))
    .map(({ known_on: _, ...fact }) => fact as unknown as T);
}
