/** Reads a CSV file of economic series: a column for each series, a row for each end of a period. */
import { readTable } from '../services/csv-table';
import { addDays, isDay } from '../services/dates';
import type { Known } from './build-packs';
import type { PackObservation } from './pack-content';

/** A series as the file's owner describes it. */
export interface FileSeries {
  /** The name of its column. */
  id: string;
  /**
   * Days from the end of a period to the day its value is taken as known. The file does not say when a value was
   * published, so this is an assumption.
   */
  publication_lag_days: number;
}

/**
 * `period_end,GS10,…`: days, and values in the unit of their series; an empty cell is no value.
 * @param series all of the file's columns after the first, in their order
 * @throws CsvError with everything that cannot be read
 */
export function readSeries(csv: string, series: readonly FileSeries[]): Known<PackObservation>[] {
  const columns = ['period_end', ...series.map(({ id }) => id.toLowerCase())];
  const { rows, problems } = readTable(csv, columns, []);
  const values = rows.flatMap((row) => {
    const [period_end = '', ...cells] = row.cells;
    problems.day(row, period_end);
    problems.once(row, period_end);
    const isIt = isDay(period_end);
    return series.flatMap(({ id, publication_lag_days }, at) => {
      const cell = cells[at] ?? '';
      if (cell === '') return [];
      const value = problems.number(row, cell);
      return isIt
        ? [{ series_id: id, period_end, value, known_on: addDays(period_end, publication_lag_days) }]
        : [];
    });
  });
  problems.requireNone();
  return values;
}
