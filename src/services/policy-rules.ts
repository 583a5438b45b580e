/**
 * Policies as executable rules: each becomes limits on weights, or targets for them. A rule that needs a rating leaves a
 * holding without one alone, and names it.
 */
import type { ReasonCodes } from './holdings';
import { refuseArgument } from './invalid-argument';

export const ratingMetrics = ['overall', 'dividend_safety', 'moat_strength', 'resilience'] as const;
export const ratingOperators = ['<', '<=', '>', '>=', '=='] as const;
export type RatingMetric = (typeof ratingMetrics)[number];
export type RatingOperator = (typeof ratingOperators)[number];

/** Percentages are of the portfolio's value after trades and costs. */
export type Policy =
  | {
      name: string;
      rule: { type: 'rating'; metric: RatingMetric; op: RatingOperator; value: number };
      action: { cap_weight_pct: number } | { min_weight_pct_total: number };
    }
  | { type: 'min_quality_score'; value: number }
  | { type: 'max_single_position'; value_pct: number }
  | { type: 'max_sector'; value_pct: number }
  | { type: 'target_allocation'; targets_pct: Record<string, number>; band_pct?: number | undefined }
  | { type: 'bands'; bands: { symbol: string; min_pct: number; max_pct: number }[] };

/** Σ a_i w_i at least, or at most, `bound`: a fraction of the value after trades and costs. */
export interface LimitRow {
  a: number[];
  sense: 'at_least' | 'at_most';
  bound: number;
}

export interface Limit {
  name: string;
  says: string;
  rows: LimitRow[];
}

export interface RuledHolding {
  symbol: string;
  /** Fraction of the value before trades. */
  weight: number;
  sector: string | null;
  ratings: Readonly<Partial<Record<RatingMetric, number | null>>>;
}

export interface Rules {
  limits: Limit[];
  /** Wanted weight of each holding; the present one where nothing is wanted. */
  targets: number[];
  hasTargets: boolean;
  /** Symbol → why no rule may move it. */
  kept: ReasonCodes;
  /** Symbols without a sector, which no sector's limit counts. */
  unclassified: string[];
}

export interface RuleConstraints {
  max_position_pct?: number | undefined;
  max_sector_pct?: number | undefined;
}

/** @throws EngineError ARGS_INVALID for a symbol that is not held, or targets above 100 % */
export function rulesOf(
  holdings: readonly RuledHolding[],
  policies: readonly Policy[],
  { max_position_pct, max_sector_pct }: RuleConstraints,
): Rules {
  const rules: Rules = {
    limits: [],
    targets: holdings.map(({ weight }) => weight),
    hasTargets: false,
    kept: {},
    unclassified: [],
  };
  policies.forEach((policy, index) => {
    addPolicy(policy, `/policies/${String(index)}`, holdings, rules);
  });
  if (max_position_pct !== undefined) addEach('max_position_pct', max_position_pct, holdings, rules);
  if (max_sector_pct !== undefined) addSectors('max_sector_pct', max_sector_pct, holdings, rules);
  return rules;
}

function addPolicy(policy: Policy, at: string, holdings: readonly RuledHolding[], rules: Rules): void {
  if ('rule' in policy) {
    addRated(policy, holdings, rules);
    return;
  }
  switch (policy.type) {
    case 'min_quality_score':
      addRated(
        {
          name: policy.type,
          rule: { type: 'rating', metric: 'overall', op: '<', value: policy.value },
          action: { cap_weight_pct: 0 },
        },
        holdings,
        rules,
      );
      break;
    case 'max_single_position':
      addEach(policy.type, policy.value_pct, holdings, rules);
      break;
    case 'max_sector':
      addSectors(policy.type, policy.value_pct, holdings, rules);
      break;
    case 'target_allocation':
      addTargets(policy, at, holdings, rules);
      break;
    case 'bands':
      addBands(policy.bands, at, holdings, rules);
  }
}

