/**
 * Currency attribution of given positions over one period, held without flows: each effect is the position's weight at
 * the beginning times its return, so the positions add up to the total.
 */
import type { ReasonCodes } from './holdings';

/** Either returns, or prices and rates at both ends (base per 1 local); a weight, or a value to weigh by. */
export interface AttributedPosition {
  id: string;
  /** At the beginning; a fraction of the portfolio. */
  weight?: number;
  begin_value_base?: number;
  r_local?: number;
  r_fx?: number;
  price_begin?: number;
  price_end?: number;
  fx_begin?: number;
  fx_end?: number;
}

/** Whom the product r_local · r_fx belongs to: nobody, the currency (CFA), or the asset (Portfolio Performance). */
export type InteractionTo = 'separate' | 'currency' | 'local';

export interface PositionEffects {
  local: number | null;
  fx: number | null;
  interaction: number | null;
  base: number | null;
}

export interface PositionAttribution {
  positions: ({ id: string; reason?: string } & PositionEffects)[];
  total: PositionEffects;
  /** Return of the base-currency values themselves, (price₁ · fx₁)/(price₀ · fx₀) − 1 by weight. */
  base_independent: number | null;
  /** Total less `base_independent`, in basis points. */
  error_bps: number | null;
  interaction: InteractionTo;
  reasons: ReasonCodes;
}

/**
 * Effects are fractions of the whole portfolio. Weights count where all have one, else values. `MISSING_INPUT`: a weight (one position alone weighs 1), a return or a
 * price is not given; `ZERO_START`: a price, rate or the total value at the beginning is not above 0. `base_independent` needs prices
 * and rates: multiplied returns would only prove themselves.
 */
export function attributePositions(
  positions: readonly AttributedPosition[],
  interaction: InteractionTo = 'separate',
): PositionAttribution {
  const weights = weightsOf(positions);
  const parts = positions.map((position, index) => positionParts(position, weights[index] ?? null));
  const broken = parts.find((part) => 'reason' in part);
  const effects = parts.map((part) => ('reason' in part ? unknown : assign(part, interaction)));
  const total = broken ? unknown : totalOf(effects);
  const values = parts.map((part) => ('reason' in part ? null : part.independent));
  const base_independent = sumOrNull(values);
  const reasons: ReasonCodes = {};
  if (broken) for (const field of ['total', 'base_independent', 'error_bps']) reasons[field] = broken.reason;
  else if (base_independent === null)
    for (const field of ['base_independent', 'error_bps']) reasons[field] = 'MISSING_INPUT';
  return {
    positions: positions.map(({ id }, index) => {
      const part = parts[index];
      return {
        id,
        ...(effects[index] as PositionEffects),
        ...(part && 'reason' in part && { reason: part.reason }),
      };
    }),
    total,
    base_independent,
    error_bps:
      total.base === null || base_independent === null ? null : (total.base - base_independent) * 1e4,
    interaction,
    reasons,
  };
}

const unknown: PositionEffects = { local: null, fx: null, interaction: null, base: null };

interface Parts {
  local: number;
  fx: number;
  cross: number;
  independent: number | null;
}

function positionParts(position: AttributedPosition, weight: number | null): Parts | { reason: string } {
  const local = position.r_local ?? growth(position.price_begin, position.price_end);
  const fx = position.r_fx ?? growth(position.fx_begin, position.fx_end);
  if (weight === null || local === undefined || fx === undefined) return { reason: 'MISSING_INPUT' };
  if (![weight, local, fx, weight * local * fx].every(Number.isFinite)) return { reason: 'ZERO_START' };
  const { price_begin, price_end, fx_begin, fx_end } = position;
  const known =
    price_begin !== undefined && price_end !== undefined && fx_begin !== undefined && fx_end !== undefined;
  return {
    local: weight * local,
    fx: weight * fx,
    cross: weight * local * fx,
    independent: known ? weight * ((price_end * fx_end) / (price_begin * fx_begin) - 1) : null,
  };
}

/** Not finite where it begins at 0. */
function growth(begin: number | undefined, end: number | undefined): number | undefined {
  return begin === undefined || end === undefined ? undefined : end / begin - 1;
}

function weightsOf(positions: readonly AttributedPosition[]): (number | null)[] {
  const isWeighted = positions.every(({ weight }) => weight !== undefined);
  if (!isWeighted && positions.every(({ begin_value_base }) => begin_value_base !== undefined)) {
    const total = positions.reduce((sum, { begin_value_base }) => sum + (begin_value_base as number), 0);
    // Shares of nothing, or of debts, are no weights.
    return positions.map(({ begin_value_base }) =>
      total > 0 ? (begin_value_base as number) / total : Number.NaN,
    );
  }
  return positions.map(({ weight }) => weight ?? (positions.length === 1 ? 1 : null));
}

function assign({ local, fx, cross }: Parts, interaction: InteractionTo): PositionEffects {
  return {
    local: interaction === 'local' ? local + cross : local,
    fx: interaction === 'currency' ? fx + cross : fx,
    interaction: interaction === 'separate' ? cross : 0,
    base: local + fx + cross,
  };
}

function totalOf(effects: readonly PositionEffects[]): PositionEffects {
  return {
    local: sumOrNull(effects.map(({ local }) => local)),
    fx: sumOrNull(effects.map(({ fx }) => fx)),
    interaction: sumOrNull(effects.map(({ interaction }) => interaction)),
    base: sumOrNull(effects.map(({ base }) => base)),
  };
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    0,
  );
}
