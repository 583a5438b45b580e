/** What a portfolio can be measured against: an index, or any other security with prices in the packs. */
import type { Tx } from './pool';

export interface BenchmarkRow {
  id: string;
  symbol: string;
  name: string;
  currency: string;
  /** Whether its level has the dividends in it; `null`: it is no index. */
  is_total_return: boolean | null;
}

const benchmark = 'select id, symbol, name, currency, is_total_return from securities';

/** `null`: there is no security of this symbol. */
export async function findBenchmark(tx: Tx, symbol: string): Promise<BenchmarkRow | null> {
  const { rows } = await tx.query<BenchmarkRow>(`${benchmark} where symbol = $1`, [symbol]);
  return rows[0] ?? null;
}

/** By symbol. */
export async function listIndexes(tx: Tx): Promise<BenchmarkRow[]> {
  const { rows } = await tx.query<BenchmarkRow>(`${benchmark} where asset_class = 'index' order by symbol`);
  return rows;
}
