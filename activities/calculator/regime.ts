/** From the arguments of `calc.regime` to the z-scores or levels that its rules read. */
import type { ArgsOf, ResultOf } from '../../src/capabilities';
import type { regime } from '../../src/capabilities/calculator/scores';
import { type Regime, regimeOf, withheld, zScore } from '../../src/services/regime';
import { regimeByLevels } from '../../src/services/regime-levels';
import { fivePhases, type RegimeRules } from '../../src/services/regime-rules';
import { seriesOf } from './series';

type Args = ArgsOf<typeof regime>;

export function answerRegime(args: Args): ResultOf<typeof regime> {
  const { rule_set = 'five_phases', probability = 'proportional' } = args;
  if (rule_set === 'levels') return { ...byLevels(args), z_scores: {}, probability };
  const rules: RegimeRules = rule_set === 'five_phases' ? fivePhases : rule_set;
  const { z_scores, reasons } = zScoresOf(args);
  const asked = new Set(Object.values(rules).flatMap((list) => list.map(({ indicator }) => indicator)));
  const failed = Object.entries(reasons).find(([name]) => asked.has(name));
  // A series that is there and says nothing is another matter than one that is not there.
  const found = failed ? withheld(failed[1]) : regimeOf(z_scores, rules, probability);
  const places = Object.entries(reasons).map(([name, code]) => [`z_scores.${name}`, code]);
  return {
    ...found,
    z_scores,
    probability,
    reasons: { ...found.reasons, ...(Object.fromEntries(places) as Record<string, string>) },
  };
}

function zScoresOf({ z_scores = {}, series = {}, window, min_observations = 30 }: Args): {
  z_scores: Record<string, number | null>;
  reasons: Record<string, string>;
} {
  const found: Record<string, number | null> = {};
  const reasons: Record<string, string> = {};
  for (const [name, values] of Object.entries(series)) {
    const scored = zScore(seriesOf(values), {
      window,
      least: Math.min(min_observations, window ?? min_observations),
    });
    found[name] = 'z' in scored ? scored.z : null;
    if ('reason' in scored) reasons[name] = scored.reason;
  }
  for (const [name, value] of Object.entries(z_scores)) {
    if (value === null) continue;
    found[name] = Number(value);
    // The given score replaces the failed one.
    delete reasons[name];
  }
  return { z_scores: found, reasons };
}

function byLevels({ series = {} }: Args): Regime {
  const last = (name: string): number | undefined => {
    const value = series[name]?.at(-1);
    return value === undefined || value === null ? undefined : Number(value);
  };
  return regimeByLevels({
    gdp_growth: last('gdp_growth'),
    unemployment: last('unemployment'),
    yield_curve: last('yield_curve'),
    pmi: last('pmi'),
  });
}
