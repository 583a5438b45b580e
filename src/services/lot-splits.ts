/** Splits, noted once and applied to a quantity when it is read: ten thousand of them times as many lots would take minutes. */
import { Decimal } from './decimal';

const one = new Decimal(1);

export class SplitLog {
  private readonly ratios: { shares: Decimal; old: Decimal }[] = [];
  /** Of the first so many splits together. */
  private readonly products = [{ shares: one, old: one }];

  get length(): number {
    return this.ratios.length;
  }

  add(shares: Decimal, old: Decimal): void {
    const last = this.products.at(-1) as { shares: Decimal; old: Decimal };
    this.ratios.push({ shares, old });
    this.products.push({ shares: last.shares.times(shares), old: last.old.times(old) });
  }

  /** What `quantity` became by the splits after the first `from`. */
  applied(quantity: Decimal, from: number): Decimal {
    const open = this.ratios.slice(from, from + 2);
    const [next] = open;
    if (!next) return quantity;
    if (open.length === 1) return quantity.times(next.shares).div(next.old);
    const [before, now] = [this.products[from], this.products.at(-1)];
    if (!before || !now) return quantity;
    return quantity.times(now.shares.times(before.old)).div(now.old.times(before.shares));
  }
}

/** A quantity in an account, kept up with the splits of all accounts and of its own. */
export class SplitQuantity {
  private value: Decimal;
  private readonly logs: readonly SplitLog[];
  private readonly seen: number[];

  constructor(value: Decimal, logs: readonly SplitLog[]) {
    this.value = value;
    this.logs = logs;
    this.seen = logs.map(({ length }) => length);
  }

  get now(): Decimal {
    this.logs.forEach((log, at) => {
      this.value = log.applied(this.value, this.seen[at] as number);
      this.seen[at] = log.length;
    });
    return this.value;
  }

  set now(value: Decimal) {
    this.value = value;
    this.logs.forEach((log, at) => (this.seen[at] = log.length));
  }
}
