/** States of a portfolio's ledger, and how two of them differ, as the API answers. */
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { DecimalString, IsoDate, Nullable, StringEnum, Uuid } from './scalars';

const closed = { additionalProperties: false };

export const LedgerCommitHash = Type.String({
  description: 'a git commit, or `sha256:` and the hash of the ledger’s text',
});

export const LedgerCommit = Type.Object(
  {
    ledger_commit_hash: LedgerCommitHash,
    imported_at: Type.String({ format: 'date-time', description: 'when it was last made the current one' }),
    is_current: Type.Boolean({ description: 'new results are computed from it' }),
    lots: Type.Integer(),
    transactions: Type.Integer(),
    first_date: Nullable({ ...IsoDate, description: 'of its transactions; null: it has none' }),
    last_date: Nullable(IsoDate),
  },
  { ...closed, title: 'LedgerCommit' },
);
export type LedgerCommit = Static<typeof LedgerCommit>;

export const LotState = Type.Object(
  {
    lot_id: Type.String(),
    symbol: Type.String(),
    acquired_on: { ...IsoDate, description: 'day of the cost' },
    opened_on: { ...IsoDate, description: 'day of the entry: from then on it is held' },
    quantity: DecimalString,
    unit_cost_local: DecimalString,
    currency: Type.String(),
    cost_base: Nullable(DecimalString),
    quantity_open: { ...DecimalString, description: 'what all sales and splits leave of it' },
  },
  { ...closed, title: 'LotState' },
);

export const TransactionState = Type.Object(
  {
    transaction_id: Type.String(),
    date: IsoDate,
    type: Type.String(),
    symbol: Nullable(Type.String()),
    quantity: Nullable(DecimalString),
    amount: DecimalString,
    currency: Type.String(),
    counter_amount: Nullable(DecimalString),
    counter_currency: Nullable(Type.String()),
    narration: Type.String(),
    file: Nullable(Type.String({ description: 'null: the ledger’s first file' })),
    line: Type.Integer(),
  },
  { ...closed, title: 'TransactionState' },
);

export const CashMovementState = Type.Object(
  {
    movement_id: Type.String(),
    date: IsoDate,
    currency: Type.String(),
    amount: DecimalString,
    external: Type.Boolean({ description: 'money from outside, or to it' }),
  },
  { ...closed, title: 'CashMovementState' },
);

/** Rows of one kind; rows that only moved to another line of the ledger are the same. */
function changesOf<T extends TSchema>(row: T) {
  return Type.Object(
    {
      counts: Type.Object(
        {
          added: Type.Integer(),
          removed: Type.Integer(),
          changed: Type.Integer(),
          unchanged: Type.Integer(),
        },
        closed,
      ),
      added: Type.Array(row),
      removed: Type.Array(row),
      changed: Type.Array(Type.Object({ from: row, to: row }, closed)),
      more: Type.Boolean({ description: 'there are more rows than the 1,000 of each list' }),
    },
    closed,
  );
}

export const LedgerComparison = Type.Object(
  {
    portfolio_id: Uuid,
    from: LedgerCommitHash,
    to: LedgerCommitHash,
    equal: Type.Boolean({ description: 'no row differs but in its line' }),
    first_date: Nullable({ ...IsoDate, description: 'the first day on which anything differs' }),
    commodities: Type.Array(
      Type.Object(
        {
          commodity: Type.String({ description: 'a symbol or a currency' }),
          kind: StringEnum(['quantity', 'cash']),
          from: { ...DecimalString, description: 'held in the end' },
          to: DecimalString,
          change: { ...DecimalString, description: 'to − from; may be 0 where they differ only for a while' },
          first_date: { ...IsoDate, description: 'the first day on which they hold another amount' },
        },
        closed,
      ),
    ),
    lots: changesOf(LotState),
    transactions: changesOf(TransactionState),
    cash_movements: changesOf(CashMovementState),
  },
  { ...closed, title: 'LedgerComparison' },
);
export type LedgerComparison = Static<typeof LedgerComparison>;
export type LotState = Static<typeof LotState>;
export type TransactionState = Static<typeof TransactionState>;
export type CashMovementState = Static<typeof CashMovementState>;
