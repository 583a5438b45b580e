/** Handler of `portfolio.position_details`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import type { PositionLot } from '../../src/contract/ledger-rows';
import { withUser } from '../../src/db/pool';
import { openLotsOf } from '../../src/db/position-lots';
import type { SecurityRow } from '../../src/db/securities';
import { Decimal, decimalText, ratePlaces } from '../../src/services/decimal';
import { gainsOfLots } from '../../src/services/position-lots';
import { applyPack, type ValuedHolding } from '../../src/services/valuation';
import type { Handler } from '../agent';
import { ledgerCommitOf, requirePack, requirePortfolio } from '../portfolio-history';
import { packSource } from './pack-source';
import { type HeldAtPack, holdingsAtPack, nothingOf, requireSecurity } from './positions-held';
import { withoutGaps } from './reasons';
import type { AnalystServices } from './services';

type Details = ResultOf<Catalogue['portfolio.position_details']>;

const convention = {
  cost: 'open part of each lot, before fees',
  gain_split: 'fx: cost_local × (rate now − rate of the purchase); local: the rest',
  fx_quotation: 'base_per_local',
};

export function positionDetails({ database }: AnalystServices): Handler<'portfolio.position_details'> {
  return async ({ portfolio_id, pack_id, security_id }, call) => {
    const ledger_commit_hash = ledgerCommitOf(call, portfolio_id);
    return withUser(database, call.ctx.user_id, async (tx) => {
      const { base_currency } = await requirePortfolio(tx, portfolio_id);
      const pack = await requirePack(tx, pack_id);
      const day = { portfolio_id, ledger_commit_hash, asof_date: pack.date };
      const security = await requireSecurity(tx, security_id);
      const held = await holdingsAtPack(tx, day, pack, base_currency, { others: [security_id] });
      const lots = await openLotsOf(tx, day, security_id);
      const position = positionOf(security, held);
      return {
        result: {
          portfolio_id,
          asof_date: pack.date,
          base_currency,
          ...detailsOf(security, position, lots, pack.date),
        },
        ...packSource(pack),
      };
    });
  };
}

/** Who holds none of it holds nothing of the portfolio, at today's price. */
function positionOf(security: SecurityRow, { valuation, quotes }: HeldAtPack): ValuedHolding {
  const held = valuation.positions.find(({ security_id }) => security_id === security.id);
  if (held) return held;
  const { positions } = applyPack([nothingOf(security)], quotes);
  const [none] = positions as [ValuedHolding];
  const { weight: _, value: _value, value_local: _local, unrealised_gain: _gain, ...reasons } = none.reasons;
  return { ...none, value: '0', value_local: '0', weight: 0, reasons };
}

function detailsOf(
  { id, symbol, name, asset_class, sector }: SecurityRow,
  position: ValuedHolding,
  rows: readonly PositionLot[],
  asof_date: string,
): Omit<Details, 'portfolio_id' | 'asof_date' | 'base_currency'> {
  const { currency, quantity, cost_local, cost_base, price, rate_base_per_local, weight } = position;
  const unit_value = valueOfOne(position);
  const quote = { asof_date, currency, price, rate_base_per_local, unit_value, reasons: position.reasons };
  const { lots, gain } = gainsOfLots(rows, quote);
  const isHeld = rows.length > 0;
  const average = (cost: string | null): string | null =>
    cost === null || !isHeld
      ? null
      : decimalText(new Decimal(cost).div(quantity).toDecimalPlaces(ratePlaces));
  const whyNot = (reason: string | undefined) => (isHeld ? reason : 'NOT_HELD');
  const reasons = {
    ...position.reasons,
    ...gain.reasons,
    average_cost_local: whyNot(position.reasons['cost_local']),
    average_cost_base: whyNot(position.reasons['cost_base']),
    sector: sector === null ? 'NOT_CLASSIFIED' : undefined,
  };
  return {
    ...{ security_id: id, symbol, name, asset_class, sector, currency, quantity },
    average_cost_local: average(cost_local),
    average_cost_base: average(cost_base),
    ...{ price, price_date: position.price_date, rate_base_per_local, rate_date: position.rate_date },
    ...{
      rate_age_days: position.rate_age_days,
      rate_derivation: position.rate_derivation,
      stale: position.stale,
    },
    ...{ cost_local, cost_base, value_local: position.value_local, value: position.value },
    unrealised_gain: gain.unrealised_gain,
    unrealised_local_gain: gain.unrealised_local_gain,
    unrealised_fx_gain: gain.unrealised_fx_gain,
    ...{ weight, lots, convention },
    reasons: withoutGaps(reasons),
  };
}

/** Of one share, in base; for shares whose price is in another currency than the position. */
function valueOfOne({ value, quantity }: ValuedHolding): Decimal | null {
  return value === null || new Decimal(quantity).isZero() ? null : new Decimal(value).div(quantity);
}
