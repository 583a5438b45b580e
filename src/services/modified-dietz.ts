/**
 * Modified Dietz: the gain over the average capital, R = (V₁ − V₀ − ΣF)/(V₀ + Σ wᵢFᵢ), wᵢ the share of the period that is left
 * after the flow. A simple return over the whole period, not per year, and no internal rate of return.
 * Source: P. O. Dietz 1968; GIPS standards handbook.
 */
import { daysBetween } from './dates';

/**
 * With signs as of the investor, where opening and final value are flows like others (weights 1 and 0): R = ΣCF / −Σ wᵢCFᵢ.
 * `TOO_FEW_FLOWS`; `ONE_DATE`: no days; `ZERO_START`: no positive average capital (for a borrower: none on the other side).
 */
export function modifiedDietz(
  flows: readonly { date: string; amount: number }[],
  start: string,
  days: number,
): { value: number } | { reason: string } {
  if (flows.length < 2) return { reason: 'TOO_FEW_FLOWS' };
  if (days <= 0) return { reason: 'ONE_DATE' };
  let [gain, capital, opening] = [0, 0, 0];
  for (const { date, amount } of flows) {
    const elapsed = daysBetween(start, date);
    if (elapsed === 0) opening -= amount;
    gain += amount;
    capital -= (amount * (days - elapsed)) / days;
  }
  const isBorrower = opening < 0;
  if (isBorrower ? capital >= 0 : capital <= 0) return { reason: 'ZERO_START' };
  const value = gain / capital;
  return Number.isFinite(value) ? { value } : { reason: 'ZERO_START' };
}
