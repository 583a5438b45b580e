/**
 * Trades from holdings to target weights. Targets are shares of the value before costs, V = holdings + cash; what they
 * leave of 1 stays in cash. Costs come out of the cash; where it does not reach, all targets are taken of the largest
 * value for which it does, so cash never ends below 0. Money is exact.
 * Not available: `ZERO_START` without any value, `INFEASIBLE` where debts exceed the holdings or cannot be met.
 */
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import type { ReasonCodes } from './holdings';
import { linesOf, type RebalanceRequest } from './rebalance-lines';
import { Ticket } from './rebalance-ticket';
import { topUp } from './rebalance-whole';

export interface Trade {
  id: string;
  /** Positive: buy. */
  quantity: string;
  /** quantity × price × fx, in base, without costs. */
  amount: string;
}

export interface Rebalanced {
  trades: Trade[] | null;
  /** Of the value after trades and costs, cash in it. */
  post_weights: Record<string, number> | null;
  cash_weight: number | null;
  cash_left: string | null;
  /** Σ|amount| / V, buys and sells. */
  turnover: number | null;
  costs: string | null;
  reasons: ReasonCodes;
}

/** @throws EngineError ARGS_INVALID */
export function rebalance(request: RebalanceRequest): Rebalanced {
  const lines = linesOf(request);
  const ticket = new Ticket(lines, request);
  const { total } = ticket;
  if (!total.gt(0)) return withheld(total.isZero() ? 'ZERO_START' : 'INFEASIBLE');
  let deltas = affordable(ticket);
  const cap = request.max_turnover === undefined ? null : new Decimal(request.max_turnover).times(total);
  const traded = ticket.traded(deltas);
  if (cap && traded.gt(cap)) {
    const share = cap.div(traded);
    deltas = ticket.worthwhile(deltas.map((delta) => ticket.towardsZero(delta.times(share))));
  } else if (request.whole_shares) {
    deltas = topUp(ticket, deltas, cap);
  }
  deltas = withinCash(ticket, deltas);
  if (ticket.cashAfter(deltas).isNegative()) return withheld('INFEASIBLE');
  return described(ticket, deltas);
}

/** Trades to the targets of V, or of the largest value below it that leaves no debt. */
function affordable(ticket: Ticket): Decimal[] {
  let value = ticket.total;
  let deltas = ticket.towards(value);
  for (let round = 0; round < 200 && ticket.cashAfter(deltas).isNegative(); round += 1) {
    const next = ticket.valueThatBalances(deltas);
    const short = ticket.cashAfter(deltas).abs();
    value = next?.lt(value) ? next : value.minus(Decimal.max(short, '1e-9'));
    if (!value.gt(0)) break;
    deltas = ticket.towards(value);
  }
  return deltas;
}

/** Buys made smaller, all by one factor, until sales and cash pay for them; no trades where only costs are in the way. */
function withinCash(ticket: Ticket, wanted: Decimal[]): Decimal[] {
  let deltas = wanted;
  for (let round = 0; round < 200; round += 1) {
    if (!ticket.cashAfter(deltas).isNegative()) return deltas;
    const factor = ticket.factorOfBuys(deltas);
    deltas = ticket.worthwhile(
      deltas.map((delta) => (delta.gt(0) ? ticket.towardsZero(delta.times(factor)) : delta)),
    );
  }
  const none = wanted.map(() => new Decimal(0));
  return ticket.cashAfter(deltas).isNegative() ? none : deltas;
}

function described(ticket: Ticket, deltas: readonly Decimal[]): Rebalanced {
  const { lines, total } = ticket;
  const cash = ticket.cashAfter(deltas);
  const values = lines.map(({ quantity, unit }, i) => quantity.plus(deltas[i] as Decimal).times(unit));
  const after = sum(values).plus(cash);
  const weight = (value: Decimal): number => (after.isZero() ? 0 : value.div(after).toNumber());
  const trades = lines.flatMap(({ id, unit }, i) => {
    const delta = deltas[i] as Decimal;
    const amount = decimalText(roundMoney(delta.times(unit)));
    return delta.isZero() ? [] : [{ id, quantity: decimalText(delta), amount }];
  });
  return {
    trades,
    post_weights: Object.fromEntries(lines.map(({ id }, i) => [id, weight(values[i] as Decimal)])),
    cash_weight: weight(cash),
    cash_left: decimalText(roundMoney(cash)),
    turnover: ticket.traded(deltas).div(total).toNumber(),
    costs: decimalText(roundMoney(ticket.costs(deltas))),
    reasons: {},
  };
}

function withheld(code: string): Rebalanced {
  const fields = ['trades', 'post_weights', 'cash_weight', 'cash_left', 'turnover', 'costs'];
  return {
    trades: null,
    post_weights: null,
    cash_weight: null,
    cash_left: null,
    turnover: null,
    costs: null,
    reasons: Object.fromEntries(fields.map((field) => [field, code])),
  };
}
