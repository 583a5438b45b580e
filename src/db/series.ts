/** What series measure: the master data of observations. */
import type { Tx } from './pool';

export interface NewSeries {
  id: string;
  name: string;
  /** In which the values are kept: as published. */
  unit: 'percent' | 'fraction' | 'level' | 'currency';
  frequency: 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';
  source: string;
}

/** As the owner. Of one that is known, name and source become these; its unit and frequency stay, for values rest on them. */
export async function insertSeries(tx: Tx, series: readonly NewSeries[]): Promise<void> {
  await tx.query(
    `insert into series (id, name, unit, frequency, source)
     select id, name, unit, frequency, source from json_to_recordset($1)
       as s(id text, name text, unit text, frequency text, source text)
     on conflict (id) do update set name = excluded.name, source = excluded.source`,
    [JSON.stringify(series)],
  );
}
