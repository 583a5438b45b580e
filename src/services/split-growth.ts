/** How many shares one share became by splits: what makes prices comparable that were not adjusted for them. */
import { grouped } from './grouped';

export interface KnownSplit {
  security_id: string;
  /** The first day of the new price. */
  ex_date: string;
  /** New shares for one old. */
  ratio: string;
}

export interface SplitGrowth {
  /** Shares at the close of a day for one share from before all splits. */
  upTo(securityId: string, date: string): number;
  /** Whether any split of it is known. */
  has(securityId: string): boolean;
}

export function splitGrowth(splits: readonly KnownSplit[]): SplitGrowth {
  const bySecurity = grouped(splits, ({ security_id }) => security_id);
  return {
    upTo: (securityId, date) =>
      (bySecurity.get(securityId) ?? []).reduce(
        (shares, { ex_date, ratio }) => (ex_date <= date ? shares * Number(ratio) : shares),
        1,
      ),
    has: (securityId) => bySecurity.has(securityId),
  };
}
