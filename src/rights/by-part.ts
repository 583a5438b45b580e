/** What the database says of a pack's sources, by the parts that capabilities read. */
import type { PackSources } from './rest-on';
import { ownerOfSeries } from './series-owners';

/** As `packSources` of src/db gives it. */
export interface SourceRow {
  part: 'prices' | 'rates' | 'indices' | 'series';
  source: string;
  /** Of a series. Those of factors are called `FF3.…`. */
  series_id: string | null;
}

export function byPart(rows: readonly SourceRow[]): PackSources {
  const of = (part: SourceRow['part']): string[] =>
    rows.filter((row) => row.part === part).map(({ source }) => source);
  const series = (isFactor: boolean): string[] => [
    ...new Set(
      rows.flatMap(({ series_id, source }) =>
        series_id !== null && /^FF\d\./.test(series_id) === isFactor
          ? [ownerOfSeries(`${source} ${series_id}`) ?? source]
          : [],
      ),
    ),
  ];
  return {
    prices: of('prices'),
    rates: of('rates'),
    indices: of('indices'),
    factors: series(true),
    economy: series(false),
  };
}
