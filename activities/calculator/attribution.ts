/** Handlers of the calculator's attributions. */
import type { attributionCatalogue } from '../../src/capabilities/calculator/attribution';
import { attributeSegments, linkCarino } from '../../src/services/brinson';
import { attributePositions } from '../../src/services/position-attribution';
import type { HandlersOf } from '../agent';
import { segmentsByPeriod } from './brinson-args';
import { numbersOf } from './numbers';
import { checkNotNegative } from './returns-checks';

const priced = ['price_begin', 'price_end', 'fx_begin', 'fx_end'] as const;

export const attributionHandlers: HandlersOf<keyof typeof attributionCatalogue> = {
  'calc.currency_attribution': async ({ positions, interaction }) => {
    const read = positions.map(({ id, ...given }, index) => {
      const figures = numbersOf(given);
      for (const name of priced) checkNotNegative(`/positions/${String(index)}/${name}`, figures[name]);
      return { id, ...figures };
    });
    return { result: attributePositions(read, interaction) };
  },

  'calc.brinson_attribution': async ({ interaction = 'separate', linking = 'none', ...lists }) => {
    const { periods, isSeveral } = segmentsByPeriod(lists);
    const effects = periods.map((period) => attributeSegments(period, interaction));
    const linked = linking === 'none' ? null : linkCarino(effects);
    const isLinked = linked !== null && !('reason' in linked);
    const first = effects[0];
    const each = <T>(pick: (period: (typeof effects)[number]) => T): T | T[] =>
      first && !isSeveral ? pick(first) : effects.map(pick);
    return {
      result: {
        allocation: each((period) => period.allocation),
        selection: each((period) => period.selection),
        interaction: each((period) => period.interaction),
        total: each((period) => period.total),
        portfolio_return: each((period) => period.portfolio_return),
        benchmark_return: each((period) => period.benchmark_return),
        linked: isLinked ? linked : null,
        conventions: { model: 'brinson_fachler', interaction, linking },
        reasons: linked && 'reason' in linked ? { linked: linked.reason } : {},
      },
    };
  },
};
