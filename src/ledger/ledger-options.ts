/** The options of a ledger that change what it means. */
import { type Accounts, checkBooking } from './accounts';
import type { EntryOf } from './entries';

/** With them a leg counts in another balance, or an account has another name. */
const unsupported =
  /^(name_(assets|liabilities|equity|income|expenses)|(inferred_)?tolerance_.*|infer_tolerance_from_cost|default_tolerance|use_legacy_fixed_tolerances)$/;

/** @returns what is wrong, or `null` */
export function readOption(accounts: Accounts, { name, value }: EntryOf<'option'>): string | null {
  if (name === 'booking_method') {
    accounts.booking = value;
    return checkBooking(value);
  }
  const root = /^name_(.*)$/.exec(name)?.[1];
  // The names that the roots have anyway.
  if (root !== undefined && value.toLowerCase() === root) return null;
  if (name === 'infer_tolerance_from_cost' && /^false$/i.test(value)) return null;
  return unsupported.test(name) ? `the option "${name}" is not supported: remove it` : null;
}
