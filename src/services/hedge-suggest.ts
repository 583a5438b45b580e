/** Hedges against what a scenario costs: right-way, sized by the exposure, within a limit on costs. */
import type { ScenarioEffect } from '../contract/scenario-names';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import {
  dollarForward,
  type HedgedFactor,
  type HedgeInstrument,
  hedgeInstruments,
} from './hedge-instruments';
import type { ReasonCodes } from './holdings';
import { responseOf, translationOf } from './scenario-response';
import { shockFraction, shockValues, type StatedShocks } from './scenario-shocks';

export interface HedgedScenario {
  scenario: { shocks: StatedShocks };
  base_currency: string;
  value_of_known: string;
  change_of_known: string;
  factor_contributions: readonly { factor: ScenarioEffect; change: string }[];
}

export interface Hedge {
  factor: HedgedFactor;
  instrument: string;
  name: string;
  action: 'buy' | 'sell';
  examples: string[];
  loss: string;
  exposure: string;
  notional: string;
  hedge_ratio: number;
  expected_offset: string;
  expected_offset_fraction: number;
  cost: string;
  cost_bps: number;
}

export interface HedgeSuggestions {
  hedges: Hedge[];
  left_out: { factor: HedgedFactor; loss: string; reason: string }[];
  total_cost: string;
  cost_limit: string;
  expected_offset: string;
  change_with_hedges: string;
  reasons: ReasonCodes;
}

/** Of the portfolio's value: a smaller loss of a factor is not hedged. */
export const leastLoss = 0.001;

/** Which effects make up the loss of a hedged factor. */
const effects: Readonly<Record<HedgedFactor, readonly ScenarioEffect[]>> = {
  rates: ['rates'],
  inflation: ['inflation'],
  credit: ['credit'],
  equity: ['equity'],
  commodity: ['commodity'],
  currency: ['usd', 'currency_translation', 'interaction'],
};

interface Loss {
  factor: HedgedFactor;
  /** A positive size. */
  loss: Decimal;
}

interface Candidate {
  instrument: HedgeInstrument;
  /** Return of a long position for the factor alone. */
  move: Decimal;
  /** Notional that takes up the whole loss. */
  full: Decimal;
  cost: Decimal;
}

/**
 * For each factor that loses, the cheapest instrument that gains from it: notional = exposure / beta, where the exposure is the
 * loss over the shock, less what the hedge of another factor takes up of it. The largest loss is hedged first, but rates before
 * expected inflation; what is left of the limit bounds the ratio of the last hedge. The offset is what the instrument does in
 * the whole scenario, its curvature and the translation of its gain among it.
 * `NOTHING_TO_HEDGE`: no factor loses `leastLoss` of the value; `OVER_COST_LIMIT`: the limit allows no hedge.
 * @param maxCostBps of the portfolio's value
 */
export function suggestHedges(result: HedgedScenario, maxCostBps: number): HedgeSuggestions {
  const value = new Decimal(result.value_of_known);
  const limit = roundMoney(value.abs().times(maxCostBps).div(10_000));
  const losses = lossesOf(result, value);
  const open = new Map(losses.map(({ factor, loss }) => [factor, loss]));
  let left = limit;
  const hedges: (Hedge & { size: Decimal })[] = [];
  const left_out: HedgeSuggestions['left_out'] = [];
  for (const { factor, loss } of ratesFirst(losses)) {
    const rest = open.get(factor) as Decimal;
    // Taken up by the hedge of another factor.
    if (rest.lte(0)) continue;
    const best = cheapest(factor, rest, result);
    if (best === null || left.lte(0)) {
      const reason = best === null ? 'NO_INSTRUMENT' : 'OVER_COST_LIMIT';
      left_out.push({ factor, loss: decimalText(loss.negated()), reason });
      continue;
    }
    const ratio = best.cost.lte(left) ? new Decimal(1) : left.div(best.cost);
    const hedge = hedgeOf(result, best, loss, ratio);
    left = left.minus(hedge.cost);
    hedges.push({ ...hedge, size: loss });
    takeUp(open, best, ratio, result);
  }
  const offset = sum(hedges.map((hedge) => new Decimal(hedge.expected_offset)));
  const cost = sum(hedges.map((hedge) => new Decimal(hedge.cost)));
  const none = left_out[0]?.reason ?? 'NOTHING_TO_HEDGE';
  return {
    hedges: hedges.sort((a, b) => b.size.cmp(a.size)).map(({ size: _, ...hedge }) => hedge),
    left_out,
    total_cost: decimalText(cost),
    cost_limit: decimalText(limit),
    expected_offset: decimalText(offset),
    change_with_hedges: decimalText(offset.plus(result.change_of_known).minus(cost)),
    reasons: hedges.length === 0 ? { hedges: none } : {},
  };
}

