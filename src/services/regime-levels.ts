/**
 * The macro regime by levels in percent: growth, unemployment, slope of the yield curve, and the purchasing managers'
 * index. The first rule that holds speaks; its confidence is a judgement, not an estimate.
 */
import { type Regime, withheld } from './regime';

export interface Levels {
  /** Real growth on the year, percent. */
  gdp_growth?: number | undefined;
  /** Rate, percent. */
  unemployment?: number | undefined;
  /** 10 years − 2 years, percentage points. */
  yield_curve?: number | undefined;
  /** Needed only where growth is above 2 and unemployment below 4.5. */
  pmi?: number | undefined;
}

export function regimeByLevels({ gdp_growth, unemployment, yield_curve, pmi }: Levels): Regime {
  if (gdp_growth === undefined || unemployment === undefined) return withheld('MISSING_INPUT');
  if (gdp_growth < 0)
    return unemployment > 6
      ? found('DEEP_CONTRACTION', 0.95, 'gdp_growth < 0 and unemployment > 6')
      : found('EARLY_CONTRACTION', 0.8, 'gdp_growth < 0 and unemployment ≤ 6');
  if (yield_curve === undefined) return withheld('MISSING_INPUT');
  if (yield_curve < 0) return found('LATE_EXPANSION', 0.85, 'yield_curve < 0');
  const isHot = unemployment < 4.5 && gdp_growth > 2;
  if (!isHot) return found('EARLY_EXPANSION', 0.7, 'none of the other rules');
  if (pmi === undefined) return withheld('MISSING_INPUT');
  return pmi > 55
    ? found('MID_EXPANSION', 0.9, 'unemployment < 4.5, gdp_growth > 2 and pmi > 55')
    : found('LATE_EXPANSION', 0.75, 'unemployment < 4.5, gdp_growth > 2 and pmi ≤ 55');
}

function found(regime: string, confidence: number, rule: string): Regime {
  return {
    regime,
    scores: { [regime]: 100 * confidence },
    probabilities: { [regime]: confidence },
    rule: `${regime}: ${rule}`,
    reasons: {},
  };
}
