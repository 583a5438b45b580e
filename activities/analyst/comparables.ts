/** Handler of `portfolio.comparable_positions`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { packSplits } from '../../src/db/pack-actions';
import { type Tx, withUser } from '../../src/db/pool';
import { packDates, priceHistory } from '../../src/db/prices';
import { listSecurities, type SecurityRow } from '../../src/db/securities';
import { type DayClose, priceMeasures } from '../../src/services/comparables-measures';
import { grouped } from '../../src/services/grouped';
import { splitGrowth } from '../../src/services/split-growth';
import type { Handler } from '../agent';
import { requirePack } from '../portfolio-history';
import { packSource } from './pack-source';
import { requireSecurity } from './positions-held';
import type { AnalystServices } from './services';

type Comparables = ResultOf<Catalogue['portfolio.comparable_positions']>;

const usualLimit = 5;
const usualDays = 252;
const convention = {
  returns: 'of the closing price in its own currency, splits taken out, dividends left out',
  volatility: 'sample standard deviation of daily returns × √252; 20 returns at least',
};

export function comparablePositions({
  database,
}: AnalystServices): Handler<'portfolio.comparable_positions'> {
  return async (args, { ctx: { user_id } }) =>
    withUser(database, user_id, async (tx) => {
      const { security_id, pack_id, limit = usualLimit, lookback_days = usualDays } = args;
      const pack = await requirePack(tx, pack_id);
      const security = await requireSecurity(tx, security_id);
      const sector = args.sector ?? security.sector;
      const alike = sector === null ? [] : await securitiesOf(tx, sector, security_id);
      const shown = alike.slice(0, limit);
      const dates = (await packDates(tx, { pack_id })).slice(-1 - lookback_days);
      const rows = await measured(tx, pack_id, [security, ...shown], dates);
      const isWindow = dates.length > 1;
      return {
        result: {
          ...{ asof_date: pack.date, from: isWindow ? (dates[0] ?? null) : null, to: pack.date, sector },
          security: rows[0] as Comparables['security'],
          comparables: rows.slice(1),
          ...{ total: alike.length, convention },
          reasons: {
            ...(sector === null && { sector: 'NOT_CLASSIFIED' }),
            ...(!isWindow && { from: 'TOO_FEW_OBSERVATIONS' }),
          },
        },
        ...packSource(pack),
      };
    });
}

/** By symbol; an index is nobody's competitor. */
async function securitiesOf(tx: Tx, sector: string, without: string): Promise<SecurityRow[]> {
  const all = await listSecurities(tx);
  return all.filter((one) => one.sector === sector && one.asset_class !== 'index' && one.id !== without);
}

async function measured(
  tx: Tx,
  pack_id: string,
  securities: readonly SecurityRow[],
  dates: readonly string[],
): Promise<Comparables['comparables']> {
  const security_ids = securities.map(({ id }) => id);
  const from = dates[0] ?? null;
  const prices = await priceHistory(tx, { pack_id, security_ids, from });
  const splits = splitGrowth(await packSplits(tx, { pack_id, security_ids }));
  const bySecurity = grouped(prices, ({ security_id }) => security_id);
  return securities.map(({ id, symbol, name, asset_class, sector, currency }) => {
    const closes: readonly DayClose[] = bySecurity.get(id) ?? [];
    const { reasons, ...measures } = priceMeasures(closes, dates, splits, id);
    return {
      ...{ security_id: id, symbol, name, asset_class, sector },
      currency: closes.at(-1)?.currency ?? currency,
      ...measures,
      reasons: { ...reasons, ...(sector === null && { sector: 'NOT_CLASSIFIED' }) },
    };
  });
}
