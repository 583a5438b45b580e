/** What a scenario does to one unit of a holding, and what that comes from. Exact decimals. */
import type { ScenarioEffect, ScenarioFactor } from '../contract/scenario-names';
import { scenarioFactors } from '../contract/scenario-names';
import { Decimal, type Numeric, sum } from './decimal';
import type { ScenarioPosition } from './scenario';
import type { ShockValues } from './scenario-library';
import { impliedMoves, type Sensitivity } from './scenario-sensitivities';
import { shockFraction } from './scenario-shocks';

export interface Response {
  /** What `scenario` of scenario.ts takes. */
  terms: Required<Pick<ScenarioPosition, 'betas' | 'duration' | 'convexity' | 'r_fx'>>;
  shocks: Record<string, Decimal>;
  /** Parts of the return in base currency, fractions; they add up to it. Those of 0 are left out. */
  parts: Partial<Record<ScenarioEffect, Decimal>>;
}

const zero = new Decimal(0);

/**
 * Local: Σ β·s − D·Δy + ½·C·Δy², not below −1. In base currency: (1 + r)(1 + r_fx) − 1, taken apart into r, r_fx and r·r_fx.
 */
export function responseOf(
  sensitivity: Sensitivity,
  currency: string,
  baseCurrency: string,
  shocks: ShockValues,
): Response {
  const change = changesOf(shocks);
  const betas = betasOf(sensitivity, currency, shocks);
  const { duration = 0, convexity = 0, yieldMoves = {} } = sensitivity;
  const moves = new Map(
    Object.entries(yieldMoves).map(([factor, share]) => [
      factor,
      change(factor as ScenarioFactor).times(share),
    ]),
  );
  const dy = sum([...moves.values()]);
  const curvature = dy.times(dy).times(convexity).div(2);
  const local: Partial<Record<ScenarioEffect, Decimal>> = { convexity: curvature };
  for (const factor of scenarioFactors) {
    const linear = change(factor).times(betas[factor] ?? 0);
    local[factor] = linear.minus((moves.get(factor) ?? zero).times(duration));
  }
  const uncapped = sum(Object.values(local));
  // Whoever is long cannot lose more than everything, whatever a straight line says.
  const limit = Decimal.max(zero, uncapped.plus(1).negated());
  const r = uncapped.plus(limit);
  const r_fx = translationOf(currency, baseCurrency, change('usd'));
  const parts: Response['parts'] = {};
  const all = { ...local, loss_limit: limit, currency_translation: r_fx, interaction: r.times(r_fx) };
  for (const [name, part] of Object.entries(all)) if (!part.isZero()) parts[name as ScenarioEffect] = part;
  return {
    terms: { betas: { ...betas, loss_limit: 1 }, duration, convexity, r_fx },
    shocks: {
      ...Object.fromEntries(scenarioFactors.map((factor) => [factor, change(factor)])),
      yield: dy,
      loss_limit: limit,
    },
    parts,
  };
}

function changesOf(shocks: ShockValues): (factor: ScenarioFactor) => Decimal {
  return (factor) => {
    const value = shocks[factor];
    return value === undefined ? zero : shockFraction(factor, value);
  };
}

/** The kind's own betas, and those of the broad market where the scenario says nothing of it. */
function betasOf(
  { betas, usdQuoted = 0, pricedInUsd = false }: Sensitivity,
  currency: string,
  shocks: ShockValues,
): Partial<Record<ScenarioFactor, Decimal>> {
  const effective = new Map(
    Object.entries(betas).map(([factor, beta]) => [factor as ScenarioFactor, new Decimal(beta)]),
  );
  const add = (factor: ScenarioFactor, beta: Numeric) => {
    effective.set(factor, new Decimal(beta).plus(effective.get(factor) ?? 0));
  };
  if (currency === 'USD' && usdQuoted !== 0) add('usd', usdQuoted);
  if (currency !== 'USD' && pricedInUsd) add('usd', 1);
  for (const [market, moves] of Object.entries(impliedMoves)) {
    const exposure = betas[market as ScenarioFactor];
    if (exposure === undefined || shocks[market as ScenarioFactor] !== undefined) continue;
    for (const [factor, move] of Object.entries(moves))
      add(factor as ScenarioFactor, new Decimal(exposure).times(move));
  }
  return Object.fromEntries(effective);
}

/** Return of a currency in the base currency, of a change of the US dollar against all others alike. */
export function translationOf(currency: string, baseCurrency: string, usd: Decimal): Decimal {
  if (currency === baseCurrency) return zero;
  if (currency === 'USD') return usd;
  return baseCurrency === 'USD' ? new Decimal(1).div(usd.plus(1)).minus(1) : zero;
}
