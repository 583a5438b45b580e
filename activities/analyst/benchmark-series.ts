/** Loads the benchmark of a call: what it is, and its levels in the base currency since the portfolio began. */
import { EngineError } from '../../src/contract/errors';
import { type BenchmarkRow, findBenchmark, listIndexes } from '../../src/db/benchmarks';
import { fxHistory } from '../../src/db/fx-rates';
import { packSplits } from '../../src/db/pack-actions';
import type { Tx } from '../../src/db/pool';
import { priceHistory } from '../../src/db/prices';
import { benchmarkLevels } from '../../src/services/benchmark-levels';
import { majorUnit } from '../../src/services/fx';
import type { PortfolioHistory } from '../portfolio-history';

export interface BenchmarkSeries {
  security: BenchmarkRow;
  levels: ReadonlyMap<string, number>;
}

/** @throws EngineError DATA_MISSING for a symbol that nothing has */
export async function loadBenchmark(
  tx: Tx,
  symbol: string,
  { base_currency, pack, history, since_inception }: Omit<PortfolioHistory, 'inputs' | 'window'>,
): Promise<BenchmarkSeries> {
  const security = await findBenchmark(tx, symbol);
  if (!security) {
    const known = (await listIndexes(tx)).map((index) => index.symbol);
    throw new EngineError(
      'DATA_MISSING',
      `There is no security "${symbol}" to measure against. Name another benchmark; there are the indexes ${known.join(', ')}.`,
      { benchmark: symbol, indexes: known },
    );
  }
  const span = { pack_id: pack.id, from: 'reason' in since_inception ? null : since_inception.from };
  const prices = await priceHistory(tx, { ...span, security_ids: [security.id] });
  const currencies = [security.currency, base_currency].map((currency) => majorUnit(currency).major);
  const rates = await fxHistory(tx, { ...span, currencies });
  const splits = await packSplits(tx, { pack_id: pack.id, security_ids: [security.id] });
  return { security, levels: benchmarkLevels(history.dates, prices, rates, base_currency, splits) };
}
