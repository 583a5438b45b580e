/** How much of a portfolio a few positions are. */

export interface Concentration {
  /** Herfindahl–Hirschman index: Σ w² over all positions, cash among them; 1/n for n equal ones, 1 for a single one. */
  hhi: number | null;
  /** 1/HHI: so many equal positions would be as concentrated. */
  effective_positions: number | null;
  /** Sum of the ten largest weights; of all where there are fewer. */
  top_10: number | null;
  reasons: Record<string, string>;
}

/** @param weights fractions of the total value; with one that is not known nothing is. */
export function concentration(weights: readonly (number | null)[]): Concentration {
  const known = weights.filter((weight) => weight !== null);
  const why = weights.length === 0 ? 'ZERO_TOTAL' : known.length < weights.length ? 'MISSING_INPUT' : null;
  if (why !== null) {
    const reasons = { hhi: why, effective_positions: why, top_10: why };
    return { hhi: null, effective_positions: null, top_10: null, reasons };
  }
  const hhi = known.reduce((total, weight) => total + weight * weight, 0);
  const top_10 = known.toSorted((a, b) => b - a).slice(0, 10).reduce((total, weight) => total + weight, 0); // prettier-ignore
  if (hhi > 0) return { hhi, effective_positions: 1 / hhi, top_10, reasons: {} };
  return { hhi, effective_positions: null, top_10, reasons: { effective_positions: 'ZERO_TOTAL' } };
}
