/** Explains `portfolio.historical_nav`: what a portfolio was worth on one day, and what was paid in or out. */
import { decimalText, roundMoney } from '../../../services/decimal';
import { pricesOf, ratesOf, valueDay } from '../day-valuation';
import type { Evidence } from '../evidence';
import type { Explainer, Told } from '../explainer';
import { valueAt } from '../field-path';
import type { PortfolioPast } from '../past';
import { flowsOf, moneyOf, valuationWords, windowOf } from '../window-evidence';
import { amountText, countText } from '../words';
import { explainNoWindow, explainSpan } from './window-span';

export const explainHistoricalValue: Explainer = async (subject, evidence) => {
  const past = await evidence.past();
  const [first = '', index = '', member = ''] = subject.path;
  if (first !== 'points') {
    const window = windowOf(subject, past);
    return 'reason' in window ? explainNoWindow(window, past, first) : explainSpan(window, first);
  }
  const date = valueAt(subject.whole, ['points', index, 'date']);
  if (typeof date !== 'string') return null;
  if (member === 'value') return explainValueOn(date, past);
  return member === 'external_flow' ? explainFlowOn(date, past, evidence) : null;
};

export function explainValueOn(date: string, past: PortfolioPast): Told {
  const day = valueDay(past, date);
  return {
    recomputed: decimalText(roundMoney(day.total)),
    calculation: valuationWords(day, past.base_currency),
    inputs: { prices: pricesOf(day.lines), fx: ratesOf(day.lines) },
    text: [
      `On ${date} the portfolio held ${countText(day.lines.length, 'position')}, cash included, worth ${amountText(day.total)} ${past.base_currency} together at that day’s closes and exchange rates.`,
    ],
  };
}

async function explainFlowOn(date: string, past: PortfolioPast, evidence: Evidence): Promise<Told | null> {
  const { values } = past.history;
  const index = values.findIndex((value) => value.date === date);
  const day = values[index];
  if (!day) return null;
  const before = values[index - 1];
  // Of the first valued day there is no day before: all that came up to then counts on it.
  const flows = await flowsOf(evidence, past, {
    values: before ? [before, day] : [day, day],
    from: before?.date ?? '0001-01-01',
    to: date,
  });
  return {
    recomputed: moneyOf(day.external_flow),
    calculation: [
      `${flows.map(({ base_amount }) => amountText(base_amount ?? 0)).join(' + ').replaceAll('+ −', '− ') || '0.00'} = ${amountText(moneyOf(day.external_flow))} ${past.base_currency}`,
    ],
    inputs: { flows },
    text: [
      flows.length === 0
        ? `Nothing was paid in or out on ${date}${before ? ` or since ${before.date}` : ''}.`
        : `${countText(flows.length, 'payment')} from or to the outside ${flows.length === 1 ? 'counts' : 'count'} on ${date}.`,
    ],
  };
} // prettier-ignore