function addRated(
  { name, rule, action }: Extract<Policy, { rule: object }>,
  holdings: readonly RuledHolding[],
  rules: Rules,
): void {
  const { metric, op, value } = rule;
  const matches = holdings.map(({ symbol, ratings }) => {
    const rating = ratings[metric] ?? null;
    if (rating === null) rules.kept[symbol] = 'MISSING_INPUT';
    return rating !== null && meets(rating, op, value);
  });
  const words = `${metric} ${op} ${String(value)}`;
  if ('cap_weight_pct' in action) {
    const pct = action.cap_weight_pct;
    const rows = matches.flatMap((isIn, i) => (isIn ? [atMost(unit(i, holdings.length), pct)] : []));
    rules.limits.push({ name, says: `${words}: each at most ${String(pct)} %`, rows });
  } else {
    const pct = action.min_weight_pct_total;
    const rows = [atLeast(matches.map(Number), pct)];
    rules.limits.push({ name, says: `${words}: together at least ${String(pct)} %`, rows });
  }
}

function meets(rating: number, op: RatingOperator, value: number): boolean {
  if (op === '<') return rating < value;
  if (op === '<=') return rating <= value;
  if (op === '>') return rating > value;
  return op === '>=' ? rating >= value : rating === value;
}

function addEach(name: string, pct: number, holdings: readonly RuledHolding[], rules: Rules): void {
  const rows = holdings.map((_, i) => atMost(unit(i, holdings.length), pct));
  rules.limits.push({ name, says: `each position at most ${String(pct)} %`, rows });
}

function addSectors(name: string, pct: number, holdings: readonly RuledHolding[], rules: Rules): void {
  const sectors = [...new Set(holdings.flatMap(({ sector }) => sector ?? []))];
  const rows = sectors.map((sector) =>
    atMost(
      holdings.map((holding) => Number(holding.sector === sector)),
      pct,
    ),
  );
  const without = holdings.filter(({ sector }) => sector === null).map(({ symbol }) => symbol);
  rules.unclassified = [...new Set([...rules.unclassified, ...without])];
  rules.limits.push({ name, says: `each sector at most ${String(pct)} %`, rows });
}

function addTargets(
  { targets_pct, band_pct = 0 }: Extract<Policy, { type: 'target_allocation' }>,
  at: string,
  holdings: readonly RuledHolding[],
  rules: Rules,
): void {
  if (rules.hasTargets) refuseArgument(at, 'is a second target_allocation; put all targets into one');
  const all = Object.values(targets_pct).reduce((total, pct) => total + pct, 0);
  if (all > 100 + 1e-9) refuseArgument(`${at}/targets_pct`, `adds up to ${String(all)} %, more than 100`);
  rules.hasTargets = true;
  for (const [symbol, pct] of Object.entries(targets_pct)) {
    const i = placeOf(symbol, holdings, `${at}/targets_pct/${symbol}`);
    const drift = Math.abs((holdings[i] as RuledHolding).weight - pct / 100);
    if (drift > band_pct / 100) rules.targets[i] = pct / 100;
  }
}

function addBands(
  bands: readonly { symbol: string; min_pct: number; max_pct: number }[],
  at: string,
  holdings: readonly RuledHolding[],
  rules: Rules,
): void {
  const rows = bands.flatMap(({ symbol, min_pct, max_pct }, index) => {
    const place = `${at}/bands/${String(index)}`;
    if (min_pct > max_pct) refuseArgument(place, 'has min_pct above max_pct');
    const a = unit(placeOf(symbol, holdings, `${place}/symbol`), holdings.length);
    return [atLeast(a, min_pct), atMost(a, max_pct)];
  });
  rules.limits.push({ name: 'bands', says: 'each position within its band', rows });
}

function placeOf(symbol: string, holdings: readonly RuledHolding[], pointer: string): number {
  const place = holdings.findIndex((holding) => holding.symbol === symbol);
  if (place < 0)
    refuseArgument(pointer, `names ${symbol}, which is not held with a price; trades are of what is held`);
  return place;
}

const unit = (at: number, n: number): number[] => Array.from({ length: n }, (_, i) => Number(i === at));
const atMost = (a: number[], pct: number): LimitRow => ({ a, sense: 'at_most', bound: pct / 100 });
const atLeast = (a: number[], pct: number): LimitRow => ({ a, sense: 'at_least', bound: pct / 100 });
