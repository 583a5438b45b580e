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

/** As the owner. One that is known stays as it is. */
export async function insertSeries(tx: Tx, series: readonly NewSeries[]): Promise<void> {
  await tx.query(
    `insert into series (id, name, unit, frequency, source)
     select id, name, unit, frequency, source from json_to_recordset($1)
       as s(id text, name text, unit text, frequency text, source text)
     on conflict (id) do nothing`,
    [JSON.stringify(series)],
  );
}
