/**
 * What the wash-sale rule of the United States makes of a sale or a purchase on a day: recent purchases that would taint a
 * loss, past losses that a purchase would taint, and the first days on which neither happens.
 */
import { addDays } from './dates';
import { type Decimal, decimalText, roundMoney, sum } from './decimal';
import { amountPlaces } from './fixed';
import type { WashSales } from './wash-sales';

export interface WashCheck {
  security_id: string;
  symbol: string;
  recent_purchases: { bought_on: string; shares: string }[];
  tainting_shares: string;
  carried_base: string;
  clean_sale_on: string;
  open_windows: { sold_on: string; shares: string; loss_base: string; closes_on: string }[];
  clean_purchase_on: string;
  repurchase_clean_on: string;
}

export interface WashCheckDay {
  asof: string;
  windowDays: number;
}

/** `securities`: all that were ever bought. Those with nothing held and no open window are left out; by symbol. */
export function checkWashSales(
  securities: readonly { security_id: string; symbol: string }[],
  sales: Pick<WashSales, 'purchases' | 'unmatched'>,
  day: WashCheckDay,
): WashCheck[] {
  return securities
    .flatMap(({ security_id, symbol }) => checkOne({ security_id, symbol }, sales, day) ?? [])
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
}

function checkOne(
  { security_id, symbol }: { security_id: string; symbol: string },
  { purchases, unmatched }: Pick<WashSales, 'purchases' | 'unmatched'>,
  { asof, windowDays }: WashCheckDay,
): WashCheck | null {
  const days = [...(purchases.get(security_id) ?? [])];
  const recent = days.flatMap(([bought_on, { open, replaced }]) => {
    const shares = open.minus(replaced);
    return bought_on >= addDays(asof, -windowDays) && shares.greaterThan(0) ? [{ bought_on, shares }] : [];
  });
  const open = unmatched.filter(
    (sale) => sale.security_id === security_id && addDays(sale.sold_on, windowDays) >= asof,
  );
  if (open.length === 0 && days.every(([, { open: held }]) => held.isZero())) return null;
  const after = (date: string | undefined): string =>
    date === undefined ? asof : addDays(date, windowDays + 1);
  return {
    ...{ security_id, symbol },
    recent_purchases: recent.map(({ bought_on, shares }) => ({ bought_on, shares: sharesText(shares) })),
    tainting_shares: sharesText(sum(recent.map(({ shares }) => shares))),
    carried_base: decimalText(roundMoney(sum(days.map(([, { carried }]) => carried)))),
    clean_sale_on: after(recent.at(-1)?.bought_on),
    open_windows: open.map(({ sold_on, shares, loss }) => ({
      ...{ sold_on, shares: sharesText(shares), loss_base: decimalText(loss) },
      closes_on: addDays(sold_on, windowDays),
    })),
    clean_purchase_on: after(open.at(-1)?.sold_on),
    repurchase_clean_on: after(asof),
  };
}

function sharesText(shares: Decimal): string {
  return decimalText(shares.toDecimalPlaces(amountPlaces));
}
