/** What the database says of a pack's sources, by the parts that capabilities read. */
import type { PackSources } from './rest-on';

/** As `packSources` of src/db gives it. */
export interface SourceRow {
  part: 'prices' | 'rates' | 'indices' | 'series';
  source: string;
  /** Of a series. Those of factors begin with `FF`. */
  series_id: string | null;
}

export function byPart(rows: readonly SourceRow[]): PackSources {
  const of = (part: SourceRow['part']): string[] =>
    rows.filter((row) => row.part === part).map(({ source }) => source);
  const series = (isFactor: boolean): string[] => [
    ...new Set(
      rows.flatMap(({ series_id, source }) =>
        series_id !== null && series_id.startsWith('FF') === isFactor ? [source] : [],
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
