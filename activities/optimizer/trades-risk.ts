/** The annual covariance of what a portfolio holds at a pack, in base, from its price history. */
import { packSplits } from '../../src/db/pack-actions';
import { withUser } from '../../src/db/pool';
import { heldAssets } from '../../src/services/asset-returns';
import { annualCovariance } from '../../src/services/trade-covariance';
import type { Call } from '../agent';
import { positionsOfWindow } from '../analyst/positions-history';
import type { AnalystServices } from '../analyst/services';

/** Over the last 252 trading days, of the securities in this order. */
export async function covarianceOf(
  services: AnalystServices,
  args: { portfolio_id: string; pack_id: string },
  call: Call<'user_id' | 'portfolio_id'>,
  ids: readonly string[],
): Promise<{ covariance: number[][] } | { reason: string }> {
  const asked = { portfolio_id: args.portfolio_id, pack_id: args.pack_id };
  const whole = await positionsOfWindow(services, { ...asked, lookback_days: 252 }, call);
  // A portfolio that is younger than a year still has returns.
  const found = 'reason' in whole.positions ? await positionsOfWindow(services, asked, call) : whole;
  const { positions, portfolio } = found;
  if ('reason' in positions) return { reason: positions.reason };
  const splits = await withUser(services.database, call.ctx.user_id, (tx) =>
    packSplits(tx, { pack_id: args.pack_id, security_ids: ids }),
  );
  return annualCovariance(heldAssets(positions, portfolio.inputs, splits), ids);
}
