/** `portfolio.get_valued_positions`. */
import { Type } from '@sinclair/typebox';
import { capabilitiesOf } from '../capability';
import { ledgerPositions } from '../financial-analyst';
import { pricingApplyPack } from './positions-valuation';
import { closed, portfolioArgs, windowReads } from './window';

export const portfolioGetValuedPositions = capabilitiesOf('financial_analyst')({
  name: 'portfolio.get_valued_positions',
  summary:
    'What a portfolio holds on a pack’s day, valued by that pack: what `ledger.positions` and `pricing.apply_pack` say, in one ' +
    'call.',
  args: Type.Object(
    {
      ...portfolioArgs,
      stale_after_days: pricingApplyPack.args.properties.stale_after_days,
    },
    closed,
  ),
  // The positions are those of the second: with price, value and weight.
  result: Type.Object(
    { ...ledgerPositions.result.properties, ...pricingApplyPack.result.properties },
    closed,
  ),
  displayTtlSeconds: 300,
  reads: windowReads,
});
