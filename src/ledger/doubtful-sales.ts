/**
 * Sales whose price and money contradict each other. Nothing unbalances there: the leg of the gain takes what is over. But
 * realised gains count the price, and returns the cash, so its author is told (Beancount's plugin `sellgains` refuses it).
 */
import { weightOf } from './balance-transaction';
import { Exact } from './decimal';
import type { LedgerProblem, Posting, Transaction } from './entries';

/** Rounded prices are no contradiction: both have to be exceeded. */
const tolerance = { amount: '0.01', share: '0.001' };

/** One for each currency of a price, at its first sale. */
export function doubtfulSales(transaction: Transaction): LedgerProblem[] {
  const { file, postings } = transaction;
  const sales = postings.filter(isPricedSale);
  const others = postings.filter((posting) => !sales.includes(posting) && !isGain(posting));
  const currencies = new Set(sales.map(({ price }) => price?.currency ?? ''));
  return [...currencies].flatMap((currency) => {
    const own = sales.filter(({ price }) => price?.currency === currency);
    const message = doubtOf(own, others, currency);
    return message === null ? [] : [{ file, line: own[0]?.line ?? transaction.line, message }];
  });
}

function isPricedSale({ units, cost, price, passes_on }: Posting): boolean {
  return cost !== null && price !== null && passes_on === undefined && units.number.isNegative();
}

/** The leg that balances the sale, whatever the others say. */
function isGain({ account, cost }: Posting): boolean {
  return cost === null && /^Income:(.*:)?([^:]*Gains?|PnL)(:|$)/.test(account);
}

function doubtOf(sales: readonly Posting[], others: readonly Posting[], currency: string): string | null {
  const proceeds = sumOf(sales.map((sale) => weightOf({ ...sale, cost: null }).number)).negated();
  const legs = others.map((leg) => ({ leg, ...weightOf(leg) }));
  const cash = legs.filter(({ leg }) => leg.cost === null && isMoney(leg));
  const paid = [...new Set(cash.map((leg) => leg.currency))];
  const what = `the sale of ${quantityText(sales)} brings ${text(proceeds)} ${currency} by its price`;
  if (!proceeds.isZero() && paid.length > 0 && !legs.some((leg) => leg.currency === currency))
    return `${what}, but its cash is in ${paid.join(', ')}: state the price in the currency that was paid, or the rate on the leg of the cash (@@)`;
  const own = legs.filter((leg) => leg.currency === currency);
  const received = sumOf(own.filter((leg) => cash.includes(leg)).map(({ number }) => number));
  const rest = sumOf(own.filter((leg) => !cash.includes(leg)).map(({ number }) => number));
  const expected = proceeds.minus(rest);
  const difference = received.minus(expected);
  const { amount, share } = tolerance;
  if (difference.abs().lessThanOrEqualTo(Exact.max(amount, proceeds.abs().times(share)))) return null;
  const after = rest.isZero() ? '' : `, ${text(expected)} with the entry’s other legs`;
  return `${what}${after}, but ${text(received)} ${currency} of cash came in (${text(difference)}): realised gains count the price, returns the cash`;
}

/** What the sale's money goes to: the portfolio's own, or at once to the outside. */
function isMoney({ account }: Posting): boolean {
  return /^(Assets|Liabilities|Equity):/.test(account);
}

function quantityText(sales: readonly Posting[]): string {
  const symbols = [...new Set(sales.map(({ units }) => units.currency))];
  return symbols
    .map((symbol) => {
      const units = sales.filter((sale) => sale.units.currency === symbol).map((sale) => sale.units.number);
      return `${sumOf(units).negated().toFixed()} ${symbol}`;
    })
    .join(', ');
}

function sumOf(numbers: readonly Exact[]): Exact {
  return numbers.reduce((sum, number) => sum.plus(number), new Exact(0));
}

function text(amount: Exact): string {
  return amount.toDecimalPlaces(10).toFixed();
}
