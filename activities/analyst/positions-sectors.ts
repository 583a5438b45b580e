/** Handler of `portfolio.sector_allocation`. */
import { withUser } from '../../src/db/pool';
import { findSecurities } from '../../src/db/securities';
import { allocateBySector } from '../../src/services/sector-allocation';
import type { Handler } from '../agent';
import type { AnalystServices } from './services';

export function sectorAllocation({ database }: AnalystServices): Handler<'portfolio.sector_allocation'> {
  return async ({ positions }, { ctx: { user_id, base_currency, asof_date } }) => {
    const ids = positions.flatMap(({ security_id }) => security_id ?? []);
    const securities = await withUser(database, user_id, (tx) => findSecurities(tx, ids));
    const sectorOf = new Map(securities.map(({ id, sector }) => [id, sector]));
    return { result: { asof_date, base_currency, ...allocateBySector(positions, sectorOf) }, asof_date };
  };
}
