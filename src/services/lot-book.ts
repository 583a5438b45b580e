/** The open lots of one security by account, and which of them a sale uses up. Negative quantities are short lots. */
import { Decimal, roundMoney } from './decimal';
import { SplitLog, SplitQuantity } from './lot-splits';

export const lotMethods = ['fifo', 'lifo', 'hifo', 'average', 'specific'] as const;
/**
 * `fifo` the oldest lot first, `lifo` the youngest, `hifo` the dearest per share, `average` all shares at one moving
 * average, `specific` the lot that the sale names. Ties go by the order of entry (`lifo`: against it).
 */
export type LotMethod = (typeof lotMethods)[number];

export interface Lot {
  lot_id: string;
  date: string;
  /** Running number of the purchase. */
  entry: number;
  account: string;
  quantity: Decimal;
  /** In base currency, of the quantity that is left; negative for a short lot: what its sale brought. */
  cost: Decimal;
  /** The same in the currency of the purchase. */
  costLocal: Decimal;
}

export interface LotBook {
  add(lot: Lot): void;
  /** Takes up to `quantity` (positive) out of an account; of one lot where `lotId` names it. */
  take(account: string, quantity: Decimal, lotId?: string | null): Lot[];
  /** Moves shares without cost from one account to another, where all accounts share one average. */
  move(account: string, to: string, quantity: Decimal): void;
  split(account: string | null, shares: Decimal, old: Decimal): void;
  held(account: string): Decimal;
  /** Open lots of an account that have this name, the next to be used last. */
  named(account: string, lotId: string): readonly Lot[];
  lotsOf(account: string): readonly Lot[];
  /** By date, then entry. */
  lots(): Lot[];
  /** Whether two quantities differ by no more than the rounding of a split. */
  same(a: Decimal, b: Decimal): boolean;
}

/** A lot in the book: its quantity is what splits made of it by the time it is read. */
class HeldLot implements Lot {
  readonly lot_id: string;
  readonly date: string;
  readonly entry: number;
  readonly account: string;
  cost: Decimal;
  costLocal: Decimal;
  private readonly shares: SplitQuantity;

  constructor({ lot_id, date, entry, account, quantity, cost, costLocal }: Lot, logs: readonly SplitLog[]) {
    this.lot_id = lot_id;
    this.date = date;
    this.entry = entry;
    this.account = account;
    this.cost = cost;
    this.costLocal = costLocal;
    this.shares = new SplitQuantity(quantity, logs);
  }

  get quantity(): Decimal {
    return this.shares.now;
  }

  set quantity(value: Decimal) {
    this.shares.now = value;
  }

  /** Apart from the book. */
  plain(account = this.account): Lot {
    const { lot_id, date, entry, quantity, cost, costLocal } = this;
    return { lot_id, date, entry, account, quantity, cost, costLocal };
  }
}

const zero = new Decimal(0);
/** A split divides: behind 17 digits it may leave dust that is no share. */
const dust = new Decimal('1e-17');

