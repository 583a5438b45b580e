/** How far a price is below its highest, as a word: Ghostfolio's convention. */
import type { MarketCondition } from '../contract/decision-names';
import { EngineError } from '../contract/errors';
import { Decimal, type Numeric } from './decimal';

/**
 * @param distance price / highest price − 1, a fraction of at least −1; rounded to 2 places, halves away from zero.
 * Above the highest so far is a new high.
 */
export function marketCondition(distance: Numeric): { condition: MarketCondition; distance: number } {
  const rounded = new Decimal(distance).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
  if (rounded.lt(-1))
    throw new EngineError('ARGS_INVALID', '/distance_from_high: a price cannot fall by more than all, −1.', {
      pointer: '/distance_from_high',
    });
  const condition = rounded.gte(0) ? 'ALL_TIME_HIGH' : rounded.lte('-0.2') ? 'BEAR_MARKET' : 'NEUTRAL_MARKET';
  return { condition, distance: rounded.isZero() ? 0 : rounded.toNumber() };
}
