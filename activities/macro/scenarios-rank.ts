/** Handler of `scenarios.macro_aware_rank`. */
import type { Pool } from 'pg';
import { libraryVersion } from '../../src/services/scenario-library';
import { rankScenarios } from '../../src/services/scenario-rank';
import { multipliersVersion } from '../../src/services/scenario-regimes';
import { sensitivitiesVersion } from '../../src/services/scenario-sensitivities';
import { statedShocks } from '../../src/services/scenario-shocks';
import { packSource } from '../analyst/pack-source';
import type { Handler } from '../agent';
import { heldAtPack } from './scenarios-holdings';

export function macroAwareRank(database: Pool): Handler<'scenarios.macro_aware_rank'> {
  return async (args, call) => {
    const { pack, base_currency, holdings } = await heldAtPack(database, args, call);
    const regime = args.regime ?? null;
    const ltdc_phase = args.ltdc_phase ?? null;
    const ranking = rankScenarios(holdings, base_currency, regime, ltdc_phase);
    const result = {
      asof_date: pack.date,
      base_currency,
      regime,
      ltdc_phase,
      ...ranking,
      scenarios: ranking.scenarios.map((row) => ({ ...row, shocks: statedShocks(row.shocks) })),
      convention: {
        name: 'probability × loss at market value; the regime multiplies probabilities and shocks',
        library_version: libraryVersion,
        sensitivities_version: sensitivitiesVersion,
        multipliers_version: multipliersVersion,
      },
      reasons: {
        ...ranking.reasons,
        ...(regime === null && { regime: 'NOT_APPLICABLE' }),
        ...(ltdc_phase === null && { ltdc_phase: 'NOT_APPLICABLE' }),
      },
    };
    return { result, ...packSource(pack) };
  };
}
