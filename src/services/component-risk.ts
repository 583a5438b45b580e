/** Which asset carries how much of a portfolio's value at risk. */
import { EngineError } from '../contract/errors';
import { figures } from './figures';
import type { ReasonCodes } from './holdings';
import { coMoment, mean, populationDeviation } from './moments';
import { normalQuantile } from './normal';
import { paired, sameLength, type Series } from './paired';

export interface ComponentArguments {
  returns: Readonly<Record<string, Series>>;
  weights: Readonly<Record<string, number>>;
  confidence?: number | undefined;
}

export interface ComponentRisk {
  value_at_risk: number | null;
  components: Record<string, { value_at_risk: number | null }>;
  observations: number;
  dropped: number;
  confidence: number;
  reasons: ReasonCodes;
}

/**
 * Gaussian: VaR = μ + z·σ of the weighted return, moments of the population, z = Φ⁻¹(1 − c). An asset's component is
 * w(μ_i + z·cov(r_i, r)/σ): its weight times the marginal VaR, so that components add up to VaR (Euler). Losses negative.
 * Weights need not add up to 1: the rest is cash without return. Rows in which a return is missing are left out.
 * @throws EngineError ARGS_INVALID where returns and weights name different assets
 */
export function componentRisk({ returns, weights, confidence = 0.95 }: ComponentArguments): ComponentRisk {
  const assets = Object.keys(returns);
  refuseStrangers(assets, Object.keys(weights));
  const length = returns[assets[0] ?? '']?.length ?? 0;
  const columns = paired(
    ...assets.map((asset) => sameLength(returns[asset] as Series, length, `returns/${asset}`)),
  );
  const weightOf = (i: number): number => weights[assets[i] as string] as number;
  const n = columns[0]?.length ?? 0;
  const portfolio = Array.from({ length: n }, (_, row) =>
    columns.reduce((sum, column, i) => sum + weightOf(i) * (column[row] as number), 0),
  );
  const { figure, reasons } = figures();
  const few = n < 2 ? 'TOO_FEW_OBSERVATIONS' : undefined;
  const z = normalQuantile(Number((1 - confidence).toPrecision(15)));
  const deviation = populationDeviation(portfolio);
  const component = (column: number[], i: number): number => {
    const share = deviation === 0 ? 0 : (z * coMoment(column, portfolio)) / n / deviation;
    return weightOf(i) * (mean(column) + share);
  };
  return {
    value_at_risk: figure(
      'value_at_risk',
      few,
      () => mean(portfolio) + (deviation === 0 ? 0 : z * deviation),
    ),
    components: Object.fromEntries(
      assets.map((asset, i) => {
        const value = figure(`components.${asset}`, few, () => component(columns[i] as number[], i));
        return [asset, { value_at_risk: value }];
      }),
    ),
    observations: n,
    dropped: length - n,
    confidence,
    reasons,
  };
}

function refuseStrangers(assets: readonly string[], weighted: readonly string[]): void {
  const unweighted = assets.find((asset) => !weighted.includes(asset));
  const unknown = weighted.find((asset) => !assets.includes(asset));
  if (unweighted !== undefined) {
    throw new EngineError(
      'ARGS_INVALID',
      `/weights has none for ${unweighted}: give each asset of /returns one.`,
    );
  }
  if (unknown !== undefined) {
    throw new EngineError(
      'ARGS_INVALID',
      `/weights/${unknown} has no returns: give /returns/${unknown} or leave it out.`,
    );
  }
}
