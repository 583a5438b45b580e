/** Explains `metrics.compute_mwr`: the opening value, every payment and the end value, each discounted at the rate found. */
import type { FlowEvidence } from '../../../contract/explanation';
import { daysBetween } from '../../../services/dates';
import { Decimal } from '../../../services/decimal';
import { moneyWeightedWindow } from '../../../services/money-weighted-window';
import type { Window } from '../../../services/window';
import type { Evidence } from '../evidence';
import type { Explainer, Told } from '../explainer';
import type { PortfolioPast } from '../past';
import { flowsOf, moneyOf, quotesOf, scopeOf } from '../window-evidence';
import { amountText, countText, percentText } from '../words';
import { explainEnd, explainFlows } from './compute-twr';
import { explainNoWindow, explainSpan } from './window-span';

export const explainMoneyWeightedReturn: Explainer = async (subject, evidence) => {
  const past = await evidence.past();
  const { window, member } = scopeOf(subject, past);
  if ('reason' in window) return explainNoWindow(window, past, member);
  switch (member) {
    case 'value':
    case 'period_return':
      return explainRate(member, window, past, evidence);
    case 'gain':
      return explainGain(window, past, evidence);
    case 'flows':
      return explainCount(window, past, evidence);
    case 'begin_value':
    case 'end_value':
      return explainEnd(member === 'begin_value' ? window.values[0] : window.values.at(-1), past);
    case 'net_external_flows':
      return explainFlows(window, past, evidence);
    case 'multiple_roots':
    case 'total_loss':
      return { recomputed: moneyWeightedWindow(window)[member], calculation: [], inputs: {}, text: [] };
    default:
      return explainSpan({ ...window, ...moneySpan(window) }, member);
  }
};

/** Of nothing at the start there is no time before the first money. */
function moneySpan(window: Window): Pick<Window, 'from' | 'days'> {
  const { from, days } = moneyWeightedWindow(window);
  return { from, days };
}

async function explainRate(
  member: 'value' | 'period_return',
  window: Window,
  past: PortfolioPast,
  evidence: Evidence,
): Promise<Told> {
  const measure = moneyWeightedWindow(window);
  const rate = measure.value;
  const { from, days } = measure;
  const flows = (await flowsWithEnds(window, past, evidence)).map((flow) => discounted(flow, from, rate));
  const base = past.base_currency;
  const found = rate === null || rate <= -1 ? [] : rateWords(flows, from, rate, base);
  const yearly = rate === null ? '' : `(1 ${rate < 0 ? '−' : '+'} ${percentText(Math.abs(rate))})`;
  return {
    recomputed: measure[member],
    calculation: [
      ...found,
      ...(member === 'period_return' && rate !== null && measure.period_return !== null
        ? [`${yearly}^(${String(days)}/365) − 1 = ${percentText(measure.period_return)}`]
        : []),
    ],
    inputs: { flows, ...endQuotes(window, past) },
    text: rateText(measure, member, flows.length - 2),
  };
} // prettier-ignore

function rateText({ value, multiple_roots, total_loss }: ReturnType<typeof moneyWeightedWindow>, member: string, payments: number): string[] {
  const between = payments === 0 ? 'nothing was paid in or out in between' : `${countText(payments, 'payment')} in between ${payments === 1 ? 'is' : 'are'} discounted from ${payments === 1 ? 'its' : 'their'} day`;
  return [
    ...(value === null ? [] : [`It is the yearly rate at which what was there or paid in at the start grows into the end value; ${between}. So money that was there longer counts more.`]),
    ...(member === 'period_return' ? ['It is that rate over the length of the period, not over a year.'] : []),
    ...(multiple_roots ? ['Several rates solve this; the one nearest 0 is given.'] : []),
    ...(total_loss ? ['Nothing came back, so the return is −100 % by convention.'] : []),
  ];
} // prettier-ignore

