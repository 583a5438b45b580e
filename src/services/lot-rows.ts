/** The rows of a transaction list as the lots need them: in the order of days, decimal, and of sense. */
import { Decimal, type Numeric, roundMoney } from './decimal';
import { invalidArgument } from './invalid-argument';

export const lotRowTypes = [
  'BUY',
  'SELL',
  'SPLIT',
  'TRANSFER_IN',
  'TRANSFER_OUT',
  'DIVIDEND',
  'FEE',
  'TAX',
] as const;
export type LotRowType = (typeof lotRowTypes)[number];

export interface LotTransaction {
  date: string;
  type: LotRowType;
  quantity?: Numeric | undefined;
  amount?: Numeric | undefined;
  price?: Numeric | undefined;
  fees?: Numeric | undefined;
  taxes?: Numeric | undefined;
  ratio?: Numeric | undefined;
  lot_id?: string | undefined;
  fx?: Numeric | undefined;
  account?: string | undefined;
  to_account?: string | undefined;
}

export interface LotRow {
  /** Where it stands in the arguments. */
  at: string;
  date: string;
  type: LotRowType;
  quantity: Decimal;
  /** Quantity × price without costs, in the currency it was paid in; `null`: not given. */
  amount: Decimal | null;
  fees: Decimal;
  taxes: Decimal;
  /** New shares for so many old ones. */
  split: { for: Decimal; old: Decimal };
  lot_id: string | null;
  /** Base currency per 1 local. */
  fx: Decimal;
  account: string;
  to_account: string | null;
}

const zero = new Decimal(0);

/**
 * Rows of one day keep the order in which they were entered. With a rate on any row, every row with money needs its own:
 * a sum of two currencies is no figure.
 * @throws EngineError ARGS_INVALID
 */
export function readLotRows(transactions: readonly LotTransaction[], withFx: boolean): LotRow[] {
  const inBase = withFx || transactions.some(({ fx }) => fx !== undefined);
  return transactions
    .map((row, index) => readRow(row, `/transactions/${String(index)}`, inBase))
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function readRow(row: LotTransaction, at: string, inBase: boolean): LotRow {
  const { type, date, lot_id = null, account = '', to_account = null } = row;
  const trade = ['BUY', 'SELL', 'TRANSFER_IN', 'TRANSFER_OUT'].includes(type);
  const number = (name: keyof LotTransaction): Decimal | null => {
    const value = row[name];
    return value === undefined ? null : new Decimal(value);
  };
  const notBelowZero = (name: 'quantity' | 'amount' | 'price'): Decimal | null => {
    const value = number(name);
    if (trade && value?.isNegative() === true && !value.isZero())
      throw invalidArgument(
        `${at}/${name}`,
        `is ${value.toString()}: the type ${type} says the direction, give the size`,
      );
    return value;
  };
  const quantity = notBelowZero('quantity');
  if (trade && quantity === null)
    throw invalidArgument(`${at}/quantity`, `is missing: how many shares the ${type} moves`);
  const given = notBelowZero('amount');
  const price = notBelowZero('price');
  const amount = given ?? (price !== null && quantity !== null ? price.times(quantity) : null);
  const fees = number('fees') ?? zero;
  const taxes = number('taxes') ?? zero;
  const fx = number('fx');
  if (fx !== null && fx.lessThanOrEqualTo(0))
    throw invalidArgument(`${at}/fx`, `is ${fx.toString()}: a rate is above 0`);
  // What closes or opens a lot needs its rate even without an amount: the rate's part of the gain does.
  const hasMoney =
    [fees, taxes].some(isMoney) ||
    (type !== 'SPLIT' && to_account === null && isMoney(amount)) ||
    (type === 'SELL' && isMoney(quantity));
  if (inBase && hasMoney && fx === null)
    throw invalidArgument(
      `${at}/fx`,
      'is missing: with a rate on one row, every row with money needs its own',
    );
  if (to_account !== null && type !== 'TRANSFER_OUT')
    throw invalidArgument(`${at}/to_account`, 'belongs to a TRANSFER_OUT only');
  if ((type === 'BUY' || type === 'TRANSFER_IN') && amount === null && !(quantity ?? zero).isZero())
    throw invalidArgument(`${at}/amount`, `is missing: what the shares of the ${type} cost (or their price)`);
  if (trade && (quantity ?? zero).isZero() && isMoney(amount))
    throw invalidArgument(`${at}/quantity`, 'is 0, but there is an amount: give the shares it is for');
  if (type === 'DIVIDEND' && amount === null)
    throw invalidArgument(`${at}/amount`, 'is missing: the dividend before taxes (or quantity and price)');
  return {
    at,
    date,
    type,
    quantity: quantity ?? zero,
    amount: amount === null ? null : roundMoney(amount),
    fees: type === 'FEE' ? (amount ?? fees) : fees,
    taxes: type === 'TAX' ? (amount ?? taxes) : taxes,
    split: type === 'SPLIT' ? readRatio(row.ratio, at) : { for: new Decimal(1), old: new Decimal(1) },
    lot_id,
    fx: fx ?? new Decimal(1),
    account,
    to_account,
  };
}

/** `2`, `"0.5"` or `"n:m"`: n new shares for m old ones. */
function readRatio(ratio: Numeric | undefined, at: string): LotRow['split'] {
  if (ratio === undefined)
    throw invalidArgument(`${at}/ratio`, 'is missing: new shares per old one, a number or "n:m"');
  const [shares = 1, old = 1] = typeof ratio === 'string' ? ratio.split(':') : [ratio];
  const split = { for: new Decimal(shares), old: new Decimal(old) };
  if (!split.for.isPositive() || split.for.isZero() || !split.old.isPositive() || split.old.isZero())
    throw invalidArgument(`${at}/ratio`, `is ${String(ratio)}: both sides of a split are above 0`);
  return split;
}

function isMoney(value: Decimal | null): boolean {
  return value !== null && !value.isZero();
}
