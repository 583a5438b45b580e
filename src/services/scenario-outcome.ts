/** What a scenario does to a portfolio at market value: by position, by factor, in all. */
import { type ScenarioEffect, scenarioEffects } from '../contract/scenario-names';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import { majorUnit } from './fx';
import type { ReasonCodes } from './holdings';
import { scenario } from './scenario';
import type { ShockValues } from './scenario-library';
import { responseOf } from './scenario-response';
import { type Kind, kindOf, sensitivities } from './scenario-sensitivities';

export interface ScenarioHolding {
  security_id: string | null;
  symbol: string;
  asset_class: 'equity' | 'fund' | 'cash';
  currency: string;
  sector: string | null;
  /** In base currency. */
  value: string | null;
  /** Why it has no value. */
  value_reason?: string | undefined;
}

type ByFactor = Partial<Record<ScenarioEffect, string>>;

export interface PositionOutcome {
  security_id: string | null;
  symbol: string;
  currency: string;
  kind: Kind | null;
  value: string | null;
  change: string | null;
  change_fraction: number | null;
  by_factor: ByFactor;
  reasons: ReasonCodes;
}

export interface ScenarioOutcome {
  pre_value: string | null;
  post_value: string | null;
  change: string | null;
  change_fraction: number | null;
  value_of_known: string;
  change_of_known: string;
  factor_contributions: { factor: ScenarioEffect; change: string }[];
  positions: PositionOutcome[];
  winners: { symbol: string; change: string }[];
  losers: { symbol: string; change: string }[];
  cash: { value: string | null; change: string | null; reasons: ReasonCodes };
  unanswered: string[];
  without_change: string[];
  reasons: ReasonCodes;
}

/**
 * A position without a value has no change, nor has a fund of which the security master does not say what it holds
 * (`NOT_CLASSIFIED`); the totals are then `null` for the same reason, and the sums of the others stand beside them.
 * `ZERO_TOTAL`: there is nothing that the change could be a fraction of.
 */
export function scenarioOutcome(
  holdings: readonly ScenarioHolding[],
  baseCurrency: string,
  shocks: ShockValues,
): ScenarioOutcome {
  const positions = holdings.map((holding) => outcomeOf(holding, baseCurrency, shocks));
  const known = positions.filter(({ change }) => change !== null);
  const value = sum(known.map((position) => new Decimal(position.value as string)));
  const change = sum(known.map((position) => new Decimal(position.change as string)));
  const missing = positions.flatMap(({ reasons }) => reasons['change'] ?? [])[0];
  const reasons: ReasonCodes = {};
  if (missing !== undefined)
    for (const field of ['pre_value', 'post_value', 'change', 'change_fraction']) reasons[field] = missing;
  else if (value.isZero()) reasons['change_fraction'] = 'ZERO_TOTAL';
  const whole = (amount: Decimal) => (missing === undefined ? decimalText(amount) : null);
  const movers = known.map((position) => ({ symbol: position.symbol, change: position.change as string }));
  const inOrder = [...movers].sort((a, b) => new Decimal(a.change).cmp(b.change));
  return {
    pre_value: whole(value),
    post_value: whole(value.plus(change)),
    change: whole(change),
    change_fraction: missing !== undefined || value.isZero() ? null : change.div(value).toNumber(),
    value_of_known: decimalText(value),
    change_of_known: decimalText(change),
    factor_contributions: byFactor(known),
    positions,
    winners: [...inOrder].reverse().filter((mover) => new Decimal(mover.change).gt(0)),
    losers: inOrder.filter((mover) => new Decimal(mover.change).lt(0)),
    cash: cashOf(holdings, positions),
    unanswered: Object.entries(shocks)
      .filter(([factor, shock]) => shock !== 0 && !known.some((position) => answers(position, factor)))
      .map(([factor]) => factor),
    without_change: positions.filter((one) => one.change === null).map(({ symbol }) => symbol),
    reasons,
  };
}

/** To a change of the US dollar also what is only held in another currency than the base. */
function answers({ by_factor }: PositionOutcome, factor: string): boolean {
  return factor in by_factor || (factor === 'usd' && 'currency_translation' in by_factor);
}

function outcomeOf(holding: ScenarioHolding, baseCurrency: string, shocks: ShockValues): PositionOutcome {
  const { security_id, symbol, asset_class, sector, value } = holding;
  const { major } = majorUnit(holding.currency);
  const kind = kindOf(asset_class, sector);
  const head = { security_id, symbol, currency: major, kind, value };
  const none =
    value === null ? (holding.value_reason ?? 'NO_QUOTE') : kind === null ? 'NOT_CLASSIFIED' : undefined;
  if (value === null || kind === null) {
    const why = none as string;
    const reasons: ReasonCodes = { change: why, change_fraction: why };
    if (value === null) reasons['value'] = why;
    if (kind === null) reasons['kind'] = 'NOT_CLASSIFIED';
    return { ...head, change: null, change_fraction: null, by_factor: {}, reasons };
  }
  const { terms, shocks: changes, parts } = responseOf(sensitivities[kind], major, baseCurrency, shocks);
  const { positions } = scenario([{ id: symbol, value, ...terms }], changes);
  const { delta, return: change_fraction } = positions[0] as (typeof positions)[number];
  const by_factor = partsOf(parts, value, delta);
  return { ...head, change: delta, change_fraction, by_factor, reasons: {} };
}

/** Rounded like the change; what rounding leaves over goes to the largest part, so that they add up. */
function partsOf(parts: Partial<Record<ScenarioEffect, Decimal>>, value: string, change: string): ByFactor {
  const rounded = scenarioEffects.flatMap((factor) => {
    const part = parts[factor];
    return part === undefined ? [] : [{ factor, amount: roundMoney(part.times(value)) }];
  });
  const largest = rounded.reduce<(typeof rounded)[number] | undefined>(
    (best, part) => (best && best.amount.abs().gte(part.amount.abs()) ? best : part),
    undefined,
  );
  if (largest) {
    const left = new Decimal(change).minus(sum(rounded.map(({ amount }) => amount)));
    largest.amount = largest.amount.plus(left);
  }
  return Object.fromEntries(
    rounded
      .filter(({ amount }) => !amount.isZero())
      .map(({ factor, amount }) => [factor, decimalText(amount)]),
  );
}

/** Largest loss first. */
function byFactor(positions: readonly PositionOutcome[]): ScenarioOutcome['factor_contributions'] {
  return scenarioEffects
    .flatMap((factor) => {
      const amounts = positions.flatMap(({ by_factor }) => by_factor[factor] ?? []);
      return amounts.length === 0 ? [] : [{ factor, change: sum(amounts.map((text) => new Decimal(text))) }];
    })
    .sort((a, b) => a.change.cmp(b.change))
    .map(({ factor, change }) => ({ factor, change: decimalText(change) }));
}

function cashOf(
  holdings: readonly ScenarioHolding[],
  positions: readonly PositionOutcome[],
): ScenarioOutcome['cash'] {
  const rows = positions.filter((_, index) => holdings[index]?.asset_class === 'cash');
  const missing = rows.flatMap(({ reasons }) => reasons['change'] ?? [])[0];
  if (missing !== undefined)
    return { value: null, change: null, reasons: { value: missing, change: missing } };
  const total = (member: 'value' | 'change') =>
    decimalText(sum(rows.map((row) => new Decimal(row[member] as string))));
  return { value: total('value'), change: total('change'), reasons: {} };
}
