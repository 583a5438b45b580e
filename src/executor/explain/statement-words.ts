/** The postings of a performance statement in words. */
import type { FxEvidence } from '../../contract/explanation';
import { Decimal, roundMoney } from '../../services/decimal';
import type { Lot } from '../../services/lot-book';
import type { DatedRate } from './dated-rates';
import { lineWords, ratesOf, type ValuedLine } from './day-valuation';
import { rateWords } from './rates';
import { amountText, countText, exactText, priceText, rateText } from './words';

/** What a lot of the period was bought for, or was worth when the period began. */
export interface Origin {
  date: string;
  isStart: boolean;
  currency: string;
  rate: DatedRate;
}

interface Flow {
  count: number;
  local: Decimal;
  base: Decimal;
}

interface Balance {
  line: ValuedLine;
  amount: Decimal;
}

/** What cash of one currency did in the period. */
export interface Moved {
  currency: string;
  start: Balance | null;
  end: Balance | null;
  came: Flow;
  went: Flow;
  fx: FxEvidence[];
}

/** `7,625.00 USD × 0.97 CAD per USD (cross of …) = 7,396.25 CAD`. */
export function moneyWords(amount: Decimal, currency: string, rate: DatedRate, base: string): string {
  const local = `${amountText(amount)} ${currency}`;
  if (currency === base) return local;
  return `${local} × ${rateOf(rate, currency, base)} = ${amountText(amount.times(rate.rate))} ${base}`;
}

function rateOf({ rate, evidence }: DatedRate, currency: string, base: string): string {
  return evidence ? rateWords(evidence) : `${rateText(rate)} ${base} per ${currency}`;
}

export function partWords({ quantity, cost, costLocal }: Lot, { date, isStart, currency, rate }: Origin, base: string): string {
  const unit = priceText(roundMoney(costLocal.div(quantity)));
  const size = `${exactText(quantity)} × ${unit} ${currency}`;
  const converted = currency === base ? '' : ` × ${rateOf(rate, currency, base)}`;
  const what = isStart ? `held when the period began, so counted at their value of ${date}` : `bought on ${date}`;
  return `${exactText(quantity)} ${what}: ${size}${converted} = ${amountText(cost)} ${base}`;
} // prettier-ignore

export function gainWords(worth: Decimal, cost: Decimal, gain: Decimal, base: string): string {
  return `${amountText(worth)} − ${amountText(cost)} = ${amountText(gain)} ${base}`;
}

export function exchangeWords(money: string, direction: 1 | -1): string {
  return direction > 0 ? `in: ${money}` : `out: ${money}`;
}

/** end × rate − start × rate − what came in + what went out, each at the rate of its day. */
export function cashWords(
  { currency, start, end, came, went, fx }: Moved,
  base: string,
): { amount: Decimal; words: string[]; fx: FxEvidence[] } {
  const worth = (balance: Balance | null): Decimal => balance?.amount ?? new Decimal(0);
  const balanceWords = (when: string, balance: Balance | null): string =>
    balance ? `${when}: ${lineWords(balance.line, base)}` : `${when}: nothing`;
  const flowWords = (what: string, { count, local, base: inBase }: Flow): string[] =>
    count === 0
      ? []
      : [
          `${what}: ${amountText(local)} ${currency} in ${countText(count, 'payment')}, each at the rate of its day ${amountText(inBase)} ${base}`,
        ];
  const amount = worth(end).minus(worth(start)).minus(came.base).plus(went.base);
  return {
    amount,
    fx: [...(start ? ratesOf([start.line]) : []), ...fx, ...(end ? ratesOf([end.line]) : [])],
    words: [
      balanceWords('at the end', end),
      balanceWords('at the beginning', start),
      ...flowWords('came in', came),
      ...flowWords('went out', went),
      `${amountText(worth(end))} − ${amountText(worth(start))} − ${amountText(came.base)} + ${amountText(went.base)} = ${amountText(amount)} ${base}`.replaceAll(
        '− −',
        '+ ',
      ),
    ],
  };
}
