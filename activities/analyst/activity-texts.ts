/** How amounts of a portfolio's activity are written, and by which convention gains are told. */
import { type Decimal, decimalText } from '../../src/services/decimal';

export const gainConvention = {
  gain: 'proceeds × fx(sale) − cost × fx(purchase)',
  fees: 'of the sale, apart from the gain; those of the purchase are in neither',
  lots: 'as the ledger booked the sale',
  fx_quotation: 'base_per_local, last quote on or before the day',
};

/** The same members as decimal texts; what is missing stays so. */
export function textsOf<T extends Record<string, Decimal | null>>(
  amounts: T,
): { [K in keyof T]: T[K] extends Decimal ? string : string | null } {
  return Object.fromEntries(
    Object.entries(amounts).map(([field, amount]) => [field, textOf(amount)]),
  ) as never;
}

export function textOf(amount: Decimal | null): string | null {
  return amount && decimalText(amount);
}
