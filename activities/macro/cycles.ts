/** Handlers of `cycles.compute_*`. */
import type { ResultOf } from '../../src/capabilities';
import type { economyCatalogue } from '../../src/capabilities/macro/economy';
import type { CycleName, PhaseOf } from '../../src/contract/macro-names';
import {
  cycleCoverageLimit,
  cycleIndicators,
  cycleLabels,
  cyclesVersion,
} from '../../src/services/cycle-definitions';
import { type CycleReading, readCycle } from '../../src/services/cycle-reading';
import type { IndicatorReading } from '../../src/services/indicator-reading';
import type { Answer, HandlersOf } from '../agent';
import { packSource } from '../analyst/pack-source';
import { type MacroServices, readingConvention, readingsAt } from './economy-data';

type Names = `cycles.compute_${CycleName}`;

export function cycleHandlers(services: MacroServices): HandlersOf<Names & keyof typeof economyCatalogue> {
  return {
    'cycles.compute_short_term': computeCycle(services, 'short_term'),
    'cycles.compute_long_term': computeCycle(services, 'long_term'),
    'cycles.compute_empire': computeCycle(services, 'empire'),
    'cycles.compute_civil': computeCycle(services, 'civil'),
  };
}

interface CycleResult<C extends CycleName> extends CycleReading<PhaseOf<C>> {
  cycle: C;
  name: string;
  asof_date: string;
  inputs: IndicatorReading[];
  convention: ResultOf<(typeof economyCatalogue)['cycles.compute_short_term']>['convention'];
}

function computeCycle<C extends CycleName>(
  { database }: MacroServices,
  cycle: C,
): (args: { pack_id: string }, call: { ctx: { user_id: string } }) => Promise<Answer<CycleResult<C>>> {
  return async ({ pack_id }, call) => {
    const { pack, readings } = await readingsAt(database, call, pack_id, cycleIndicators(cycle));
    const result = {
      cycle,
      name: cycleLabels[cycle],
      asof_date: pack.date,
      ...readCycle(cycle, readings),
      inputs: readings,
      convention: {
        version: cyclesVersion,
        method:
          cycle === 'civil'
            ? 'mean of max(0, 1 − 5·distance of the value to its range)'
            : 'Σ w·z / Σ |w| over the z-scores that are available',
        least_coverage: cycleCoverageLimit,
        readings: readingConvention,
      },
    };
    return { result, ...packSource(pack) };
  };
}