/** Paid in is positive, as for the portfolio: the end value goes out. */
async function flowsWithEnds(window: Window, past: PortfolioPast, evidence: Evidence): Promise<FlowEvidence[]> {
  const [opening] = window.values;
  const last = window.values.at(-1);
  const end = (date: string, amount: string, narration: string): FlowEvidence => ({
    date,
    amount,
    currency: past.base_currency,
    base_amount: amount,
    rate: '1',
    rate_date: date,
    narration,
  });
  return [
    ...(opening && opening.value !== 0n ? [end(window.from, moneyOf(opening.value), 'opening value, as if paid in')] : []),
    ...(await flowsOf(evidence, past, window)),
    end(window.to, moneyOf(-(last?.value ?? 0n)), 'end value, as if taken out'),
  ];
} // prettier-ignore

function discounted(flow: FlowEvidence, from: string, rate: number | null): FlowEvidence {
  if (rate === null || rate <= -1 || flow.base_amount === null) return flow;
  const years = daysBetween(from, flow.rate_date ?? flow.date) / 365;
  const present = Number(flow.base_amount) * Math.exp(-Math.log1p(rate) * years);
  return { ...flow, present_value: new Decimal(present).toFixed(2) };
}

/** `267,121.13 (2012-02-27) − 15,000.00 ÷ 1.01^(36/365) … = 0.00 at 1.00 % per year`. */
function rateWords(flows: readonly FlowEvidence[], from: string, rate: number, base: string): string[] {
  const terms = flows.map((flow, index) => {
    const amount = Number(flow.base_amount ?? 0);
    const sign = index === 0 ? (amount < 0 ? '−' : '') : amount < 0 ? ' − ' : ' + ';
    const days = daysBetween(from, flow.rate_date ?? flow.date);
    const factor = days === 0 ? '' : ` ÷ (1 + r)^(${String(days)}/365)`;
    return `${sign}${amountText(Math.abs(amount))}${factor}`;
  });
  const shown = terms.length <= 8 ? terms : [...terms.slice(0, 4), ` + … (${String(terms.length - 7)} more)`, ...terms.slice(-3)];
  const sum = flows.reduce((all, { present_value }) => all.plus(present_value ?? 0), new Decimal(0));
  return [
    `0 = ${shown.join('')} (${base}), solved by r = ${percentText(rate)} per year`,
    `present values: ${flows.slice(0, 12).map(({ present_value }) => amountText(present_value ?? 0)).join(' + ').replaceAll('+ −', '− ')}${flows.length > 12 ? ' + …' : ''} = ${amountText(sum)} ${base}, up to the rounding of the cents`,
  ];
} // prettier-ignore

async function explainGain(window: Window, past: PortfolioPast, evidence: Evidence): Promise<Told> {
  const { gain } = moneyWeightedWindow(window);
  const flows = await flowsOf(evidence, past, window);
  const [begin, end] = [window.values[0]?.value ?? 0n, window.values.at(-1)?.value ?? 0n];
  const base = past.base_currency;
  return {
    recomputed: moneyOf(gain),
    calculation: [
      `${amountText(moneyOf(end))} − ${amountText(moneyOf(begin))} − ${amountText(moneyOf(end - begin - gain))} (net payments) = ${amountText(moneyOf(gain))} ${base}`.replaceAll('− −', '+ '),
    ],
    inputs: { flows, ...endQuotes(window, past) },
    text: ['It is what the portfolio earned in money: the change of its value that no payment from or to the outside explains.'],
  };
} // prettier-ignore

async function explainCount(window: Window, past: PortfolioPast, evidence: Evidence): Promise<Told> {
  const flows = await flowsOf(evidence, past, window);
  const count = moneyWeightedWindow(window).flows;
  return {
    recomputed: count,
    calculation: [],
    inputs: { flows },
    text: [`Money came in or went out, net, on ${countText(count, 'day')}.`],
  };
}

/** Prices and rates of the first and the last day: those in between play no part. */
function endQuotes({ values }: Window, past: PortfolioPast): Pick<Told['inputs'], 'prices' | 'fx'> {
  return quotesOf(
    past,
    [values[0], values.at(-1)].filter((value) => value !== undefined),
  );
}
