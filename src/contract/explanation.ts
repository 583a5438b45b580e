/** What `GET /v1/executions/{id}/explain` tells of one figure: where it comes from, in words and with the evidence itself. */
import { type Static, Type } from '@sinclair/typebox';
import { LineageStep } from './lineage';
import { Currency, DecimalString, IsoDate, Nullable, StringEnum, Uuid } from './scalars';

const closed = { additionalProperties: false } as const;

export const units = [
  ...['fraction', 'money', 'price', 'quantity', 'exchange_rate', 'basis_points', 'ratio', 'score'],
  ...['count', 'days', 'date', 'currency', 'text', 'flag', 'list', 'number'],
] as const;
export type Unit = (typeof units)[number];

/** Money that entered the portfolio (positive) or left it, in base at the rate of the day on which it counts. */
export const FlowEvidence = Type.Object(
  {
    date: { ...IsoDate, description: 'the ledger’s own' },
    amount: DecimalString,
    currency: Currency,
    base_amount: Nullable(DecimalString),
    rate: Nullable(Type.String({ description: 'base currency per 1 unit of `currency`' })),
    rate_date: Nullable({ ...IsoDate, description: 'the valued day on which it counts' }),
    present_value: Type.Optional({
      ...DecimalString,
      description: 'discounted at the rate that is explained',
    }),
    narration: Type.String(),
  },
  { ...closed, title: 'FlowEvidence' },
);
export type FlowEvidence = Static<typeof FlowEvidence>;

export const PriceEvidence = Type.Object(
  {
    date: IsoDate,
    symbol: Type.String(),
    close: DecimalString,
    currency: Type.String({ description: 'as quoted; GBX, ILA and ZAC are hundredths' }),
    source: Type.String(),
  },
  { ...closed, title: 'PriceEvidence' },
);
export type PriceEvidence = Static<typeof PriceEvidence>;

export const QuoteEvidence = Type.Object(
  {
    pair: Type.String({ description: '`EUR/USD`: USD for one EUR' }),
    rate: DecimalString,
    quote_date: IsoDate,
    source: Type.String(),
  },
  { ...closed, title: 'QuoteEvidence' },
);
export type QuoteEvidence = Static<typeof QuoteEvidence>;

export const FxEvidence = Type.Object(
  {
    pair: Type.String({ description: '`USD/CAD`: CAD for one USD' }),
    date: { ...IsoDate, description: 'the day it was used for' },
    quote_date: { ...IsoDate, description: 'of the older of its quotes' },
    age_days: Type.Integer({ description: 'from `quote_date` to `date`' }),
    rate: DecimalString,
    derivation: StringEnum(
      ['direct', 'inverse', 'cross'],
      'as published; 1 divided by it; one published rate divided by another',
    ),
    quotes: Type.Array(QuoteEvidence, { description: 'one, or for a cross the two, numerator first' }),
  },
  { ...closed, title: 'FxEvidence' },
);
export type FxEvidence = Static<typeof FxEvidence>;

export const LotEvidence = Type.Object(
  {
    lot_id: Type.String(),
    symbol: Type.String(),
    acquired_on: IsoDate,
    quantity_open: DecimalString,
    unit_cost_local: DecimalString,
    currency: Type.String(),
    fx_base_per_local: Nullable(DecimalString),
    cost_base: Nullable({ ...DecimalString, description: 'of what is open' }),
  },
  { ...closed, title: 'LotEvidence' },
);
export type LotEvidence = Static<typeof LotEvidence>;

export const TransactionEvidence = Type.Object(
  {
    transaction_id: Type.String(),
    date: IsoDate,
    type: Type.String(),
    symbol: Nullable(Type.String()),
    quantity: Nullable(DecimalString),
    amount: DecimalString,
    currency: Type.String(),
    narration: Type.String(),
    line: Type.Integer({ description: 'of the ledger' }),
  },
  { ...closed, title: 'TransactionEvidence' },
);
export type TransactionEvidence = Static<typeof TransactionEvidence>;

/** One valued day of a portfolio. */
export const DayEvidence = Type.Object(
  {
    date: IsoDate,
    value: { ...DecimalString, description: 'in base, after the flows of the day' },
    external_flow: DecimalString,
    return: Nullable(Type.Number()),
  },
  { ...closed, title: 'DayEvidence' },
);
export type DayEvidence = Static<typeof DayEvidence>;

