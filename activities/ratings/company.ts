/** Handlers of `ratings.dividend_safety`, `ratings.moat_strength`, `ratings.resilience` and `ratings.checklist`. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import type { Fundamentals } from '../../src/capabilities/harvester/fundamentals';
import type { RatingPart } from '../../src/contract/rating-names';
import { componentChart } from '../../src/services/chart-ratings';
import { checklistMethod } from '../../src/services/checklist-marks';
import { type Check, runChecklist } from '../../src/services/checklist-outcome';
import { refuseArgument } from '../../src/services/invalid-argument';
import { partRubrics } from '../../src/services/rubric-aggregate';
import { scoreByRubric } from '../../src/services/rubric-score';
import type { HandlersOf } from '../agent';
import { inputsOf } from './inputs';

type CompanyRating = ResultOf<Catalogue['ratings.moat_strength']>;

interface Asked {
  security_id: string;
  fundamentals: Fundamentals;
  switching_costs?: number;
}

const titles = {
  dividend_safety: 'dividend safety',
  moat_strength: 'moat strength',
  resilience: 'resilience',
} as const satisfies Record<RatingPart, string>;

export const companyHandlers: HandlersOf<
  'ratings.dividend_safety' | 'ratings.moat_strength' | 'ratings.resilience' | 'ratings.checklist'
> = {
  'ratings.dividend_safety': async (asked) => answer('dividend_safety', asked),
  'ratings.moat_strength': async (asked) => answer('moat_strength', asked),
  'ratings.resilience': async (asked) => answer('resilience', asked),

  'ratings.checklist': async ({ fundamentals }) => {
    const { security_id, symbol, asof_date, inputs } = fundamentals;
    const checks = runChecklist(inputsOf(fundamentals));
    const count = (outcome: Check['outcome']): number =>
      checks.filter((check) => check.outcome === outcome).length;
    const dated = checks.map((check) => {
      const period_end = inputs[check.name].period_ends[0] ?? null;
      const reasons = { ...check.reasons, ...(period_end === null && { period_end: 'MISSING_INPUT' }) };
      return { ...check, period_end, reasons };
    });
    const counts = { passed: count('pass'), failed: count('fail'), not_available: count('not_available') };
    const result = { security_id, symbol, asof_date, checks: dated, ...counts };
    return { result: { ...result, method: checklistMethod, reasons: {} }, asof_date };
  },
};

function answer(
  part: RatingPart,
  { security_id, fundamentals, switching_costs }: Asked,
): { result: CompanyRating; asof_date: string } {
  if (fundamentals.security_id !== security_id)
    refuseArgument('/fundamentals/security_id', `is another company’s than security_id ${security_id}`);
  const { symbol, asof_date, currency } = fundamentals;
  const scored = scoreByRubric(partRubrics[part], inputsOf(fundamentals, switching_costs), currency);
  const chart = componentChart(titles[part], { symbol, asof_date, components: scored.components });
  const reasons = { ...scored.reasons, ...(currency === null && { currency: 'MISSING_INPUT' }) };
  return { result: { security_id, symbol, asof_date, currency, ...scored, chart, reasons }, asof_date };
}
