/** What one position carries of the risk of its portfolio. */
import type { HeldAsset } from './asset-returns';
import { componentRisk } from './component-risk';
import type { ReasonCodes } from './holdings';

export interface PositionRisk {
  portfolio_value_at_risk: number | null;
  component_value_at_risk: number | null;
  share: number | null;
  observations: number;
  dropped: number;
  reasons: ReasonCodes;
}

/**
 * Component value at risk (see `componentRisk`) of today's positions at today's weights: the parts of all assets add up to the
 * portfolio's. `NOT_HELD`: the position is none of them; `ZERO_DEVIATION`: without a value at risk there is no share of it.
 */
export function positionRisk(assets: readonly HeldAsset[], id: string, confidence: number): PositionRisk {
  const { value_at_risk, components, observations, dropped, reasons } = componentRisk({
    returns: Object.fromEntries(assets.map((asset) => [asset.id, asset.returns])),
    weights: Object.fromEntries(assets.map((asset) => [asset.id, asset.weight])),
    confidence,
  });
  const component = components[id]?.value_at_risk ?? null;
  const whole = reasons['value_at_risk'];
  const own = whole ?? (components[id] ? undefined : 'NOT_HELD');
  const share = component === null || !value_at_risk ? null : component / value_at_risk;
  return {
    portfolio_value_at_risk: value_at_risk,
    component_value_at_risk: component,
    ...{ share, observations, dropped },
    reasons: {
      ...(whole !== undefined && { portfolio_value_at_risk: whole }),
      ...(own !== undefined && { component_value_at_risk: own }),
      ...(share === null && { share: own ?? 'ZERO_DEVIATION' }),
    },
  };
}
