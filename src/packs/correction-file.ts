/** Reads a file of corrections: CSV with the header `date,what,value`, where `what` is a symbol or a pair such as EUR/USD. */
import type { Corrections } from './correct-packs';

export interface KnownSecurity {
  id: string;
  symbol: string;
}

const header = 'date,what,value';
const day = /^\d{4}-\d{2}-\d{2}$/;
const positive = /^(?!0+(\.0+)?$)\d+(\.\d+)?$/;
const pair = /^([A-Z]{3})\/([A-Z]{3})$/;

/** @throws RangeError that names every line that cannot be read, with what is wrong */
export function readCorrections(csv: string, securities: readonly KnownSecurity[]): Corrections {
  const bySymbol = new Map(securities.map(({ id, symbol }) => [symbol, id]));
  const [first = '', ...lines] = csv.trim().split(/\r?\n/);
  if (first.trim() !== header) throw new RangeError(`The first line has to be ${header}.`);
  const prices: Corrections['prices'][number][] = [];
  const fx: Corrections['fx'][number][] = [];
  const wrong: string[] = [];
  const seen = new Set<string>();
  lines.forEach((line, i) => {
    const [date = '', what = '', value = '', ...more] = line.split(',').map((cell) => cell.trim());
    const [, base_ccy, quote_ccy] = pair.exec(what) ?? [];
    const security_id = bySymbol.get(what);
    const tell = (problem: string): void => void wrong.push(`line ${String(i + 2)}: ${problem}`);
    if (more.length > 0) tell('has more than three columns');
    else if (!day.test(date) || Number.isNaN(Date.parse(date))) tell(`"${date}" is no day`);
    else if (!positive.test(value)) tell(`"${value}" is no positive decimal number`);
    else if (seen.has(`${date} ${what}`)) tell(`${what} of ${date} stands above already`);
    else if (base_ccy !== undefined && quote_ccy !== undefined)
      fx.push({ date, base_ccy, quote_ccy, rate: value });
    else if (security_id !== undefined) prices.push({ date, security_id, close: value });
    else tell(`"${what}" is neither a security's symbol nor a pair such as EUR/USD`);
    seen.add(`${date} ${what}`);
  });
  if (lines.length === 0) wrong.push('there is no correction in it');
  if (wrong.length > 0) throw new RangeError(wrong.join('\n'));
  return { prices, fx };
}
