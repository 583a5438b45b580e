/** What the name of an account says of its legs: dividends and whose, taxes, income without a name. */
import type { LedgerProblem, Posting, Transaction } from './entries';

/** `Expenses:Taxes:US`, `Expenses:WithholdingTax`, `Expenses:US:Withheld`; a taxi is none. */
export function isTax(account: string): boolean {
  return /:[^:]*(Tax|Taxes)(:|$)|:[^:]*(Withh?olding|Withheld)/.test(account);
}

/** The security stands after `Dividends`, or before it (`Income:Broker:XYZ:Dividend`) where the ledger holds such a one. */
export function dividendOf(
  { account, cost }: Posting,
  symbols: ReadonlySet<string>,
): { symbol: string | null } | null {
  const names = account.split(':');
  const at = names.findIndex((name) => /^Dividends?$/.test(name));
  if (names[0] !== 'Income' || at < 1 || cost !== null) return null;
  const [before = '', after] = [names[at - 1], names[at + 1]];
  return { symbol: after ?? (symbols.has(before) ? before : null) };
}

/** @returns the problem, or `null` */
export function unnamedIncome({ file, postings }: Transaction): LedgerProblem | null {
  const named = /:(Dividends?|[^:]*Interest[^:]*|[^:]*Gains?|PnL)(:|$)/;
  const unknown = postings.find(({ account }) => account.startsWith('Income:') && !named.test(account));
  if (!unknown) return null;
  return {
    file,
    line: unknown.line,
    message: `${unknown.account} is neither dividends, interest nor gains: its income has no name here; book what comes from outside against Equity`,
  };
}
