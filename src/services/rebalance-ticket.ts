/** The arithmetic of a list of trades: what it costs, what it leaves, what is too small. Quantities are signed. */
import { Decimal, sum } from './decimal';
import type { Line, RebalanceRequest } from './rebalance-lines';

const sharePlaces = 10;
const zero = new Decimal(0);

export class Ticket {
  readonly lines: readonly Line[];
  readonly cash: Decimal;
  /** Holdings and cash before any trade. */
  readonly total: Decimal;
  private readonly places: number;
  private readonly minTicket: Decimal;
  private readonly fee: Decimal;
  private readonly rate: Decimal;

  constructor(lines: readonly Line[], request: RebalanceRequest) {
    this.lines = lines;
    this.cash = new Decimal(request.cash);
    this.total = sum(lines.map(({ quantity, unit }) => quantity.times(unit))).plus(this.cash);
    this.places = request.whole_shares ? 0 : sharePlaces;
    this.minTicket = new Decimal(request.min_ticket ?? 0);
    this.fee = new Decimal(request.cost_per_trade ?? 0);
    this.rate = new Decimal(request.cost_rate ?? 0);
  }

  /** Trades that make each line its weight of `value`, rounded down so that they never cost more. */
  towards(value: Decimal): Decimal[] {
    return this.worthwhile(
      this.lines.map(({ quantity, unit, weight }) => {
        if (weight.isZero()) return quantity.negated();
        const delta = weight.times(value).div(unit).minus(quantity);
        return Decimal.max(delta.toDecimalPlaces(this.places, Decimal.ROUND_FLOOR), quantity.negated());
      }),
    );
  }

  /** Without the trades below the smallest ticket. */
  worthwhile(deltas: readonly Decimal[]): Decimal[] {
    return deltas.map((delta, i) =>
      this.amount(delta, i).abs().lt(this.minTicket) || delta.isZero() ? zero : delta,
    );
  }

  towardsZero(delta: Decimal): Decimal {
    return delta.toDecimalPlaces(this.places, Decimal.ROUND_DOWN);
  }

  amount(delta: Decimal, i: number): Decimal {
    return delta.times((this.lines[i] as Line).unit);
  }

  cost(delta: Decimal, i: number): Decimal {
    return delta.isZero() ? zero : this.amount(delta, i).abs().times(this.rate).plus(this.fee);
  }

  isTooSmall(delta: Decimal, i: number): boolean {
    return !delta.isZero() && this.amount(delta, i).abs().lt(this.minTicket);
  }

  costs(deltas: readonly Decimal[]): Decimal {
    return sum(deltas.map((delta, i) => this.cost(delta, i)));
  }

  traded(deltas: readonly Decimal[]): Decimal {
    return sum(deltas.map((delta, i) => this.amount(delta, i).abs()));
  }

  cashAfter(deltas: readonly Decimal[]): Decimal {
    return this.cash.minus(sum(deltas.map((delta, i) => this.amount(delta, i)))).minus(this.costs(deltas));
  }

  /** The value T of which the same trades leave cash 0: cash = Σ (w T − v)(1 ± rate) + fees. */
  valueThatBalances(deltas: readonly Decimal[]): Decimal | null {
    let slope = zero;
    let constant = this.cash;
    deltas.forEach((delta, i) => {
      if (delta.isZero()) return;
      const { quantity, unit, weight } = this.lines[i] as Line;
      const factor = delta.gt(0) ? this.rate.plus(1) : new Decimal(1).minus(this.rate);
      slope = slope.plus(weight.times(factor));
      constant = constant.minus(this.fee).plus(quantity.times(unit).times(factor));
    });
    return slope.isZero() ? null : constant.div(slope);
  }

  /** What share of the buys cash and sales pay for; 0 to 1. */
  factorOfBuys(deltas: readonly Decimal[]): Decimal {
    const buys = deltas.map((delta) => (delta.gt(0) ? delta : zero));
    const bought = this.traded(buys).times(this.rate.plus(1));
    if (bought.isZero()) return zero;
    const sells = deltas.map((delta) => (delta.lt(0) ? delta : zero));
    const fees = this.fee.times(buys.filter((delta) => !delta.isZero()).length);
    const factor = this.cashAfter(sells).minus(fees).div(bought);
    return Decimal.max(0, Decimal.min(factor, 1));
  }
}
