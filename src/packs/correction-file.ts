/**
 * Reads a file of corrections: CSV with the header `date,what,value`, where `what` is a symbol (its price), a pair such
 * as EUR/USD, `dividend` and a symbol, or a series and a period's last day such as FF3.SMB@2013-01-31.
 */
import { readTable } from '../services/csv-table';
import { isDay } from '../services/dates';
import type { Correction, FactName } from './correct-packs';

export interface KnownSecurity {
  id: string;
  symbol: string;
  currency: string;
}

const columns = ['date', 'what', 'value'];
const pair = /^[A-Z]{3}\/[A-Z]{3}$/;
const observation = /^[^\s@]+@([^\s@]+)$/;

/** @throws CsvError that names every line that cannot be read, with what is wrong */
export function readCorrections(csv: string, securities: readonly KnownSecurity[]): Correction[] {
  const bySymbol = new Map(securities.map((security) => [security.symbol, security]));
  const { rows, problems } = readTable(csv, columns, []);
  if (rows.length === 0) problems.tell({ line: 2 }, 'there is no correction');
  const corrections = rows.flatMap((row): Correction[] => {
    const [date = '', what = '', value = ''] = row.cells;
    problems.day(row, date);
    problems.once(row, `${what} of ${date}`);
    const fact = factNamed(what, bySymbol);
    if (fact === null) {
      problems.tell(
        row,
        `"${what}" is no security's symbol, no pair (EUR/USD), no dividend (dividend AAPL) and no value of a series (FF3.SMB@2013-01-31)`,
      );
      return [];
    }
    // A return may be negative, a price may not.
    if (fact.startsWith('value ')) problems.number(row, value);
    else problems.positive(row, value);
    const priced = bySymbol.get(what);
    return [{ date, fact, what, value, ...(priced && { currency: priced.currency }) }];
  });
  problems.requireNone();
  return corrections;
}

function factNamed(what: string, bySymbol: ReadonlyMap<string, KnownSecurity>): FactName | null {
  const price = bySymbol.get(what);
  if (price !== undefined) return `price ${price.id}`;
  if (pair.test(what)) return `rate ${what as `${string}/${string}`}`;
  if (isDay(observation.exec(what)?.[1] ?? '')) return `value ${what as `${string}@${string}`}`;
  const paying = bySymbol.get(/^dividend (\S+)$/.exec(what)?.[1] ?? '');
  return paying === undefined ? null : `dividend ${paying.id}`;
}
