/**
 * A folder of CSV files as a source of packs: `prices.csv` (`symbol,date,close`, more columns are left alone) and `fx.csv`
 * (`date,USD,CAD,…`, units for one euro); `index.csv`, `factors.csv` and `dividends.csv` where they are there.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../contract/errors';
import { type NamedSecurity, readDividends, readFactors, readIndexLevels } from '../packs/fact-files';
import type { FxQuotes } from '../packs/fx-series';
import type { Known } from '../packs/build-packs';
import type { PackPrice } from '../packs/pack-content';
import { invalid, problemsOf, readTable } from './csv-table';
import type { KnownBetween, PackSource } from './pack-source';

/** @param folder absolute, on the machine of the worker */
export function csvFolderSource(folder: string): PackSource {
  const required = async (name: string): Promise<string> => {
    const text = await optional(name);
    if (text !== null) return text;
    throw new EngineError('SOURCE_INVALID', `There is no ${name} in ${folder}, as the worker sees it.`, {
      source: path.join(folder, name),
    });
  };
  const optional = async (name: string): Promise<string | null> => {
    try {
      return await readFile(path.join(folder, name), 'utf8');
    } catch (error) {
      // By shape: errors of node itself are of another realm under test.
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return null;
      throw invalid(path.join(folder, name), [message]);
    }
  };
  return {
    names: { prices: `files of ${path.basename(folder)}`, fx: `files of ${path.basename(folder)}` },
    prices: async (date, securities) => {
      const prices = readPrices(
        path.join(folder, 'prices.csv'),
        await required('prices.csv'),
        date,
        securities,
      );
      const levels = readIndexLevels((await optional('index.csv')) ?? '', securities);
      return [
        ...prices,
        ...levels.filter((level) => level.date === date).map(({ date: _, ...level }) => level),
      ];
    },
    fx: async (date) => {
      const quotes = readFx(path.join(folder, 'fx.csv'), await required('fx.csv'));
      return quotes.filter((quote) => quote.date <= date);
    },
    observations: async (days) => knownIn(days, readFactors((await optional('factors.csv')) ?? '')),
    actions: async (days, securities) =>
      knownIn(days, readDividends((await optional('dividends.csv')) ?? '', securities)),
  };
}

function readPrices(
  file: string,
  text: string,
  date: string,
  securities: readonly NamedSecurity[],
): PackPrice[] {
  const bySymbol = new Map(securities.map((security) => [security.symbol, security]));
  const problems = problemsOf(file);
  const seen = new Set<string>();
  const prices: PackPrice[] = [];
  for (const row of readTable(file, text, ['symbol', 'date', 'close']).rows) {
    const [symbol = '', day = '', close = ''] = row.cells;
    problems.day(row, day);
    problems.positive(row, close);
    const security = bySymbol.get(symbol);
    if (day !== date || !security) continue;
    if (seen.has(symbol)) problems.tell(row, `${symbol} of ${date} stands above already`);
    seen.add(symbol);
    prices.push({ security_id: security.id, close, currency: security.currency });
  }
  problems.requireNone();
  return prices;
}

/** An empty cell or `N/A`, as the ECB writes it, is no quote. */
function readFx(file: string, text: string): FxQuotes[] {
  const { header, rows } = readTable(file, text, ['date']);
  const currencies = header.slice(1).filter((name) => name !== '');
  const odd = currencies.filter((name) => !/^[A-Z]{3}$/.test(name));
  if (odd.length > 0) throw invalid(file, [`line 1: ${odd.join(', ')} is no currency`]);
  const problems = problemsOf(file);
  const quotes = rows.map((row) => {
    const [date = '', ...cells] = row.cells;
    const known = currencies
      .map((currency, at) => [currency, cells[at] ?? ''] as const)
      .filter(([, rate]) => rate !== '' && rate !== 'N/A')
      .map(([currency, rate]) => [currency, problems.positive(row, rate)] as const);
    return { date: problems.day(row, date), rates: Object.fromEntries(known) };
  });
  problems.requireNone();
  return quotes;
}

function knownIn<T extends object>({ after, upTo }: KnownBetween, facts: readonly Known<T>[]): T[] {
  return facts
    .filter(({ known_on }) => known_on <= upTo && (after === null || known_on > after))
    .map(({ known_on: _, ...fact }) => fact as unknown as T);
}
