/** A portfolio before and after proposed trades: concentration, sectors, and value, which only costs change. */
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import { type Matrix, quadratic } from './matrix';
import type { Universe } from './trade-universe';

export interface TradeLine {
  security_id: string;
  side: 'buy' | 'sell';
  quantity: string;
  value_base: string;
  cost_base: string;
}

export interface Side {
  value: Decimal;
  cash: Decimal;
  /** By security, in the order of the universe. */
  weights: number[];
}

export function beforeAndAfter(
  { lines, cash, value }: Universe,
  trades: readonly TradeLine[],
): { before: Side; after: Side } {
  const signed = ({ side, value_base }: TradeLine): Decimal =>
    new Decimal(value_base).times(side === 'buy' ? 1 : -1);
  const costs = sum(trades.map(({ cost_base }) => new Decimal(cost_base)));
  const held = lines.map(({ quantity, unit }) => quantity.times(unit));
  const then = lines.map(({ security_id }, i) => {
    const own = trades.filter((trade) => trade.security_id === security_id);
    return (held[i] as Decimal).plus(sum(own.map(signed)));
  });
  const cashAfter = cash.minus(sum(trades.map(signed))).minus(costs);
  const valueAfter = sum(then).plus(cashAfter);
  const weights = (amounts: readonly Decimal[], of: Decimal): number[] =>
    amounts.map((amount) => (of.isZero() ? 0 : amount.div(of).toNumber()));
  return {
    before: { value, cash, weights: weights(held, value) },
    after: { value: valueAfter, cash: cashAfter, weights: weights(then, valueAfter) },
  };
}

export interface SideFigures {
  value: string;
  cash: string;
  hhi: number | null;
  top_10: number | null;
  volatility: number | null;
}

export function sideFigures({ value, cash, weights }: Side, covariance: Matrix | undefined): SideFigures {
  const hasValue = value.gt(0);
  const cashWeight = hasValue ? cash.div(value).toNumber() : 0;
  const squares = [...weights, cashWeight].reduce((total, weight) => total + weight * weight, 0);
  const largest = [...weights].sort((a, b) => b - a).slice(0, 10);
  return {
    value: decimalText(roundMoney(value)),
    cash: decimalText(roundMoney(cash)),
    hhi: hasValue ? squares : null,
    top_10: hasValue ? largest.reduce((total, weight) => total + weight, 0) : null,
    volatility: covariance && hasValue ? Math.sqrt(Math.max(0, quadratic(covariance, weights))) : null,
  };
}
