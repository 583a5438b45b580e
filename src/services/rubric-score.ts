/** One company by one rubric: what each component met, weighed to 0–10; withheld where too little is known. */
import type { FundamentalName, FundamentalUnit, Grade } from '../contract/rating-names';
import type { ReasonCodes } from './holdings';
import type { Rubric, RubricComponent, Step } from './rubric-definition';

/** A figure, or why there is none. Money is a decimal text. */
export interface RubricInput {
  value: number | string | null;
  reason?: string | undefined;
}

export interface ScoredComponent {
  name: FundamentalName;
  label: string;
  value: number | string | null;
  unit: FundamentalUnit;
  weight: number;
  score: number | null;
  contribution: number | null;
  rule: string | null;
  reasons: ReasonCodes;
}

export interface RubricScore {
  /** 0 to 10. */
  overall: number | null;
  rating_100: number | null;
  grade: Grade | null;
  covered_weight: number;
  components: ScoredComponent[];
  method: { name: string; version: string; least_covered_weight: number };
  reasons: ReasonCodes;
}

/**
 * Σ weight·points over what is known ÷ its weight, if that is at least what the rubric asks for. A missing input earns no
 * points and no default. Where the rating is withheld, its reason is that of the heaviest component that is missing.
 * @param currency of the amounts among the inputs
 */
export function scoreByRubric(
  { name, version, least_covered_weight, components }: Rubric,
  inputs: (name: FundamentalName) => RubricInput,
  currency: string | null,
): RubricScore {
  const met = components.map((component) => meet(component, inputs(component.name), currency));
  const covered = met.reduce((sum, { score, weight }) => (score === null ? sum : sum + weight), 0);
  const method = { name, version, least_covered_weight };
  const covered_weight = rounded(covered);
  // 0.4 + 0.25 + 0.15 is not 0.8 in doubles, and a rating must not hang on that.
  if (covered_weight < least_covered_weight) {
    const code = heaviestReason(met);
    const reasons = { overall: code, rating_100: code, grade: code };
    const none = { overall: null, rating_100: null, grade: null };
    return { ...none, covered_weight, components: met.map(withoutContribution), method, reasons };
  }
  const weighed = met.map((one) => ({
    ...one,
    contribution: one.score === null ? null : (one.weight * one.score) / covered,
  }));
  const overall = rounded(weighed.reduce((sum, { contribution }) => sum + (contribution ?? 0), 0));
  return { ...scoresOf(overall), covered_weight, components: weighed, method, reasons: {} };
}

/** The same on all three scales. */
export function scoresOf(overall: number): { overall: number; rating_100: number; grade: Grade } {
  const rating_100 = rounded(overall * 10);
  return { overall, rating_100, grade: gradeOf(rating_100) };
}

/** A from 90 of 100, B from 80, C from 70, D from 60, else F. */
export function gradeOf(rating100: number): Grade {
  if (rating100 >= 90) return 'A';
  if (rating100 >= 80) return 'B';
  if (rating100 >= 70) return 'C';
  return rating100 >= 60 ? 'D' : 'F';
}

/** 0.3 · 10 + 0.7 · 10 is not 10 in doubles; a grade must not hang on that. */
export function rounded(value: number): number {
  return Number(value.toFixed(10));
}

function meet(
  { name, label, unit, weight, steps, otherwise, currency: of }: RubricComponent,
  { value, reason }: RubricInput,
  currency: string | null,
): ScoredComponent {
  const head = { name, label, value, unit, weight, contribution: null };
  const missing = (code: string): ScoredComponent => ({
    ...head,
    ...{ score: null, rule: null, reasons: missingReasons(value, code) },
  });
  if (value === null) return missing(reason ?? 'MISSING_INPUT');
  if (of !== undefined && of !== currency) return missing('THRESHOLD_CURRENCY');
  const number = Number(value);
  if (steps === 'as_given') return { ...head, score: number, rule: 'as given', reasons: {} };
  const found = steps.find((step) => isMet(step, number));
  const rule = found ? `${found[0]} ${String(found[1])}` : 'otherwise';
  return { ...head, score: found?.[2] ?? otherwise, rule, reasons: {} };
}

function isMet([relation, threshold]: Step, value: number): boolean {
  if (relation === '<') return value < threshold;
  return relation === '>' ? value > threshold : value >= threshold;
}

function heaviestReason(components: readonly ScoredComponent[]): string {
  const [heaviest] = components.filter(({ score }) => score === null).sort((a, b) => b.weight - a.weight);
  return heaviest?.reasons['score'] ?? 'MISSING_INPUT';
}

function missingReasons(value: number | string | null, code: string): ReasonCodes {
  return { score: code, rule: code, contribution: code, ...(value === null && { value: code }) };
}

/** The points stand, but add nothing up. */
function withoutContribution(component: ScoredComponent): ScoredComponent {
  return { ...component, reasons: { contribution: 'WITHHELD', ...component.reasons } };
}
