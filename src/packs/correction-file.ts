/**
 * Reads a file of corrections: CSV with the header `date,what,value`, where `what` is a symbol (its price), a pair such
 * as EUR/USD, `dividend` and a symbol, or a series and a period's last day such as FF3.SMB@2013-01-31.
 */
import { isDay } from '../services/dates';
import type { Correction, FactName } from './correct-packs';

export interface KnownSecurity {
  id: string;
  symbol: string;
  currency: string;
}

const header = 'date,what,value';
const positive = /^(?!0+(\.0+)?$)\d+(\.\d+)?$/;
const number = /^-?\d+(\.\d+)?$/;
const pair = /^[A-Z]{3}\/[A-Z]{3}$/;
const observation = /^[^\s@]+@([^\s@]+)$/;

/** @throws RangeError that names every line that cannot be read, with what is wrong */
export function readCorrections(csv: string, securities: readonly KnownSecurity[]): Correction[] {
  const bySymbol = new Map(securities.map((security) => [security.symbol, security]));
  const [first = '', ...lines] = csv.trim().split(/\r?\n/);
  if (first.trim() !== header) throw new RangeError(`The first line has to be ${header}.`);
  const wrong: string[] = [];
  const seen = new Set<string>();
  const corrections = lines.flatMap((line, i): Correction[] => {
    const [date = '', what = '', value = '', ...more] = line.split(',').map((cell) => cell.trim());
    const tell = (problem: string): [] => (wrong.push(`line ${String(i + 2)}: ${problem}`), []);
    if (more.length > 0) return tell('has more than three columns');
    if (!isDay(date)) return tell(`"${date}" is no day`);
    const fact = factNamed(what, bySymbol);
    if (fact === null) {
      return tell(
        `"${what}" is no security's symbol, no pair (EUR/USD), no dividend (dividend AAPL) and no value of a series (FF3.SMB@2013-01-31)`,
      );
    }
    // A return may be negative, a price may not.
    const isSeries = fact.startsWith('value ');
    if (!(isSeries ? number : positive).test(value))
      return tell(`"${value}" is no ${isSeries ? '' : 'positive '}decimal number`);
    if (seen.has(`${date} ${what}`)) return tell(`${what} of ${date} stands above already`);
    seen.add(`${date} ${what}`);
    const priced = bySymbol.get(what);
    return [{ date, fact, what, value, ...(priced && { currency: priced.currency }) }];
  });
  if (lines.length === 0) wrong.push('there is no correction in it');
  if (wrong.length > 0) throw new RangeError(wrong.join('\n'));
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
