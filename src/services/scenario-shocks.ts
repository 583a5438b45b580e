/** From what a caller states (basis points and percent) to shocks of factors, and back. */
import { EngineError } from '../contract/errors';
import { type ScenarioFactor, scenarioFactors, type ScenarioSeverity } from '../contract/scenario-names';
import { Decimal } from './decimal';
import { findScenario } from './scenario-find';
import type { LibraryScenario, ShockValues } from './scenario-library';

/** As people state them. */
export interface StatedShocks {
  rates_bps?: number;
  inflation_bps?: number;
  credit_bps?: number;
  usd_pct?: number;
  equity_pct?: number;
  commodity_pct?: number;
  volatility_pct?: number;
}

/** Two more names: the same in another unit, and the same against one currency. */
export interface CustomShocks extends StatedShocks {
  cpi_surprise_pct?: number;
  usd_vs_cad_pct?: number;
}

export interface AskedScenario {
  /** `null`: own shocks alone. */
  id: string | null;
  name: string;
  shocks: ShockValues;
  severity: ScenarioSeverity | null;
  probability: number | null;
}

const members = {
  rates: 'rates_bps',
  inflation: 'inflation_bps',
  credit: 'credit_bps',
  usd: 'usd_pct',
  equity: 'equity_pct',
  commodity: 'commodity_pct',
  volatility: 'volatility_pct',
} as const satisfies Record<ScenarioFactor, keyof StatedShocks>;

const basisPoints: readonly ScenarioFactor[] = ['rates', 'inflation', 'credit'];

/** A shock as a fraction: 25 basis points are 0.0025, 5 percent 0.05. */
export function shockFraction(factor: ScenarioFactor, value: number): Decimal {
  return new Decimal(value).div(basisPoints.includes(factor) ? 10_000 : 100);
}

export function statedShocks(shocks: ShockValues): StatedShocks {
  const stated: StatedShocks = {};
  for (const factor of scenarioFactors) {
    const value = shocks[factor];
    if (value !== undefined) stated[members[factor]] = value;
  }
  return stated;
}

export function shockValues(stated: StatedShocks): ShockValues {
  const shocks: ShockValues = {};
  for (const factor of scenarioFactors) {
    const value = stated[members[factor]];
    if (value !== undefined) shocks[factor] = value;
  }
  return shocks;
}

/**
 * The library's scenario, own shocks, or the first with the second in place of its own. A changed scenario is another one, so
 * it has neither the probability nor the severity of the library's.
 * @throws EngineError ARGS_INVALID: neither is given, the id is unknown, one factor is stated twice
 */
export function askedScenario(id: string | undefined, custom: CustomShocks | undefined): AskedScenario {
  if (id === undefined && custom === undefined) {
    throw new EngineError(
      'ARGS_INVALID',
      'Neither /scenario_id nor /custom_shocks is given: name a scenario of the library, shocks of your own, or both.',
    );
  }
  const own = custom && ownShocks(custom);
  if (id === undefined) {
    return { id: null, name: 'Own shocks', shocks: own ?? {}, severity: null, probability: null };
  }
  const found = findScenario(id);
  if (!own) return found;
  const shocks = { ...found.shocks, ...own };
  return isSame(found, shocks)
    ? found
    : { id, name: `${found.name}, changed`, shocks, severity: null, probability: null };
}

function isSame({ shocks }: LibraryScenario, other: ShockValues): boolean {
  return scenarioFactors.every((factor) => shocks[factor] === other[factor]);
}

function ownShocks(custom: CustomShocks): ShockValues {
  const { cpi_surprise_pct, usd_vs_cad_pct, ...plain } = custom;
  refuseTwice('inflation_bps', plain.inflation_bps, 'cpi_surprise_pct', cpi_surprise_pct);
  refuseTwice('usd_pct', plain.usd_pct, 'usd_vs_cad_pct', usd_vs_cad_pct);
  const stated: CustomShocks = { ...plain };
  if (cpi_surprise_pct !== undefined)
    stated.inflation_bps = new Decimal(cpi_surprise_pct).times(100).toNumber();
  if (usd_vs_cad_pct !== undefined) stated.usd_pct = usd_vs_cad_pct;
  return shockValues(stated);
}

function refuseTwice(
  name: string,
  value: number | undefined,
  other: string,
  otherValue: number | undefined,
): void {
  if (value === undefined || otherValue === undefined) return;
  throw new EngineError(
    'ARGS_INVALID',
    `/custom_shocks: ${name} and ${other} state the same factor; give one of the two.`,
    { pointer: '/custom_shocks' },
  );
}
