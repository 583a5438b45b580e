/**
 * Carino linking: effects of single periods, scaled so that over many periods they add up to the compounded return.
 * Source: D. R. Cariño, "Combining Attribution Effects Over Time", Journal of Performance Measurement, 1999.
 */

/**
 * k(r) = ln(1 + r)/r, 1 for r = 0. A period's effect e counts as e · k(r of the period)/k(R of all periods).
 * Only for r > −1: a total loss has no logarithm.
 */
export function carinoFactor(periodReturn: number): number {
  return periodReturn === 0 ? 1 : Math.log1p(periodReturn) / periodReturn;
}

/**
 * k = (ln(1 + Rₚ) − ln(1 + R_b))/(Rₚ − R_b), 1/(1 + R) where both are equal: the factor for effects that add up to an active
 * return. Only for returns above −1.
 */
export function carinoActiveFactor(portfolioReturn: number, benchmarkReturn: number): number {
  const relative = (portfolioReturn - benchmarkReturn) / (1 + benchmarkReturn);
  return carinoFactor(relative) / (1 + benchmarkReturn);
}
