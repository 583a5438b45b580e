/** Formulas of debt, cash and interest in the newest fiscal year. */
import { Decimal, decimalText } from './decimal';
import { type Derived, figure, ofNewest, quotient } from './fundamentals-read';
import type { FiscalYear } from './fundamentals-years';

/** Cash and short-term investments less all debt: money, as a decimal text. */
export function netCash(years: readonly FiscalYear[]): Derived {
  const [newest] = years as [FiscalYear];
  const { cash_and_short_term_investments: cash, total_debt: debt } = newest.figures;
  const used = [newest];
  if (cash === null || cash === undefined || debt === null || debt === undefined || isDebtUnknown(newest))
    return { value: null, reason: 'NOT_GIVEN', used };
  // An amount of nobody knows what is none.
  if (newest.currency === null)
    return { value: null, reason: newest.isMixed ? 'CURRENCY_CHANGED' : 'NOT_GIVEN', used };
  return { value: decimalText(new Decimal(cash).minus(debt)), used };
}

export function debtToEquity(years: readonly FiscalYear[]): Derived {
  return ofNewest(years, (year) => {
    const [debt, equity] = [figure(year, 'total_debt'), figure(year, 'shareholders_equity')];
    if (debt === null || equity === null || isDebtUnknown(year)) return 'NOT_GIVEN';
    return equity <= 0 ? 'NO_EQUITY' : debt / equity;
  });
}

export function currentRatio(years: readonly FiscalYear[]): Derived {
  return ofNewest(years, (year) => {
    const found = quotient(year, 'current_assets', 'current_liabilities');
    // A company with nothing at all to pay with does not exist; one that does not report it does.
    return found === 0 ? 'NOT_GIVEN' : found;
  });
}

/** Who owes nothing pays no interest; who owes and shows none does not report it. */
export function interestCoverage(years: readonly FiscalYear[]): Derived {
  return ofNewest(years, (year) => {
    const [ebit, interest] = [figure(year, 'ebit'), figure(year, 'interest_expense')];
    if (ebit === null || interest === null) return 'NOT_GIVEN';
    if (interest !== 0) return ebit / Math.abs(interest);
    return figure(year, 'total_debt') === 0 ? 'NO_INTEREST_EXPENSE' : 'NOT_GIVEN';
  });
}

/** Who pays interest owes something. */
function isDebtUnknown(year: FiscalYear): boolean {
  return figure(year, 'total_debt') === 0 && (figure(year, 'interest_expense') ?? 0) !== 0;
}
