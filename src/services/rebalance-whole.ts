/**
 * Whole shares: after rounding down, cash buys single shares, each of the line that is most below its weight among
 * what is held and that can be paid (PyPortfolioOpt's greedy allocation). What the targets leave to cash stays there.
 */
import { Decimal, sum } from './decimal';
import type { Ticket } from './rebalance-ticket';

export function topUp(ticket: Ticket, start: readonly Decimal[], cap: Decimal | null): Decimal[] {
  const deltas = [...start];
  const { lines } = ticket;
  const weights = lines.map(({ weight }) => weight.toNumber());
  const units = lines.map(({ unit }) => unit.toNumber());
  const all = weights.reduce((total, weight) => total + weight, 0);
  const values = lines.map(({ quantity, unit }, i) =>
    quantity
      .plus(deltas[i] as Decimal)
      .times(unit)
      .toNumber(),
  );
  let held = values.reduce((total, value) => total + value, 0);
  const invested = sum(lines.map(({ quantity, unit }, i) => quantity.plus(deltas[i] as Decimal).times(unit)));
  const wanted = sum(lines.map(({ weight }) => weight)).times(ticket.total);
  let room = Decimal.min(wanted.minus(invested), ticket.cashAfter(deltas));
  let traded = ticket.traded(deltas);
  const open = new Set(lines.keys());
  for (;;) {
    let best = -1;
    let most = 1e-12;
    for (const i of open) {
      const short = (weights[i] as number) / all - (held > 0 ? (values[i] as number) / held : 0);
      if (short > most) [best, most] = [i, short];
    }
    if (best < 0) return deltas;
    const before = deltas[best] as Decimal;
    const next = before.plus(1);
    const price = ticket
      .amount(new Decimal(1), best)
      .plus(ticket.cost(next, best))
      .minus(ticket.cost(before, best));
    const more = ticket.amount(next, best).abs().minus(ticket.amount(before, best).abs());
    const isAllowed = !ticket.isTooSmall(next, best) && !(cap && traded.plus(more).gt(cap));
    if (price.gt(room) || !isAllowed) {
      open.delete(best);
      continue;
    }
    deltas[best] = next;
    room = room.minus(price);
    traded = traded.plus(more);
    values[best] = (values[best] as number) + (units[best] as number);
    held += units[best] as number;
  }
}
