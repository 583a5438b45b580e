/** Reads CSV files of a market: closes of securities, levels of an index, exchange rates. */
import { type CsvTable, readTable } from '../services/csv-table';
import type { DatedPrice } from './build-packs';
import type { FxQuotes } from './fx-series';

/** What a file's symbol stands for. */
export interface NamedSecurity {
  id: string;
  symbol: string;
  currency: string;
  /** `index`: it is not traded, and has levels for prices. */
  asset_class: string;
}

/**
 * `symbol,date,close`; more columns are left alone, and so are symbols that are no security.
 * @throws CsvError, as all of them do, with everything that cannot be read
 */
export function readPrices(csv: string, securities: readonly NamedSecurity[]): DatedPrice[] {
  const bySymbol = new Map(securities.map((security) => [security.symbol, security]));
  const { rows, problems } = readTable(csv, ['symbol', 'date', 'close']);
  const prices = rows.flatMap((row) => {
    const [symbol = '', text = '', close = ''] = row.cells;
    const date = problems.day(row, text);
    problems.positive(row, close);
    const security = bySymbol.get(symbol);
    if (!security) return [];
    problems.once(row, `${symbol} of ${date}`);
    return [{ date, security_id: security.id, close, currency: security.currency }];
  });
  problems.requireNone();
  return prices;
}

/** `Date,<symbol>`: one level for each trading day. Of what is no known index there is none. */
export function readIndexLevels(csv: string, securities: readonly NamedSecurity[]): DatedPrice[] {
  const { header, rows, problems } = readTable(csv, ['date']);
  const index = securities.find(({ symbol, asset_class }) => symbol === header[1] && asset_class === 'index');
  if (!index) return [];
  const levels = rows.map((row) => {
    const [text = '', close = ''] = row.cells;
    const date = problems.day(row, text);
    problems.once(row, date);
    problems.positive(row, close);
    return { date, security_id: index.id, close, currency: index.currency };
  });
  problems.requireNone();
  return levels;
}

/** `Date,USD,CAD,…`: units for one euro. An empty cell or `N/A`, as the ECB writes it, is no quote. */
export function readFxQuotes(csv: string): FxQuotes[] {
  const table = readTable(csv, ['date']);
  const currencies = currenciesOf(table);
  const { rows, problems } = table;
  const quotes = rows.map((row) => {
    const [text = '', ...cells] = row.cells;
    const date = problems.day(row, text);
    problems.once(row, date);
    const known = currencies
      .map(([currency, at]) => [currency, cells[at] ?? ''] as const)
      .filter(([, rate]) => rate !== '' && rate !== 'N/A')
      .map(([currency, rate]) => [currency, problems.positive(row, rate)] as const);
    return { date, rates: Object.fromEntries(known) };
  });
  problems.requireNone();
  return quotes;
}

/** Each with its place behind the date; the ECB's own file ends in a column without a name. */
function currenciesOf({ header, problems }: CsvTable): (readonly [currency: string, at: number])[] {
  const row = { line: 1, cells: header };
  const named = header
    .slice(1)
    .map((currency, at) => [currency, at] as const)
    .filter(([currency]) => currency !== '');
  for (const [currency] of named) {
    problems.currency(row, currency);
    problems.once(row, currency);
    if (currency === 'EUR') problems.tell(row, 'EUR is what the rates are for one of');
  }
  problems.requireNone();
  return named;
}
