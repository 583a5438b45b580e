/** Handler of `macro.get_indicators`. */
import { usualIndicators } from '../../src/services/indicator-definitions';
import type { Handler } from '../agent';
import { packSource } from '../analyst/pack-source';
import { type MacroServices, readingConvention, readingsAt } from './economy-data';

export function getIndicators({ database }: MacroServices): Handler<'macro.get_indicators'> {
  return async ({ pack_id, indicators = usualIndicators }, call) => {
    const { pack, readings } = await readingsAt(database, call, pack_id, indicators);
    const result = {
      asof_date: pack.date,
      indicators: readings,
      missing: readings.filter(({ value }) => value === null).map(({ id }) => id),
      convention: readingConvention,
      reasons: {},
    };
    return { result, ...packSource(pack) };
  };
}
