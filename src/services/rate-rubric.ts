/** One company by a rubric: every component with the threshold it met, and what a gap does, by declared policy. */
import type { GapPolicy } from '../contract/decision-names';
import type { ReasonCodes } from './holdings';
import type { Component } from './rating-rubric';
import { gradeOf, scoreComponent } from './ratings';
import { refuseArgument } from './invalid-argument';

export interface RatedComponent {
  name: string;
  value: number | null;
  /** Points, 0 to 10. */
  score: number | null;
  weight: number;
  /** The threshold that was met; `null`: none, or no value. */
  threshold: number | null;
  reason?: string;
}

export interface RubricRating {
  /** 0 to 10. */
  overall: number | null;
  /** 0 to 100. */
  rating_100: number | null;
  grade: string | null;
  components: RatedComponent[];
  missing: string[];
  reasons: ReasonCodes;
}

/** @throws EngineError ARGS_INVALID */
export function rateByRubric(
  inputs: ReadonlyMap<string, number | null>,
  rubric: readonly Component[],
  policy: GapPolicy,
): RubricRating {
  check(inputs, rubric);
  const components = rubric.map((component) => rated(component, inputs.get(component.name) ?? null));
  const missing = components.filter(({ score }) => score === null).map(({ name }) => name);
  const scored = components.filter(({ score }) => score !== null);
  const weight = scored.reduce((sum, one) => sum + one.weight, 0);
  if (weight === 0 || (missing.length > 0 && policy === 'withhold')) {
    const code = 'MISSING_INPUT';
    const reasons = { overall: code, rating_100: code, grade: code };
    return { overall: null, rating_100: null, grade: null, components, missing, reasons };
  }
  const points = scored.reduce((sum, one) => sum + one.weight * (one.score as number), 0);
  // 0.3 · 10 is not 3 in doubles; a grade must not hang on that.
  const overall = Number((points / weight).toFixed(10));
  return {
    overall,
    rating_100: Number((overall * 10).toFixed(9)),
    grade: gradeOf(overall),
    components,
    missing,
    reasons: {},
  };
}

function rated(component: Component, value: number | null): RatedComponent {
  const { name, weight, steps, better } = component;
  if (value === null) return { name, value, score: null, weight, threshold: null, reason: 'MISSING_INPUT' };
  const met = steps.find(([threshold]) => (better === 'higher' ? value >= threshold : value <= threshold));
  return { name, value, score: scoreComponent(component, value), weight, threshold: met?.[0] ?? null };
}

function check(inputs: ReadonlyMap<string, number | null>, rubric: readonly Component[]): void {
  const names = new Set(rubric.map(({ name }) => name));
  for (const name of inputs.keys()) {
    if (!names.has(name))
      refuseArgument(`/inputs/${name}`, `the rubric has no such component; it has ${[...names].join(', ')}`);
  }
  if (names.size < rubric.length) refuseArgument('/rubric', 'names a component twice');
  const total = rubric.reduce((sum, { weight }) => sum + weight, 0);
  if (Math.abs(total - 1) > 1e-9)
    refuseArgument('/rubric', `its weights add up to ${String(total)}, not to 1`);
  rubric.forEach(({ name, steps, better }) => {
    const isOrdered = steps.every(([threshold], i) => {
      const before = steps[i - 1]?.[0];
      return before === undefined || (better === 'higher' ? threshold < before : threshold > before);
    });
    if (steps.some(([, points]) => points < 0 || points > 10))
      refuseArgument(`/rubric/${name}`, 'gives points outside of 0 to 10');
    if (!isOrdered) refuseArgument(`/rubric/${name}`, 'its thresholds do not go from best to worst');
  });
}
