/** The securities a ledger speaks of: where, by which name, in which currency. */
import type { Entry, LedgerProblem } from './entries';
import type { ImportModel } from './import-model';

export interface LedgerSecurity {
  symbol: string;
  /** Of the `commodity` directive; without one the symbol. */
  name: string;
  /** In which its lots cost; `null`: in none, or in several. */
  currency: string | null;
  /** Every place that needs it. */
  places: Pick<LedgerProblem, 'file' | 'line'>[];
}

/** By symbol, in the order in which the ledger needs them. */
export function ledgerSecurities(
  entries: readonly Entry[],
  { transactions, lots }: ImportModel,
): Map<string, LedgerSecurity> {
  const names = new Map(
    entries.flatMap((entry) =>
      entry.kind === 'commodity' && entry.name !== null ? [[entry.currency, entry.name]] : [],
    ),
  );
  const securities = new Map<string, LedgerSecurity>();
  for (const { symbol, file, line } of transactions) {
    if (symbol === null) continue;
    const security = securities.get(symbol) ?? {
      symbol,
      name: names.get(symbol) ?? symbol,
      currency: null,
      places: [],
    };
    securities.set(symbol, security);
    if (!security.places.some((place) => place.file === file && place.line === line))
      security.places.push({ file, line });
  }
  for (const security of securities.values()) {
    const currencies = new Set(
      lots.filter(({ symbol }) => symbol === security.symbol).map(({ currency }) => currency),
    );
    if (currencies.size === 1) [security.currency = null] = currencies;
  }
  return securities;
}

/** One problem for each, at its first place, that names the others. */
export function unknownCommodities(unknown: readonly LedgerSecurity[]): LedgerProblem[] {
  return unknown.map(({ symbol, places: [first, ...others] }) => {
    const shown = others
      .slice(0, 10)
      .map(({ file, line }) => `${file === first?.file ? '' : `${file}:`}${String(line)}`);
    const more = others.length > shown.length ? ', …' : '';
    const also = shown.length === 0 ? '' : ` (also in line ${shown.join(', ')}${more})`;
    return {
      file: first?.file ?? '',
      line: first?.line ?? 0,
      message: `${symbol} is no known security${also}`,
    };
  });
}