const ListSize = Type.Object(
  {
    count: Type.Integer({ description: 'how many there are' }),
    more: Type.Integer({ description: 'how many are left out, of the middle; `all=true` shows them' }),
    total: Type.Optional({ ...DecimalString, description: 'of all of them, in the base currency' }),
  },
  closed,
);

export const Inputs = Type.Object(
  {
    flows: Type.Array(FlowEvidence),
    prices: Type.Array(PriceEvidence),
    fx: Type.Array(FxEvidence),
    lots: Type.Array(LotEvidence),
    transactions: Type.Array(TransactionEvidence),
    days: Type.Array(DayEvidence),
    arguments: Type.Record(Type.String(), Type.Unknown(), { description: 'of the step that gave it' }),
    lists: Type.Record(Type.String(), ListSize, { description: 'the size of each list that is not empty' }),
  },
  { ...closed, title: 'ExplanationInputs' },
);
export type Inputs = Static<typeof Inputs>;

const NotAvailable = Type.Object(
  {
    code: Type.String(),
    words: Type.String({ description: 'what the code means' }),
    next: Type.String({ description: 'what would make it available' }),
  },
  closed,
);

export const Explanation = Type.Object(
  {
    execution_id: Uuid,
    field: Type.String(),
    value: Type.Unknown(),
    unit: StringEnum(units),
    currency: Nullable(Type.String()),
    meaning: Nullable(Type.String({ description: 'as the capability describes this member of its result' })),
    step: Nullable(
      Type.Object(
        {
          path: Type.String(),
          capability: Nullable(Type.String()),
          agent: Nullable(Type.String()),
          version: Nullable(Type.String()),
          summary: Nullable(Type.String()),
          pattern: Type.Object({ id: Type.String(), version: Type.String() }, closed),
        },
        { ...closed, description: 'null: the pattern itself, an input or the context gave it' },
      ),
    ),
    period: Nullable(
      Type.Object(
        {
          from: Nullable({ ...IsoDate, description: 'exclusive' }),
          to: Nullable({ ...IsoDate, description: 'inclusive' }),
          days: Nullable(Type.Integer()),
          observations: Nullable(Type.Integer()),
        },
        closed,
      ),
    ),
    convention: Nullable(
      Type.Record(Type.String(), Type.Unknown(), { description: 'as the result carries it' }),
    ),
    pack: Type.Object(
      {
        id: Type.String(),
        date: IsoDate,
        sha256: Type.String(),
        superseded_by: Nullable(
          Type.String({
            description: 'the correction that took its place; the figure stands on the old one',
          }),
        ),
      },
      closed,
    ),
    ledger_commit_hash: Nullable(Type.String()),
    not_available: Nullable(NotAvailable),
    inputs: Inputs,
    calculation: Type.Array(Type.String()),
    recomputed: Nullable(
      Type.Object(
        {
          value: Type.Unknown(),
          equal: Type.Boolean({
            description: 'decimals to the last digit, numbers within a relative 1e-9',
          }),
        },
        { ...closed, description: 'from the evidence; null: this capability has no explainer of its own' },
      ),
    ),
    steps: Type.Array(LineageStep, { description: 'nearest to the figure first' }),
    text: Type.Array(Type.String(), { description: 'paragraphs' }),
  },
  { ...closed, title: 'Explanation' },
);
export type Explanation = Static<typeof Explanation>;

/** What the same address answers without a field, or with one that is an object or a list. */
export const Figures = Type.Object(
  {
    execution_id: Uuid,
    field: Nullable(Type.String({ description: 'below which they stand; null: all of the result' })),
    figures: Type.Array(
      Type.Object(
        {
          field: Type.String(),
          value: Type.Unknown(),
          not_available: Nullable(Type.String({ description: 'the code, where the value is null' })),
        },
        closed,
      ),
    ),
    more: Type.Integer({ description: 'how many are left out; `all=true` shows them' }),
    not_available: Type.Optional({
      ...NotAvailable,
      description: 'why there are no figures, where the result says so',
    }),
  },
  { ...closed, title: 'Figures' },
);
export type Figures = Static<typeof Figures>;
