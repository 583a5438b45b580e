/** What a transaction did to the portfolio's cash, and how much of it came from outside. */
import { Exact } from './decimal';
import type { Transaction } from './entries';
import type { LedgerCashMovement } from './import-model';

/** By currency: what came from Equity is external, the rest of the change is not; together they are the change. */
export function cashMovements({ date, postings }: Transaction, id: string): LedgerCashMovement[] {
  const changes = new Map<string, { total: Exact; external: Exact }>();
  for (const { account, units, cost } of postings) {
    const isCash = cost === null && /^(Assets|Liabilities):/.test(account);
    const isOutside = cost === null && account.startsWith('Equity:');
    if (!isCash && !isOutside) continue;
    const change = changes.get(units.currency) ?? { total: new Exact(0), external: new Exact(0) };
    if (isCash) change.total = change.total.plus(units.number);
    else change.external = change.external.minus(units.number);
    changes.set(units.currency, change);
  }
  return [...changes].flatMap(([currency, { total, external }]) =>
    [
      { movement_id: `${id}_${currency}_external`, date, currency, amount: external, external: true },
      { movement_id: `${id}_${currency}`, date, currency, amount: total.minus(external), external: false },
    ]
      .filter(({ amount }) => !amount.isZero())
      .map((movement) => ({ ...movement, amount: movement.amount.toString() })),
  );
}
