/** Explains `metrics.compute_twr`: the daily returns that were linked, their values and flows. */
import type { DayEvidence } from '../../../contract/explanation';
import { moneyPlaces } from '../../../services/decimal';
import { fixedText } from '../../../services/fixed';
import { timeWeightedReturn } from '../../../services/returns';
import { valuePoints, type Window } from '../../../services/window';
import { pricesOf, ratesOf, valueDay } from '../day-valuation';
import type { Evidence } from '../evidence';
import type { Explainer, Told } from '../explainer';
import type { PortfolioPast } from '../past';
import { daysOf, flowsOf, moneyOf, quotesOf, scopeOf, valuationWords } from '../window-evidence';
import { amountText, countText, chainWords, percentText, signedPercent } from '../words';
import { explainNoWindow, explainSpan } from './window-span';

export const explainTimeWeightedReturn: Explainer = async (subject, evidence) => {
  const past = await evidence.past();
  const { window, member } = scopeOf(subject, past);
  if ('reason' in window) return explainNoWindow(window, past, member);
  switch (member) {
    case 'value':
    case 'annualised':
      return explainReturn(member, window, past, evidence);
    case 'begin_value':
    case 'end_value':
      return explainEnd(member === 'begin_value' ? window.values[0] : window.values.at(-1), past);
    case 'net_external_flows':
      return explainFlows(window, past, evidence);
    default:
      return explainSpan(window, member);
  }
};

export async function explainReturn(
  member: 'value' | 'annualised',
  window: Window,
  past: PortfolioPast,
  evidence: Evidence,
): Promise<Told> {
  const base = past.base_currency;
  const flows = await flowsOf(evidence, past, window);
  const days = daysOf(window.values);
  const { cumulative, annualised, days: calendarDays, warnings } = timeWeightedReturn(valuePoints(window.values));
  const isLong = calendarDays >= 365;
  const recomputed = member === 'value' ? cumulative : isLong ? annualised : null;
  return {
    recomputed,
    calculation: [
      ...endsWords(window, base, flows.length),
      ...(cumulative === null ? [] : [...dayWords(days, base), linkWords(days, cumulative)]),
      ...(member === 'annualised' && cumulative !== null && isLong && annualised !== null
        ? [`(1 ${signedPercent(cumulative)})^(365/${String(calendarDays)}) − 1 = ${percentText(annualised)} per year`]
        : []),
      ...(member === 'annualised' && !isLong
        ? [`${countText(calendarDays, 'day')}: less than a year, so the return is not made a yearly one`]
        : []),
    ],
    inputs: { flows, days, ...quotesOf(past, window.values) },
    text: returnText(window, base, flows.length, warnings),
  };
} // prettier-ignore

function returnText({ values, from, to }: Window, base: string, flows: number, warnings: readonly { date: string; code: string }[]): string[] {
  const [opening] = values;
  const end = values.at(-1);
  const moved =
    flows === 0
      ? 'Nothing was paid in or out in between'
      : flows === 1
        ? 'One payment from or to the outside is taken out of the day on which it counts'
        : `${countText(flows, 'payment')} from or to the outside are taken out of the days on which they count`;
  return [
    `The portfolio was worth ${amountText(moneyOf(opening?.value ?? 0n))} ${base} at the close of ${from} and ${amountText(moneyOf(end?.value ?? 0n))} ${base} at the close of ${to}. ${moved}. Each trading day has its own return, and the returns are linked, so the size and time of payments do not matter.`,
    ...(warnings.length === 0 ? [] : [`${countText(warnings.length, 'day')} had no capital to measure against: ${warnings.slice(0, 5).map(({ date, code }) => `${date} (${code})`).join(', ')}.`]),
  ];
} // prettier-ignore

