/** Does a transaction balance, and what does the leg without an amount stand for? Beancount's rules of precision. */
import { Exact } from './decimal';
import type { Amount, Posting, RawTransaction } from './entries';

/** What division leaves over at the last of sixty digits: a cost of all units together, taken apart, is not exact. */
export const divisionRest = new Exact('1e-30');

/** What a leg counts in the balance: at cost when held at cost, else at its price, else as it is. */
export function weightOf({ units, cost, price }: Pick<Posting, 'units' | 'cost' | 'price'>): Amount {
  if (cost !== null) return { number: units.number.times(cost.number), currency: cost.currency };
  if (price === null) return units;
  const factor = price.total ? new Exact(Math.sign(units.number.toNumber())) : units.number;
  return { number: price.number.times(factor), currency: price.currency };
}

/** Half a unit of the least exact digit written in each currency; currencies with whole numbers only have none. */
export function inferTolerances(
  transaction: RawTransaction,
): Map<string, { tolerance: Exact; digits: number }> {
  const digits = new Map<string, number>();
  for (const { units } of transaction.postings) {
    if (units === null || units.digits === 0) continue;
    digits.set(units.currency, Math.min(units.digits, digits.get(units.currency) ?? Infinity));
  }
  return new Map(
    [...digits].map(([currency, count]) => [
      currency,
      { tolerance: new Exact(10).pow(-count).div(2), digits: count },
    ]),
  );
}

/** What the legs leave over, by currency; exact zeros left out. */
export function residualOf(postings: readonly Posting[]): Amount[] {
  const sums = new Map<string, Exact>();
  for (const posting of postings) {
    const { number, currency } = weightOf(posting);
    sums.set(currency, (sums.get(currency) ?? new Exact(0)).plus(number));
  }
  return [...sums]
    .filter(([, number]) => !number.isZero())
    .map(([currency, number]) => ({ number, currency }));
}

/** The amounts of the leg that has none: one for each currency left over, as exact as the others are written. */
export function interpolate(transaction: RawTransaction, postings: readonly Posting[]): Amount[] {
  const tolerances = inferTolerances(transaction);
  return residualOf(postings)
    .map(({ number, currency }) => {
      const digits = tolerances.get(currency)?.digits;
      const missing = number.negated();
      return {
        currency,
        number: digits === undefined ? missing : missing.toDecimalPlaces(digits, Exact.ROUND_HALF_EVEN),
      };
    })
    .filter(({ number }) => !number.isZero());
}

/** What is left over beyond the tolerance, as text; `null` when the transaction balances. */
export function imbalanceOf(transaction: RawTransaction, postings: readonly Posting[]): string | null {
  const tolerances = inferTolerances(transaction);
  const wrong = residualOf(postings).filter(({ number, currency }) =>
    number.abs().greaterThan(tolerances.get(currency)?.tolerance ?? divisionRest),
  );
  if (wrong.length === 0) return null;
  return wrong.map(({ number, currency }) => `${number.toString()} ${currency}`).join(', ');
}
