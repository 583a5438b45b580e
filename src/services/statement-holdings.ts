/** What a portfolio holds while the rows of a performance statement are played. */
import { EngineError } from '../contract/errors';
import { Decimal } from './decimal';
import type { StatementRow } from './statement-rows';

export interface StatementHoldings {
  /** @throws EngineError NOT_ENOUGH_LOTS */
  apply(row: StatementRow): void;
  quantityOf(security: string): Decimal;
  /** Of everything that is held. */
  shares(): [security: string, quantity: Decimal][];
  cash(): [currency: string, amount: Decimal][];
}

export function statementHoldings(): StatementHoldings {
  const cash = new Map<string, Decimal>();
  const shares = new Map<string, Decimal>();
  const move = (amounts: Map<string, Decimal>, key: string, by: Decimal): Decimal => {
    const next = (amounts.get(key) ?? new Decimal(0)).plus(by);
    amounts.set(key, next);
    return next;
  };
  const held = (amounts: ReadonlyMap<string, Decimal>): [string, Decimal][] =>
    [...amounts].filter(([, amount]) => !amount.isZero());
  return {
    apply(row) {
      if (row.cash) move(cash, row.currency, row.amount.times(row.direction));
      if (row.shares === 0) return;
      const left = move(shares, row.security, row.quantity.times(row.shares));
      if (left.isNegative() && !left.isZero()) throw notEnough(row, left.plus(row.quantity));
    },
    quantityOf: (security) => shares.get(security) ?? new Decimal(0),
    shares: () => held(shares),
    cash: () => held(cash),
  };
}

function notEnough({ at, date, security, quantity }: StatementRow, held: Decimal): EngineError {
  return new EngineError(
    'NOT_ENOUGH_LOTS',
    `${at}: ${quantity.toFixed()} ${security} go on ${date}, ${held.toFixed()} held. Correct the transactions.`,
    { pointer: at, date, wanted: quantity.toFixed(), held: held.toFixed() },
  );
}
