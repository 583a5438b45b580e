/** Handlers of src/capabilities/optimizer/hedges.ts. */
import type { Pool } from 'pg';
import type { hedgesCatalogue } from '../../src/capabilities/optimizer/hedges';
import { EngineError } from '../../src/contract/errors';
import { packQuotes } from '../../src/db/pack-quotes';
import { withUser } from '../../src/db/pool';
import { Decimal, decimalText, roundMoney } from '../../src/services/decimal';
import { packRates } from '../../src/services/fx';
import { deleveragingHedges } from '../../src/services/hedge-deleveraging';
import { instrumentsVersion } from '../../src/services/hedge-instruments';
import { playbookVersion } from '../../src/services/hedge-playbook';
import { leastLoss, suggestHedges } from '../../src/services/hedge-suggest';
import { sensitivitiesVersion } from '../../src/services/scenario-sensitivities';
import type { Handler, HandlersOf } from '../agent';
import { packSource } from '../analyst/pack-source';
import { requirePack, requirePortfolio } from '../portfolio-history';

const assumedMaximum = 20;

export function hedgesHandlers({ database }: { database: Pool }): HandlersOf<keyof typeof hedgesCatalogue> {
  return {
    'optimizer.suggest_hedges': suggest(database),
    'optimizer.suggest_deleveraging_hedges': suggestDeleveraging(database),
  };
}

function suggest(database: Pool): Handler<'optimizer.suggest_hedges'> {
  return async ({ portfolio_id, pack_id, scenario_result, max_cost_bps = assumedMaximum }, { ctx }) => {
    const { pack, base_currency, rates } = await withUser(database, ctx.user_id, async (tx) => {
      const { base_currency } = await requirePortfolio(tx, portfolio_id);
      const pack = await requirePack(tx, pack_id);
      return { base_currency, pack, rates: (await packQuotes(tx, pack_id, [])).rates };
    });
    refuseOthers('/scenario_result/base_currency', scenario_result.base_currency, base_currency);
    refuseOthers('/scenario_result/pricing_pack_id', scenario_result.pricing_pack_id, pack_id);
    const dollar = packRates(rates, base_currency, pack.date)('USD');
    const { hedges, ...suggested } = suggestHedges(scenario_result, max_cost_bps);
    const result = {
      pricing_pack_id: pack_id,
      base_currency,
      hedges: hedges.map((hedge) => ({
        ...hedge,
        notional_usd:
          'rate' in dollar ? decimalText(roundMoney(new Decimal(hedge.notional).div(dollar.rate))) : null,
        reasons: 'rate' in dollar ? {} : { notional_usd: dollar.reason },
      })),
      ...suggested,
      max_cost_bps,
      convention: {
        name: 'for each factor that loses, exposure ÷ sensitivity of the cheapest instrument that gains from it',
        costs:
          'assumptions for each kind of instrument, not quotes: opening, holding over the scenario and closing',
        least_loss: leastLoss,
        instruments_version: instrumentsVersion,
        sensitivities_version: sensitivitiesVersion,
      },
    };
    return { result, ...packSource(pack) };
  };
}

function suggestDeleveraging(database: Pool): Handler<'optimizer.suggest_deleveraging_hedges'> {
  return async ({ portfolio_id, scenarios, ltdc_phase = null }, { ctx }) => {
    const { base_currency } = await withUser(database, ctx.user_id, (tx) =>
      requirePortfolio(tx, portfolio_id),
    );
    const { asof_date, pricing_pack_id } = scenarios.money_printing;
    for (const [way, scenario] of Object.entries(scenarios)) {
      refuseOthers(`/scenarios/${way}/base_currency`, scenario.base_currency, base_currency);
      refuseOthers(`/scenarios/${way}/pricing_pack_id`, scenario.pricing_pack_id, pricing_pack_id);
    }
    const { reasons, ...suggested } = deleveragingHedges(scenarios, ltdc_phase);
    const result = {
      base_currency,
      ltdc_phase,
      ...suggested,
      convention: {
        name: 'playbook by phase of the long-term debt cycle; sales go into cash, purchases come out of it',
        playbook_version: playbookVersion,
      },
      reasons: { ...reasons, ...(ltdc_phase === null && { ltdc_phase: 'MISSING_INPUT' }) },
    };
    return { result, asof_date };
  };
}

/** @throws EngineError ARGS_INVALID: the scenario was run on something else */
function refuseOthers(pointer: string, given: string, expected: string): void {
  if (given === expected) return;
  throw new EngineError(
    'ARGS_INVALID',
    `${pointer} is ${given}, and ${expected} is asked about: run the scenario on this portfolio and pack.`,
    { pointer },
  );
}