function endsWords({ values, from, to }: Window, base: string, flows: number): string[] {
  const [opening, ...after] = values;
  const net = after.reduce((sum, { external_flow }) => sum + external_flow, 0n);
  return [
    `Begin value ${amountText(moneyOf(opening?.value ?? 0n))} ${base} on ${from}; end value ${amountText(moneyOf(after.at(-1)?.value ?? 0n))} ${base} on ${to}; ${flows === 0 ? 'no external flows' : `net external flows ${amountText(moneyOf(net))} ${base} in ${countText(flows, 'flow')}`}`,
  ];
} // prettier-ignore

/** The first and the last day multiplied out, and where there is one the first with a flow. */
function dayWords(days: readonly DayEvidence[], base: string): string[] {
  const indices = [1, days.findIndex(({ external_flow }, index) => index > 1 && external_flow !== '0'), days.length - 1];
  return [...new Set(indices)]
    .filter((index) => index > 0 && index < days.length)
    .map((index) => {
      const [before, day] = [days[index - 1], days[index]] as [DayEvidence, DayEvidence];
      if (day.return === null) return `${day.date}: no meaningful return, left out of the chain`;
      return `${day.date}: ${ratioWords(before, day)} = ${percentText(day.return)} (${base})`;
    });
} // prettier-ignore

function ratioWords(before: DayEvidence, day: DayEvidence): string {
  const isFromNothing = Number(before.value) === 0;
  if (isFromNothing && day.external_flow === '0') return 'nothing was held';
  if (isFromNothing) return `${amountText(day.value)} ÷ ${amountText(day.external_flow)} − 1`;
  const flow = day.external_flow === '0' ? '' : ` ${Number(day.external_flow) < 0 ? '+' : '−'} ${amountText(day.external_flow.replace('-', ''))}`;
  const end = flow === '' ? amountText(day.value) : `(${amountText(day.value)}${flow})`;
  return `${end} ÷ ${amountText(before.value)} − 1`;
} // prettier-ignore

function linkWords(days: readonly DayEvidence[], result: number): string {
  return chainWords(
    days.slice(1).flatMap((day) => day.return ?? []),
    result,
  );
}

export function explainEnd(day: Window['values'][number] | undefined, past: PortfolioPast): Told {
  const base = past.base_currency;
  if (!day) return { recomputed: null, calculation: [], inputs: {}, text: [] };
  const valuation = valueDay(past, day.date);
  return {
    recomputed: valuation.total.isZero() ? '0' : fixedDecimal(valuation.total.toFixed(moneyPlaces)),
    calculation: valuationWords(valuation, base),
    inputs: { prices: pricesOf(valuation.lines), fx: ratesOf(valuation.lines) },
    text: [`It is what everything held at the close of ${day.date} was worth, shares and cash, at that day’s prices and exchange rates.`],
  };
} // prettier-ignore

export async function explainFlows(window: Window, past: PortfolioPast, evidence: Evidence): Promise<Told> {
  const flows = await flowsOf(evidence, past, window);
  const net = window.values.slice(1).reduce((sum, { external_flow }) => sum + external_flow, 0n);
  const base = past.base_currency;
  const terms = flows.slice(0, 12).map(({ base_amount }) => amountText(base_amount ?? 0));
  const more = flows.length > terms.length ? ` + … (${String(flows.length - terms.length)} more)` : '';
  return {
    recomputed: fixedText(net, moneyPlaces),
    calculation: [`${terms.join(' + ').replaceAll('+ −', '− ') || '0.00'}${more} = ${amountText(moneyOf(net))} ${base}`],
    inputs: { flows },
    text: [
      flows.length === 0
        ? `Nothing was paid in or out after ${window.from} and up to ${window.to}.`
        : `${countText(flows.length, 'payment')} came from or went to the outside after ${window.from} and up to ${window.to}; each counts at the exchange rate of the valued day on which it counts. Dividends, interest and fees are no such payments.`,
    ],
  };
} // prettier-ignore

function fixedDecimal(text: string): string {
  return text.replace(/\.?0+$/, '');
}
