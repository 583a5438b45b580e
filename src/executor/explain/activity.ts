/** What happened in a portfolio as its ledger tells it, with the lots that sales used up and the rates of each day. */
import type { LotClosure } from '../../contract/ledger-rows';
import { fxHistory } from '../../db/fx-rates';
import type { Tx } from '../../db/pool';
import { entryDifferences, saleClosures, transactionRows, type TransactionSpan } from '../../db/transactions';
import { majorUnit } from '../../services/fx';
import { grouped } from '../../services/grouped';
import { type LedgerRate, ledgerRates, type PackRate } from '../../services/ledger-rates';
import {
  type LedgerActivity,
  type LedgerTransaction,
  ledgerTransactions,
} from '../../services/ledger-transactions';
import { type Realised, realiseSale } from '../../services/realised-gains';

export type RateOfTransaction = (LedgerRate & { source: 'recorded' | 'quoted' }) | { reason: string };

export interface Activity {
  /** In the order of the ledger. */
  ledger: LedgerActivity;
  /** In the order of dates. */
  quotes: readonly PackRate[];
  /** Base per 1 of the transaction's currency: as it records it, else as quoted last on or before its day. */
  rateOf(transaction: LedgerTransaction): RateOfTransaction;
  closuresOf(sale: LedgerTransaction): LotClosure[];
  realise(sale: LedgerTransaction): Realised;
}

export async function loadActivity(
  tx: Tx,
  span: TransactionSpan,
  { pack_id, base_currency }: { pack_id: string; base_currency: string },
): Promise<Activity> {
  const rows = await transactionRows(tx, span);
  const closures = await saleClosures(tx, span);
  const differences = await entryDifferences(tx, span);
  const currencies = [base_currency, ...[...rows, ...differences].map(({ currency }) => currency)];
  const majors = [...new Set(currencies.map((currency) => majorUnit(currency).major))];
  const quotes = await fxHistory(tx, { pack_id, currencies: majors });
  const rates = ledgerRates(quotes, base_currency);
  const unpriced = new Set(closures.filter(({ proceeds_local }) => proceeds_local === null).map(({ transaction_id }) => transaction_id));
  const byTransaction = grouped(closures, ({ transaction_id }) => transaction_id);
  const rateOf: Activity['rateOf'] = ({ currency, date, recorded_rate }) => {
    if (recorded_rate) return { rate: recorded_rate, quote_date: date, source: 'recorded' };
    const quoted = rates(currency, date);
    return 'reason' in quoted ? quoted : { ...quoted, source: 'quoted' };
  };
  const closuresOf: Activity['closuresOf'] = ({ row_ids }) => row_ids.flatMap((id) => byTransaction.get(id) ?? []);
  return {
    ledger: ledgerTransactions({ base_currency, rows, differences, unpriced }),
    quotes,
    rateOf,
    closuresOf,
    realise: (sale) => realiseSale(sale, closuresOf(sale), rateOf(sale)),
  };
} // prettier-ignore
