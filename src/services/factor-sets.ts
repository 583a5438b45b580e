/** Which series stand for which factors. */

export interface FactorSet {
  /** Series by the factor's name, in the order of the regression. */
  factors: Readonly<Record<string, string>>;
  risk_free: string;
  /** That the factors are returns in. */
  currency: string;
}

/** Fama and French 1993, from K. R. French's data library: US shares, in US dollars, over the one-month Treasury bill. */
const us = { risk_free: 'FF3.RF', currency: 'USD' };

export const factorSets = {
  ff3: { ...us, factors: { mkt_rf: 'FF3.MKT_RF', smb: 'FF3.SMB', hml: 'FF3.HML' } },
  capm: { ...us, factors: { mkt_rf: 'FF3.MKT_RF' } },
} as const satisfies Record<string, FactorSet>;
