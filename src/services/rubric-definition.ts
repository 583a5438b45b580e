/** What a rubric is: components, each with the thresholds that give points, as data with a version. */
import type { FundamentalName, FundamentalUnit } from '../contract/rating-names';

export type Relation = '<' | '>' | '>=';

/** Points where the value stands so to the threshold. */
export type Step = readonly [relation: Relation, threshold: number, points: number];

export interface RubricComponent {
  /** The fundamental it reads. */
  name: FundamentalName;
  label: string;
  unit: FundamentalUnit;
  /** All of a rubric add up to 1. */
  weight: number;
  /** From best to worst, the first that is met counts; `as_given`: the value is the points. */
  steps: readonly Step[] | 'as_given';
  /** Points where none is met. */
  otherwise: number;
  /** Of an amount: the currency of its thresholds; an amount in another one is not compared. */
  currency?: string;
}

export interface Rubric {
  name: string;
  /** Raised with every change of a weight, a threshold or points. */
  version: string;
  /** Below it nothing is said; above it the known components are weighed anew to 1. */
  least_covered_weight: number;
  components: readonly RubricComponent[];
}
