/**
 * What the phases of the debt cycles mean for a portfolio's exposures: each exposure times a multiplier of the phases. The
 * multipliers are judgements, so they are data with a version.
 */
import type { PhaseOf } from '../contract/macro-names';
import type { ReasonCodes } from './holdings';

export const multipliersVersion = '1';

/** By phase: how much wilder than usual markets are taken to be. */
export const cycleMultipliers = {
  short_term: {
    EARLY_RECOVERY: 0.9,
    MID_EXPANSION: 1,
    LATE_EXPANSION: 1.2,
    EARLY_RECESSION: 1.5,
    DEEP_RECESSION: 2,
  },
  // A phase of the long cycle has the figure of that phase of the short one which it is most like.
  long_term: {
    REFLATION: 0.9,
    EXPANSION: 1,
    BUBBLE: 1.2,
    TOP: 1.5,
    DEBT_CRISIS: 2,
    DEPRESSION: 2,
    DELEVERAGING: 1.5,
  },
} as const satisfies {
  short_term: Record<PhaseOf<'short_term'>, number>;
  long_term: Record<PhaseOf<'long_term'>, number>;
};

/** Above each: a factor is amplified, the risk is medium, is high. */
export const overlayThresholds = { amplified: 1, medium: 1.2, high: 1.5 };

export const riskLevels = ['normal', 'medium', 'high'] as const;
export type RiskLevel = (typeof riskLevels)[number];

export interface CycleInPhase {
  cycle: 'short_term' | 'long_term';
  phase: string | null;
}

export interface Overlay {
  cycles: (CycleInPhase & { multiplier: number | null; reasons: ReasonCodes })[];
  overall_multiplier: number | null;
  risk_level: RiskLevel | null;
  factors: {
    factor: string;
    beta: number | null;
    multiplier: number | null;
    amplified_beta: number | null;
    is_amplified: boolean | null;
    reasons: ReasonCodes;
  }[];
  /** The largest first. */
  amplified_factors: string[];
  most_exposed_factor: string | null;
  reasons: ReasonCodes;
}

/** Mean over the cycles whose phase is known; `null`: none is. */
export function overallMultiplier(inPhase: readonly CycleInPhase[]): number | null {
  const known = inPhase.flatMap((one) => multiplierOf(one) ?? []);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
}

export function overlayPhases(
  betas: Readonly<Record<string, number | null>>,
  inPhase: readonly CycleInPhase[],
): Overlay {
  const cycles = inPhase.map((one) => {
    const multiplier = multiplierOf(one);
    return { ...one, multiplier, reasons: multiplier === null ? missing('multiplier') : {} };
  });
  const overall = overallMultiplier(inPhase);
  const factors = Object.entries(betas).map(([factor, beta]) => {
    const amplified_beta = overall === null || beta === null ? null : beta * overall;
    return {
      ...{ factor, beta, multiplier: overall, amplified_beta },
      is_amplified: amplified_beta === null ? null : Number(overall) > overlayThresholds.amplified,
      reasons: {
        ...(beta === null ? missing('beta') : {}),
        ...(overall === null ? missing('multiplier') : {}),
        ...(amplified_beta === null ? missing('amplified_beta', 'is_amplified') : {}),
      },
    };
  });
  const bySize = factors
    .filter(({ amplified_beta }) => amplified_beta !== null)
    .sort((a, b) => Math.abs(b.amplified_beta ?? 0) - Math.abs(a.amplified_beta ?? 0));
  const most_exposed_factor = bySize[0]?.factor ?? null;
  return {
    cycles,
    overall_multiplier: overall,
    risk_level: levelOf(overall),
    factors,
    amplified_factors: bySize.filter(({ is_amplified }) => is_amplified).map(({ factor }) => factor),
    most_exposed_factor,
    reasons: {
      ...(overall === null ? missing('overall_multiplier', 'risk_level') : {}),
      ...(most_exposed_factor === null ? missing('most_exposed_factor') : {}),
    },
  };
}

function multiplierOf({ cycle, phase }: CycleInPhase): number | null {
  const table: Readonly<Record<string, number>> = cycleMultipliers[cycle];
  return (phase !== null && Object.hasOwn(table, phase) ? table[phase] : null) ?? null;
}

function levelOf(multiplier: number | null): RiskLevel | null {
  if (multiplier === null) return null;
  if (multiplier > overlayThresholds.high) return 'high';
  return multiplier > overlayThresholds.medium ? 'medium' : 'normal';
}

function missing(...fields: string[]): ReasonCodes {
  return Object.fromEntries(fields.map((field) => [field, 'MISSING_INPUT']));
}
