/** What every measure over a window has: where it begins and ends, how many days are in it, and why there is none. */
import type { NoWindow, Window } from '../../../services/window';
import type { Told } from '../explainer';
import type { PortfolioPast } from '../past';
import { valueDay } from '../day-valuation';
import { countText, listText } from '../words';

/** `null`: this member is none of the span's. */
export function explainSpan(window: Window, member: string): Told | null {
  const { from, to, days, unvalued_days, values } = window;
  const observations = values.length - 1;
  const told = (recomputed: unknown, text: string): Told => ({ recomputed, calculation: [], inputs: {}, text: [text] });
  switch (member) {
    case 'from':
      return told(from, `The period begins at the close of ${from}; what happened that day is not part of it.`);
    case 'to':
      return told(to, `The period ends at the close of ${to}, the day of the pricing pack.`);
    case 'days':
      return told(days, `From ${from} to ${to} is ${countText(days, 'calendar day')}.`);
    case 'observations':
      return told(
        observations,
        `${countText(observations, 'daily return')}: one for each trading day after ${from} on which everything held had a price and a rate.`,
      );
    case 'unvalued_days':
      return told(
        unvalued_days,
        unvalued_days === 0
          ? 'Everything held had a price and a rate on every trading day of the period.'
          : `On ${countText(unvalued_days, 'trading day')} something held had no price or no rate; that day’s return is part of the next one’s.`,
      );
    default:
      return null;
  }
} // prettier-ignore

/** Why there is no window, with the evidence: what had no quote on the day, or when the portfolio began. */
export function explainNoWindow({ reason }: NoWindow, past: PortfolioPast, member: string): Told {
  const { dates, first_activity } = past.history;
  const last = dates.at(-1) ?? '';
  const missing = reason === 'NO_QUOTE' ? valueDay(past, last).missing : [];
  const text =
    missing.length > 0
      ? `On ${last} there is no price or exchange rate of ${listText(missing)}.`
      : `The ledger’s first entry is of ${first_activity ?? 'no day'}; the pack’s prices go from ${dates[0] ?? 'no day'} to ${last}.`;
  return { recomputed: withoutWindow[member] ?? null, calculation: [], inputs: {}, text: [text] };
}

/** What is counted is 0 where there is no period; everything else is not available. */
const withoutWindow: Readonly<Record<string, unknown>> = {
  observations: 0,
  unvalued_days: 0,
  idle_days: 0,
  flows: 0,
  multiple_roots: false,
  total_loss: false,
};
