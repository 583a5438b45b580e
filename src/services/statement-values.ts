/** What a holding is worth in a performance statement: at its last quote, else at the price of its last trade. */
import type { BaseAmounts } from './base-amounts';
import { Decimal, type Numeric } from './decimal';
import { grouped } from './grouped';
import { type PriceLookup, priceLookup } from './price-lookup';
import type { StatementRow } from './statement-rows';

export interface SecurityPrice {
  date: string;
  security: string;
  close: Numeric;
  currency: string;
}

export interface StatementWarning {
  date: string;
  security: string;
  /** The security has no quote up to then: its last trade's price was taken. */
  code: 'TRADE_PRICE';
}

interface Priced {
  date: string;
  price: Decimal;
  currency: string;
  source: 'quote' | 'trade';
}

/** `value` gives 0 and notes the reason on the touched lines where a price or rate is missing. */
export function statementValues<Line>(
  rows: readonly StatementRow[],
  prices: readonly SecurityPrice[],
  { toBase, note }: BaseAmounts<Line>,
): {
  value: (security: string, quantity: Decimal, date: string, ...touched: Line[]) => Decimal;
  warnings: StatementWarning[];
} {
  const quotes = grouped(
    prices.map(({ date, security, close, currency }) => ({
      date,
      security,
      price: new Decimal(close),
      currency,
      source: 'quote' as const,
    })),
    ({ security }) => security,
  );
  const trades = grouped(
    rows.filter(({ kind, quantity }) => kind === 'trade' && !quantity.isZero()),
    ({ security }) => security,
  );
  const lookups = new Map<string, PriceLookup<Priced>>();
  const lookupOf = (security: string): PriceLookup<Priced> => {
    let lookup = lookups.get(security);
    if (!lookup) {
      lookup = priceLookup<Priced>(quotes.get(security) ?? [], (trades.get(security) ?? []).map(tradePrice));
      lookups.set(security, lookup);
    }
    return lookup;
  };
  const warnings: StatementWarning[] = [];
  const value = (security: string, quantity: Decimal, date: string, ...touched: Line[]): Decimal => {
    const found = lookupOf(security)(date);
    if ('reason' in found) {
      for (const line of touched) note(line, found.reason);
      return new Decimal(0);
    }
    if (found.source === 'trade') warnings.push({ date, security, code: 'TRADE_PRICE' });
    return toBase(quantity.times(found.price), found.currency, date, ...touched);
  };
  return { value, warnings };
}

function tradePrice({ date, amount, fees, taxes, direction, quantity, currency }: StatementRow): Priced {
  const gross = amount.plus(fees.plus(taxes).times(direction));
  return { date, price: gross.div(quantity), currency, source: 'trade' };
}
