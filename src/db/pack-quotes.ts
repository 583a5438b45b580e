/** All that a pricing pack says of some securities and of currencies on its day, in one statement. */
import type { FxRow } from './fx-rates';
import type { Tx } from './pool';
import type { PriceRow } from './prices';

interface QuoteRow {
  kind: 'price' | 'rate';
  /** The security, or what one unit of is priced. */
  of: string;
  amount: string;
  currency: string;
  quote_date: string | null;
}

/** A security without a price in the pack has no row. */
export async function packQuotes(
  tx: Tx,
  packId: string,
  securityIds: readonly string[],
): Promise<{ prices: PriceRow[]; rates: FxRow[] }> {
  const { rows } = await tx.query<QuoteRow>(
    `select 'price' as kind, security_id::text as of, close as amount, currency, null::date as quote_date from prices
      where pack_id = $1 and security_id = any($2::uuid[])
     union all
     select 'rate', base_ccy, rate, quote_ccy, quote_date from fx_rates where pack_id = $1
     order by kind, "of", currency`,
    [packId, securityIds],
  );
  const quotes = { prices: [] as PriceRow[], rates: [] as FxRow[] };
  for (const { kind, of, amount, currency, quote_date } of rows) {
    if (kind === 'price') quotes.prices.push({ security_id: of, close: amount, currency });
    else
      quotes.rates.push({
        base_ccy: of,
        quote_ccy: currency,
        rate: amount,
        quote_date: quote_date as string,
      });
  }
  return quotes;
}
