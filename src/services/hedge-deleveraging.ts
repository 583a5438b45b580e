/** The playbook of a phase on a portfolio: amounts of what is held, and what they change in each of the three ways out. */
import type { PhaseOf } from '../contract/macro-names';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import { type Addition, isTarget, playbook, type Reduction } from './hedge-playbook';
import type { ReasonCodes } from './holdings';
import { responseOf } from './scenario-response';
import { isKind, sensitivities } from './scenario-sensitivities';
import { shockValues, type StatedShocks } from './scenario-shocks';

export const waysOut = ['money_printing', 'austerity', 'default'] as const;
export type WayOut = (typeof waysOut)[number];

export interface WayOutResult {
  scenario: { shocks: StatedShocks };
  base_currency: string;
  value_of_known: string;
  positions: readonly {
    symbol: string;
    kind: string | null;
    value: string | null;
    change: string | null;
  }[];
}

export interface Recommendation {
  action: 'reduce' | 'add';
  target: string;
  fraction: number;
  amount: string;
  instruments: { symbols: string[]; kind: string | null; amount: string }[];
  effect: Record<WayOut, string>;
}

export interface DeleveragingHedges {
  recommendations: Recommendation[];
  released: string;
  to_buy: string;
  reasons: ReasonCodes;
}

/**
 * A reduction takes its share of every long position of the kind into cash; an addition is bought, or kept in cash, out of what
 * that releases and the cash that is held, and scaled down where both do not suffice. Effects are in base currency, positive where the
 * loss gets smaller. `MISSING_INPUT`: no phase is known; `NO_ACTION`: the playbook has nothing for it, or nothing of it is held.
 */
export function deleveragingHedges(
  ways: Readonly<Record<WayOut, WayOutResult>>,
  phase: PhaseOf<'long_term'> | null,
): DeleveragingHedges {
  const rows = phase === null ? [] : playbook[phase];
  const reductions = rows.flatMap((row) => (row.action === 'reduce' ? reduce(row, ways) : []));
  const released = sum(reductions.map(({ amount }) => new Decimal(amount)));
  const value = Decimal.max(0, ways.money_printing.value_of_known);
  const additions = rows.flatMap((row) => (row.action === 'add' ? [row] : []));
  const wanted = value.times(additions.reduce((total, { fraction }) => total + fraction, 0));
  // What is owed is repaid first.
  const there = Decimal.max(0, released.plus(heldOf(ways.money_printing, (kind) => kind === 'cash')));
  const scale = wanted.isZero() ? new Decimal(1) : Decimal.min(1, there.div(wanted));
  const added = additions.map((row) => add(row, ways, value.times(scale)));
  const recommendations = [...reductions, ...added.filter(({ amount }) => amount !== '0')];
  return {
    recommendations,
    released: decimalText(released),
    to_buy: decimalText(
      sum(
        added
          .flatMap(({ instruments }) => instruments)
          .filter(({ kind }) => kind !== 'cash')
          .map(({ amount }) => new Decimal(amount)),
      ),
    ),
    reasons:
      phase === null
        ? { recommendations: 'MISSING_INPUT' }
        : recommendations.length === 0
          ? { recommendations: 'NO_ACTION' }
          : {},
  };
}

function heldOf(way: WayOutResult, isMeant: (kind: string) => boolean): Decimal {
  return sum(
    way.positions.flatMap(({ kind, value }) =>
      kind !== null && value !== null && isMeant(kind) ? [new Decimal(value)] : [],
    ),
  );
}

function reduce(
  { target, fraction }: Reduction,
  ways: Readonly<Record<WayOut, WayOutResult>>,
): Recommendation[] {
  const meant = (way: WayOutResult) =>
    way.positions.filter(
      ({ kind, value }) =>
        isKind(kind) && isTarget(target, kind) && value !== null && new Decimal(value).gt(0),
    );
  const held = meant(ways.money_printing);
  if (held.length === 0) return [];
  const share = (amount: string | null) => roundMoney(new Decimal(amount ?? 0).times(fraction));
  const instruments = held.map(({ symbol, kind, value }) => ({
    symbols: [symbol],
    kind,
    amount: decimalText(share(value)),
  }));
  return [
    {
      action: 'reduce',
      target,
      fraction,
      amount: decimalText(sum(instruments.map(({ amount }) => new Decimal(amount)))),
      instruments,
      effect: effectOf((way) => sum(meant(ways[way]).map(({ change }) => share(change).negated()))),
    },
  ];
}

/** Of instruments that are quoted in US dollars; cash is held in the base currency. */
function add(
  { target, fraction, parts }: Addition,
  ways: Readonly<Record<WayOut, WayOutResult>>,
  value: Decimal,
): Recommendation {
  const each = roundMoney(value.times(fraction).div(parts.length));
  const instruments = parts.map(({ kind, examples }) => ({
    symbols: [...examples],
    kind,
    amount: decimalText(each),
  }));
  return {
    action: 'add',
    target,
    fraction,
    amount: decimalText(each.times(parts.length)),
    instruments,
    effect: effectOf((way) => {
      const { scenario, base_currency } = ways[way];
      const changes = parts.map(({ kind }) => {
        const currency = kind === 'cash' ? base_currency : 'USD';
        const shocks = shockValues(scenario.shocks);
        return sum(Object.values(responseOf(sensitivities[kind], currency, base_currency, shocks).parts));
      });
      return sum(changes).times(each);
    }),
  };
}

function effectOf(amount: (way: WayOut) => Decimal): Record<WayOut, string> {
  return Object.fromEntries(waysOut.map((way) => [way, decimalText(roundMoney(amount(way)))])) as Record<
    WayOut,
    string
  >;
}