export function lotBook(method: LotMethod): LotBook {
  const pooled = method === 'average';
  /** By account, or all in one; the lot to be used next stands last. */
  const queues = new Map<string, HeldLot[]>();
  const quantities = new Map<string, SplitQuantity>();
  const common = new SplitLog();
  const owns = new Map<string, SplitLog>();
  const logsOf = (account: string): SplitLog[] => {
    let own = owns.get(account);
    if (!own) owns.set(account, (own = new SplitLog()));
    return [common, own];
  };
  /** The same lots by account and name: a sale that names its lot looks through no others. */
  const names = new Map<string, HeldLot[]>();
  const namesOf = (account: string, lotId: string): HeldLot[] => {
    const key = JSON.stringify([account, lotId]);
    let lots = names.get(key);
    if (!lots) names.set(key, (lots = []));
    return lots;
  };
  const insert = (lot: HeldLot, into: HeldLot[]): void => {
    into.splice(placeOf(lot, into, method), 0, lot);
  };
  const remove = (lot: HeldLot, from: HeldLot[]): void => {
    // Mostly the last; a pointer is found fast anywhere else.
    from.splice(from.lastIndexOf(lot), 1);
  };
  let hasSplit = false;
  const queueOf = (account: string): HeldLot[] => {
    const key = pooled ? '' : account;
    let queue = queues.get(key);
    if (!queue) queues.set(key, (queue = []));
    return queue;
  };
  const held = (account: string): Decimal => quantities.get(account)?.now ?? zero;
  const change = (account: string, by: Decimal): void => {
    const known = quantities.get(account);
    if (known) known.now = known.now.plus(by);
    else quantities.set(account, new SplitQuantity(by, logsOf(account)));
  };
  const same = (a: Decimal, b: Decimal): boolean =>
    a.equals(b) ||
    (hasSplit && a.minus(b).abs().lessThanOrEqualTo(Decimal.max(a.abs(), b.abs()).times(dust)));

  function takeFrom(lot: HeldLot, queue: HeldLot[], wanted: Decimal): Lot {
    const size = lot.quantity.abs();
    if (size.lessThanOrEqualTo(wanted) || same(size, wanted)) {
      remove(lot, queue);
      if (!pooled) remove(lot, namesOf(lot.account, lot.lot_id));
      return lot.plain();
    }
    const share = wanted.div(size);
    const part = {
      ...lot.plain(),
      quantity: lot.quantity.isNegative() ? wanted.negated() : wanted,
      // What is left is the rest, never multiplied again: so the last share takes the last of the cost with it.
      cost: roundMoney(lot.cost.times(share)),
      costLocal: roundMoney(lot.costLocal.times(share)),
    };
    lot.quantity = lot.quantity.minus(part.quantity);
    lot.cost = lot.cost.minus(part.cost);
    lot.costLocal = lot.costLocal.minus(part.costLocal);
    return part;
  }

  return {
    same,
    held,
    add(lot) {
      change(lot.account, lot.quantity);
      const queue = queueOf(lot.account);
      const [pool] = queue;
      if (pooled && pool) {
        pool.quantity = pool.quantity.plus(lot.quantity);
        pool.cost = pool.cost.plus(lot.cost);
        pool.costLocal = pool.costLocal.plus(lot.costLocal);
        return;
      }
      // A pool is of all accounts: what is split in one of them is added to it there and then.
      const own = new HeldLot(lot, pooled ? [common] : logsOf(lot.account));
      insert(own, queue);
      if (!pooled) insert(own, namesOf(own.account, own.lot_id));
    },
    named: namesOf,
    take(account, quantity, lotId = null) {
      const queue = queueOf(account);
      const candidates = lotId === null ? queue : namesOf(account, lotId);
      const taken: Lot[] = [];
      let left = quantity;
      for (let lot = candidates.at(-1); lot && left.greaterThan(0); lot = candidates.at(-1)) {
        const part = takeFrom(lot, queue, left);
        const size = part.quantity.abs();
        left = same(size, left) ? zero : left.minus(size);
        taken.push({ ...part, account });
        change(account, part.quantity.negated());
      }
      return taken;
    },
    move(account, to, quantity) {
      change(account, quantity.negated());
      change(to, quantity);
    },
    split(account, shares, old) {
      hasSplit = true;
      if (account === null) {
        common.add(shares, old);
        return;
      }
      const before = held(account);
      const [, own] = logsOf(account) as [SplitLog, SplitLog];
      own.add(shares, old);
      if (!pooled) return;
      for (const pool of queueOf('')) pool.quantity = pool.quantity.plus(held(account).minus(before));
    },
    lotsOf: queueOf,
    lots() {
      const all = pooled
        ? byAccount(
            queueOf(''),
            [...quantities.keys()].map((account) => [account, held(account)] as const),
          )
        : [...queues.values()].flat().map((lot) => lot.plain());
      return all.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.entry - b.entry));
    },
  };
}

/** The average position as one lot for each account; the last takes what rounding leaves of the cost. */
function byAccount(
  [pool]: readonly HeldLot[],
  quantities: readonly (readonly [account: string, quantity: Decimal])[],
): Lot[] {
  if (!pool) return [];
  const accounts = quantities.filter(([, quantity]) => !quantity.isZero());
  const left = { cost: pool.cost, costLocal: pool.costLocal };
  return accounts.map(([account, quantity], index) => {
    const isLast = index === accounts.length - 1;
    const share = quantity.div(pool.quantity);
    const cost = isLast ? left.cost : roundMoney(pool.cost.times(share));
    const costLocal = isLast ? left.costLocal : roundMoney(pool.costLocal.times(share));
    left.cost = left.cost.minus(cost);
    left.costLocal = left.costLocal.minus(costLocal);
    return { ...pool.plain(account), quantity, cost, costLocal };
  });
}

function placeOf(lot: Lot, queue: readonly Lot[], method: LotMethod): number {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isUsedBefore(lot, queue[middle] as Lot, method)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isUsedBefore(a: Lot, b: Lot, method: LotMethod): boolean {
  if (method === 'hifo') {
    // Dearer per share, without a division: a.cost / a.quantity > b.cost / b.quantity; both quantities have one sign.
    const order = a.cost.times(b.quantity).comparedTo(b.cost.times(a.quantity));
    if (order !== 0) return order > 0;
  }
  const isOlder = a.date === b.date ? a.entry < b.entry : a.date < b.date;
  return method === 'lifo' ? !isOlder : isOlder;
}
