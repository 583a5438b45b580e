/** Companies by all rubrics, and a portfolio of them by market value. */
import type { FundamentalName, Grade, RatingPart } from '../contract/rating-names';
import { Decimal, sum } from './decimal';
import type { ReasonCodes } from './holdings';
import { dividendSafety } from './rubric-dividend-safety';
import { moatStrength } from './rubric-moat-strength';
import { resilience } from './rubric-resilience';
import { type RubricInput, rounded, scoreByRubric, scoresOf } from './rubric-score';

export const partRubrics = { dividend_safety: dividendSafety, moat_strength: moatStrength, resilience };
/** Of a company's overall rating. */
export const partWeights = { dividend_safety: 0.3, moat_strength: 0.4, resilience: 0.3 };
export const aggregateMethod = { name: 'quality', version: '1.0.0', least_covered_weight: 0.8 };

const parts = Object.keys(partRubrics) as RatingPart[];

export interface CompanyFigures {
  security_id: string | null;
  symbol: string;
  /** Market value; `null`: not available, or no holding. */
  value: string | null;
  /** `null`: nothing is known of it. */
  inputs: ((name: FundamentalName) => RubricInput) | null;
  /** Of amounts among the inputs. */
  currency: string | null;
}

export interface CompanyScore extends Record<RatingPart, number | null> {
  security_id: string | null;
  symbol: string;
  overall: number | null;
  rating_100: number | null;
  grade: Grade | null;
  weight: number | null;
  missing: string[];
  reasons: ReasonCodes;
}

export interface PortfolioScore {
  overall: number | null;
  rating_100: number | null;
  grade: Grade | null;
  rated_fraction: number | null;
  ratings: CompanyScore[];
  reasons: ReasonCodes;
}

/**
 * A company is rated where all three parts are; a portfolio where rated companies are 80 % of the value of its securities.
 * @param whyNoValue the reason where a value is `null`
 */
export function scoreCompanies(
  companies: readonly CompanyFigures[],
  whyNoValue = 'NO_QUOTE',
): PortfolioScore {
  const { weights, reason } = weightsOf(companies, whyNoValue);
  const ratings = companies.map((company, index) => scoreCompany(company, weights[index] ?? null, reason));
  if (reason !== undefined)
    return {
      ...none,
      rated_fraction: null,
      ratings,
      reasons: { ...withheld(reason), rated_fraction: reason },
    };
  const rated = ratings.filter(({ overall }) => overall !== null);
  const rated_fraction = rounded(rated.reduce((total, { weight }) => total + (weight as number), 0));
  if (rated_fraction < aggregateMethod.least_covered_weight)
    return { ...none, rated_fraction, ratings, reasons: withheld(reasonOfHeaviest(ratings)) };
  const points = rated.reduce(
    (total, { overall, weight }) => total + (overall as number) * (weight as number),
    0,
  );
  return { ...scoresOf(rounded(points / rated_fraction)), rated_fraction, ratings, reasons: {} };
}

const none = { overall: null, rating_100: null, grade: null };

function withheld(code: string): ReasonCodes {
  return { overall: code, rating_100: code, grade: code };
}

function scoreCompany(
  { security_id, symbol, inputs, currency }: CompanyFigures,
  weight: number | null,
  whyNoWeight = 'NO_QUOTE',
): CompanyScore {
  const read = inputs ?? (() => ({ value: null }));
  const scored = parts.map((part) => [part, scoreByRubric(partRubrics[part], read, currency)] as const);
  const missing = scored.flatMap(([, { components }]) =>
    components.filter(({ score }) => score === null).map(({ name }) => name),
  );
  const points = Object.fromEntries(scored.map(([part, { overall }]) => [part, overall]));
  const lacking = scored.filter(([, { overall }]) => overall === null);
  const heaviest = [...lacking].sort(([a], [b]) => partWeights[b] - partWeights[a])[0];
  const total = scored.reduce((all, [part, { overall }]) => all + partWeights[part] * (overall ?? 0), 0);
  return {
    ...{ security_id, symbol, weight, missing },
    ...(heaviest ? none : scoresOf(rounded(total))),
    ...(points as Record<RatingPart, number | null>),
    reasons: {
      ...(heaviest && withheld(heaviest[1].reasons['overall'] ?? 'MISSING_INPUT')),
      ...Object.fromEntries(
        lacking.map(([part, { reasons }]) => [part, reasons['overall'] ?? 'MISSING_INPUT']),
      ),
      ...(weight === null && { weight: whyNoWeight }),
    },
  };
}

/** Fractions of all values, or why there are none. */
function weightsOf(
  companies: readonly CompanyFigures[],
  whyNoValue: string,
): { weights: number[]; reason?: string } {
  if (companies.length === 0) return { weights: [], reason: 'NO_HOLDINGS' };
  if (companies.some(({ value }) => value === null)) return { weights: [], reason: whyNoValue };
  const values = companies.map(({ value }) => new Decimal(value as string));
  // What is owed has no rating of its own, and weights beside it would pass 1.
  if (values.some((value) => value.isNegative())) return { weights: [], reason: 'NO_WEIGHTS' };
  const total = sum(values);
  if (total.isZero()) return { weights: [], reason: 'ZERO_TOTAL' };
  return { weights: values.map((value) => value.div(total).toNumber()) };
}

function reasonOfHeaviest(ratings: readonly CompanyScore[]): string {
  const [heaviest] = ratings
    .filter(({ overall }) => overall === null)
    .sort((a, b) => (b.weight as number) - (a.weight as number));
  return heaviest?.reasons['overall'] ?? 'MISSING_INPUT';
}
