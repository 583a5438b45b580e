/** Price and rating of a single security. */
import { pricingApplyPack } from '../../src/capabilities/analyst/positions-valuation';
import { fundamentalsLoad } from '../../src/capabilities/harvester/fundamentals';
import { ratingsAggregate } from '../../src/capabilities/ratings/aggregate';
import type { Observed } from '../../src/services/alert-evaluation';
import type { World } from './world';

/** One share of it, valued in its own currency: then no exchange rate is needed. */
export async function observePrice(
  { security_id, unit }: { security_id: string; unit: string },
  world: World,
): Promise<Observed> {
  const { asof_date, pricing_pack_id } = world.ctx;
  const known = await world.securityOf(security_id);
  const subject = `The price of ${known?.symbol ?? security_id}`;
  if (known === null) return { subject, value: null, unit, asof_date, reason: 'UNKNOWN_SECURITY' };
  const share = {
    ...known,
    security_id,
    asset_class: 'equity' as const,
    currency: unit,
    quantity: '1',
    cost_local: null,
    cost_base: null,
    reasons: { cost_local: 'NOT_APPLICABLE', cost_base: 'NOT_APPLICABLE' },
  };
  const { positions } = await world.ask(
    pricingApplyPack,
    { positions: [share], pack_id: pricing_pack_id },
    world.ctx.base_currency === null ? { base_currency: unit } : {},
  );
  const [valued] = positions;
  return {
    subject,
    value: valued?.price ?? null,
    unit,
    asof_date,
    reason: valued?.reasons['price'] ?? null,
  };
}

/** By the company's figures that were filed by the pack's day. */
export async function observeRating(security_id: string, world: World): Promise<Observed> {
  const known = await world.securityOf(security_id);
  const common = {
    subject: `The quality rating of ${known?.symbol ?? security_id}`,
    unit: 'points',
    asof_date: world.ctx.asof_date,
  };
  if (known === null) return { ...common, value: null, reason: 'UNKNOWN_SECURITY' };
  const fundamentals = [await world.ask(fundamentalsLoad, { security_id })];
  const { ratings } = await world.ask(ratingsAggregate, { fundamentals });
  const [rating] = ratings;
  return { ...common, value: rating?.overall ?? null, reason: rating?.reasons['overall'] ?? null };
}
