/** The regime of each month of a pack's calendar, as `macro.get_regime_history` has it. */
import type { Pool } from 'pg';
import type { RegimeName } from '../../src/contract/macro-names';
import { observationVintages } from '../../src/db/observation-vintages';
import { withUser } from '../../src/db/pool';
import { seriesOf } from '../../src/services/indicator-definitions';
import { monthPoints } from '../../src/services/month-points';
import { regimeHistory } from '../../src/services/regime-history';
import { regimeInputs } from '../../src/services/regime-reading';
import type { PortfolioHistory } from '../portfolio-history';

/** The regime of the month a day is in, by what was known at its end; `null`: none was found. */
export type MonthRegimes = (date: string) => RegimeName | null;

export async function monthRegimes(
  database: Pool,
  { pack, history }: Pick<PortfolioHistory, 'pack' | 'history'>,
  userId: string,
): Promise<MonthRegimes> {
  const asked = { pack_id: pack.id, series_ids: seriesOf(regimeInputs) };
  const rows = await withUser(database, userId, (tx) => observationVintages(tx, asked));
  const points = regimeHistory(rows, monthPoints(history.dates));
  const byMonth = new Map(points.map(({ date, regime }) => [monthOf(date), regime]));
  return (date) => byMonth.get(monthOf(date)) ?? null;
}

function monthOf(date: string): string {
  return date.slice(0, 7);
}
