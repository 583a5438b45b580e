/** Handler of `macro.detect_regime`. */
import {
  readRegime,
  regimeCoverageLimit,
  regimeInputs,
  regimeRulesVersion,
} from '../../src/services/regime-reading';
import type { Handler } from '../agent';
import { packSource } from '../analyst/pack-source';
import { type MacroServices, readingConvention, readingsAt } from './economy-data';

export function detectRegime({ database }: MacroServices): Handler<'macro.detect_regime'> {
  return async ({ pack_id }, call) => {
    const { pack, readings } = await readingsAt(database, call, pack_id, regimeInputs);
    const result = {
      asof_date: pack.date,
      ...readRegime(readings),
      inputs: readings,
      convention: {
        rules_version: regimeRulesVersion,
        least_coverage: regimeCoverageLimit,
        readings: readingConvention,
      },
    };
    return { result, ...packSource(pack) };
  };
}
