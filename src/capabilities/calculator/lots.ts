/** `calc.lots`: what is held of a security, what it cost, and what sales gained. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capability, closed } from './define';
import { decimal, numeric, rowsOf } from './described';

const method = StringEnum(['fifo', 'lifo', 'hifo', 'average', 'specific']);
const name = Type.String({ minLength: 1, maxLength: 200 });

const transaction = Type.Object(
  {
    date: IsoDate,
    type: StringEnum(['BUY', 'SELL', 'SPLIT', 'TRANSFER_IN', 'TRANSFER_OUT', 'DIVIDEND', 'FEE', 'TAX']),
    quantity: Type.Optional(numeric('shares, never below 0: the type says the direction')),
    amount: Type.Optional(
      numeric(
        'quantity × price without fees and taxes, in the currency of the row; of a DIVIDEND before taxes',
      ),
    ),
    price: Type.Optional(numeric('of one share; used where `amount` is left out')),
    fees: Type.Optional(numeric('positive = paid')),
    taxes: Type.Optional(numeric('positive = paid')),
    ratio: Type.Optional(
      Type.Union([Type.Number(), Type.String({ pattern: '^[0-9]+(\\.[0-9]+)?(:[0-9]+(\\.[0-9]+)?)?$' })], {
        description: 'SPLIT: new shares per old one, a number or "n:m"; of all accounts unless one is named',
      }),
    ),
    lot_id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'names the lot that is bought (default: its date); with `specific` the lot that is sold',
      }),
    ),
    fx: Type.Optional(
      numeric('base currency per 1 local on this day; if one row has it, all with money need it'),
    ),
    account: Type.Optional(name),
    to_account: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description:
          'TRANSFER_OUT: lots go there with their dates and costs; without it they leave at `amount`, else at cost',
      }),
    ),
  },
  closed,
);

const openLot = Type.Object(
  {
    lot_id: Type.String(),
    date: IsoDate,
    quantity: decimal('negative for a short lot'),
    cost: decimal('of the quantity that is left; of a short lot what it brought, negative'),
    unit_cost: decimal('cost / quantity'),
    account: Type.Optional(name),
  },
  closed,
);

const closedLot = Type.Object(
  {
    lot_id: Type.String(),
    date: IsoDate,
    sold_on: IsoDate,
    quantity: decimal('negative for a short lot that was covered'),
    cost: decimal('gain = proceeds − cost'),
    proceeds: Nullable(decimal('without fees and taxes; null: the sale has no amount')),
    account: Type.Optional(name),
  },
  closed,
);

const money = (meaning: string) => Nullable(decimal(meaning));
const fraction = (meaning: string) => Nullable(Type.Number({ description: meaning }));

export const lots = capability({
  name: 'calc.lots',
  summary:
    'Lots of one security from its transactions: what is held and what it cost, realised and unrealised gains and their exchange-rate part. Rows in any order; those of one day count in the order given.',
  args: Type.Object(
    {
      transactions: rowsOf(transaction),
      method,
      price: Type.Optional(numeric('of one share now, in the currency of the rows and after all splits')),
      fx_now: Type.Optional(numeric('base currency per 1 local now')),
      allow_short: Type.Optional(
        Type.Boolean({ description: 'a sale of more than is held opens a short lot; default false' }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      method,
      open_lots: Type.Array(openLot),
      closed_lots: Type.Array(closedLot),
      quantity: decimal('shares held'),
      cost: decimal(
        'of the open lots without fees and taxes; in base where rows have `fx`, as is all money here',
      ),
      average_cost: Nullable(decimal('cost / quantity')),
      market_value: money('quantity × price × fx_now'),
      realised_gain: money('proceeds − cost of what was sold, without fees and taxes'),
      unrealised_gain: money('market value − cost'),
      fx_gain: Type.Object(
        {
          realised: decimal('Σ cost_local × (fx at sale − fx at purchase); a part of the realised gain'),
          unrealised: money('Σ cost_local × (fx_now − fx at purchase); a part of the unrealised gain'),
        },
        closed,
      ),
      dividends: decimal('before taxes, at the rates of their own days; in no gain'),
      fees: decimal('positive = paid'),
      taxes: decimal('positive = paid'),
      gross_gain: money('realised + unrealised'),
      net_gain: money('gross gain − fees − taxes'),
      realised_return: fraction('realised gain / cost of what was sold'),
      unrealised_return: fraction('unrealised gain / cost of what is held'),
      net_return: fraction('net gain / cost of both'),
      reasons: Reasons,
    },
    closed,
  ),
});
