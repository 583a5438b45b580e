/** What shocks to factors, yields and exchange rates do to positions. Exact decimals: the deltas are money. */
import { Decimal, decimalText, type Numeric, roundMoney, sum } from './decimal';
import type { ReasonCodes } from './holdings';

export interface ScenarioPosition {
  id: string;
  /** In base currency; negative for a short one. */
  value: Numeric;
  betas?: Readonly<Record<string, Numeric>> | undefined;
  /** Years (modified). */
  duration?: Numeric | undefined;
  convexity?: Numeric | undefined;
  /** Return of the position's currency in base currency. */
  r_fx?: Numeric | undefined;
}

export interface Scenario {
  positions: { id: string; delta: string; return: number }[];
  total: { delta: string; return: number | null };
  unanswered: string[];
  reasons: ReasonCodes;
}

/** Duration and convexity answer to the shock of this name, a change of the yield as a fraction (0.01 = 100 bp). */
const yieldShock = 'yield';

/**
 * Local: r = Σ β_k·s_k − D·Δy + ½·C·Δy². In base currency: (1 + r)(1 + r_fx) − 1; delta = value × return.
 * A factor without shock does nothing, and a shock that no position answers to is named in `unanswered`.
 * `total.return` is the total delta over the total value: `ZERO_START` where that is 0.
 */
export function scenario(
  positions: readonly ScenarioPosition[],
  shocks: Readonly<Record<string, Numeric>>,
): Scenario {
  const changes = new Map(Object.entries(shocks).map(([name, value]) => [name, new Decimal(value)]));
  const outcomes = positions.map((position) => {
    const change = returnOf(position, changes);
    const exact = change.times(position.value);
    return { id: position.id, exact, delta: roundMoney(exact), return: change.toNumber() };
  });
  const value = sum(positions.map((position) => new Decimal(position.value)));
  // What is published adds up to the published total; the return is of what is exact.
  const delta = sum(outcomes.map((outcome) => outcome.delta));
  const exact = sum(outcomes.map((outcome) => outcome.exact));
  const reasons: ReasonCodes = value.isZero() ? { 'total.return': 'ZERO_START' } : {};
  return {
    positions: outcomes.map(({ id, delta, return: r }) => ({ id, delta: decimalText(delta), return: r })),
    total: { delta: decimalText(delta), return: value.isZero() ? null : exact.div(value).toNumber() },
    unanswered: [...changes.keys()].filter((name) => !positions.some((position) => answers(position, name))),
    reasons,
  };
}

function returnOf(position: ScenarioPosition, changes: ReadonlyMap<string, Decimal>): Decimal {
  const { betas = {}, duration = 0, convexity = 0, r_fx = 0 } = position;
  const factors = Object.entries(betas).map(([name, beta]) =>
    new Decimal(beta).times(changes.get(name) ?? 0),
  );
  const dy = changes.get(yieldShock) ?? new Decimal(0);
  const bond = dy.times(dy).times(convexity).div(2).minus(dy.times(duration));
  return sum([...factors, bond])
    .plus(1)
    .times(new Decimal(r_fx).plus(1))
    .minus(1);
}

function answers({ betas = {}, duration, convexity }: ScenarioPosition, name: string): boolean {
  return Object.hasOwn(betas, name) || (name === yieldShock && (duration ?? convexity) !== undefined);
}