/** As positive sizes, largest first. */
function lossesOf(result: HedgedScenario, value: Decimal): Loss[] {
  const least = value.abs().times(leastLoss);
  return Object.entries(effects)
    .map(([factor, names]) => {
      const parts = result.factor_contributions.filter((part) => names.includes(part.factor));
      return {
        factor: factor as HedgedFactor,
        loss: sum(parts.map(({ change }) => new Decimal(change))).negated(),
      };
    })
    .filter(({ loss }) => loss.gt(0) && loss.gte(least))
    .sort((a, b) => b.loss.cmp(a.loss));
}

/** Treasuries answer to expected inflation too: what they take of its loss has to be known before that is hedged. */
function ratesFirst(losses: readonly Loss[]): Loss[] {
  const rates = losses.find(({ factor }) => factor === 'rates');
  const inflation = losses.findIndex(({ factor }) => factor === 'inflation');
  if (!rates || inflation < 0 || losses.indexOf(rates) < inflation) return [...losses];
  const others = losses.filter((loss) => loss !== rates);
  return [...others.slice(0, inflation), rates, ...others.slice(inflation)];
}

/** Takes off the losses that are still open what a hedge gains from the other factors. */
function takeUp(
  open: Map<HedgedFactor, Decimal>,
  { instrument, move, full }: Candidate,
  ratio: Decimal,
  { scenario }: HedgedScenario,
): void {
  const { parts } = responseOf(instrument.sensitivity, 'USD', 'USD', shockValues(scenario.shocks));
  const size = (move.gt(0) ? full : full.negated()).times(ratio);
  for (const [other, loss] of open) {
    const part = other === instrument.factor || other === 'currency' ? undefined : parts[other];
    if (part) open.set(other, loss.minus(part.times(size)));
  }
}

/** `null`: none answers to the factor. */
function cheapest(factor: HedgedFactor, loss: Decimal, result: HedgedScenario): Candidate | null {
  const all = [...hedgeInstruments, dollarForward(result.base_currency)];
  const candidates = all
    .filter((instrument) => instrument.factor === factor)
    .map((instrument) => ({ instrument, move: moveOf(instrument, result) }))
    .filter(({ move }) => !move.isZero())
    .map(({ instrument, move }): Candidate => {
      const full = loss.div(move.abs());
      return { instrument, move, full, cost: full.times(instrument.cost_bps).div(10_000) };
    });
  return candidates.sort((a, b) => a.cost.cmp(b.cost))[0] ?? null;
}

/** For the factor alone: in the local currency, for a position in futures or forwards takes no capital. */
function moveOf({ factor, sensitivity }: HedgeInstrument, { scenario }: HedgedScenario): Decimal {
  const { parts } = responseOf(sensitivity, 'USD', 'USD', shockValues(scenario.shocks));
  return parts[factor === 'currency' ? 'usd' : factor] ?? new Decimal(0);
}

function hedgeOf(result: HedgedScenario, best: Candidate, loss: Decimal, ratio: Decimal): Hedge {
  const { instrument, move, full } = best;
  const shocks = shockValues(result.scenario.shocks);
  const { factor } = instrument;
  const shocked = factor === 'currency' ? 'usd' : factor;
  const whole = sum(Object.values(responseOf(instrument.sensitivity, 'USD', 'USD', shocks).parts));
  // A forward against the base currency pays in that; the others pay in US dollars.
  const paid =
    factor === 'currency'
      ? new Decimal(1)
      : translationOf('USD', result.base_currency, shockFraction('usd', shocks.usd ?? 0)).plus(1);
  const notional = roundMoney(full.times(ratio));
  const isLong = move.gt(0);
  const offset = roundMoney(notional.times(isLong ? whole : whole.negated()).times(paid));
  return {
    factor,
    instrument: instrument.id,
    name: instrument.name,
    action: isLong ? 'buy' : 'sell',
    examples: [...instrument.examples],
    loss: decimalText(loss.negated()),
    exposure: decimalText(roundMoney(loss.negated().div(shockFraction(shocked, shocks[shocked] ?? 0)))),
    notional: decimalText(notional),
    hedge_ratio: ratio.toNumber(),
    expected_offset: decimalText(offset),
    expected_offset_fraction: offset.div(loss).toNumber(),
    cost: decimalText(roundMoney(notional.times(instrument.cost_bps).div(10_000))),
    cost_bps: instrument.cost_bps,
  };
}
