/** Explains `metrics.currency_attribution`: what assets did in their own currencies, what the currencies did, day by day. */
import { chain, timeWeightedReturn } from '../../../services/returns';
import { valuePoints, type Window } from '../../../services/window';
import { type CurrencyEffects, currencyEffects, type EffectName, effectNames } from '../currency-effects';
import { assignInteraction, dayWords, effectText, isEffect, named, sumWords, totalOf } from '../effect-words';
import type { Evidence } from '../evidence';
import type { Explainer, Subject, Told } from '../explainer';
import { valueAt } from '../field-path';
import type { PortfolioPast } from '../past';
import { positionEffects } from '../position-effects';
import { flowsOf, quotesOf, windowOf } from '../window-evidence';
import { countText, percentText, signedPercent } from '../words';
import { explainReturn } from './compute-twr';
import { explainNoWindow, explainSpan } from './window-span';

interface Case {
  subject: Subject;
  window: Window;
  past: PortfolioPast;
  evidence: Evidence;
  effects: CurrencyEffects[];
}

export const explainCurrencyAttribution: Explainer = async (subject, evidence) => {
  const past = await evidence.past();
  const window = windowOf(subject, past);
  const [first = ''] = subject.path;
  if ('reason' in window) return explainNoWindow(window, past, first);
  if (first === 'base_return_actual') return explainReturn('value', window, past, evidence);
  const effects = currencyEffects(window.values, past.base_currency);
  if (!effects) return lostAll();
  const one = {
    subject,
    window,
    past,
    evidence,
    effects: effects.map((each) => assignInteraction(each, subject.args)),
  };
  if (first === 'by_currency') return explainCurrency(one);
  if (first === 'by_position') return explainPosition(one);
  if (first === 'by_period') return explainMonth(one);
  if (isEffect(first) || first === 'value') return explainWhole(first, one);
  return first === 'error_bps' ? explainError(one) : explainSpan(window, first);
};

/** The row of the result that the figure stands in. */
function rowOf({ path, whole }: Subject): { row: Record<string, unknown>; member: string } {
  const [list = '', index = '', member = ''] = path;
  return { row: (valueAt(whole, [list, index]) ?? {}) as Record<string, unknown>, member };
}

async function explainCurrency(one: Case): Promise<Told | null> {
  const { row, member } = rowOf(one.subject);
  const effects = one.effects.find(({ currency }) => currency === row['currency']);
  if (!effects) return null;
  const { currency } = effects;
  return explainRow(one, effects, { member, currency, what: `shares and cash in ${currency}` });
}

async function explainPosition(one: Case): Promise<Told | null> {
  const { row, member } = rowOf(one.subject);
  const { currency, symbol, security_id } = row;
  const found = positionEffects(await one.past.positions(one.window), (series) =>
    security_id === null
      ? series.security_id === null && series.currency === currency
      : series.security_id === security_id,
  );
  if (!found || typeof currency !== 'string' || typeof symbol !== 'string') return null;
  const effects = assignInteraction({ ...found, currency }, one.subject.args);
  const what = security_id === null ? `the cash in ${currency}, with its fees and taxes,` : symbol;
  return explainRow(one, effects, { member, currency, what, ...(security_id !== null && { symbol }) });
}

interface RowOf {
  member: string;
  currency: string;
  /** As it stands in a sentence. */
  what: string;
  /** Of a security. */
  symbol?: string;
}

async function explainRow(
  one: Case,
  effects: CurrencyEffects,
  { member, currency, what, symbol }: RowOf,
): Promise<Told | null> {
  const { window, past } = one;
  const { days, linked, average_weight } = effects;
  const inputs = await inputsOf(one, currency, symbol);
  if (member === 'average_weight') {
    const text = `On average over ${countText(window.values.length - 1, 'day')} ${what} made up ${percentText(average_weight)} of the portfolio at the beginning of the day.`;
    return { recomputed: average_weight, calculation: [], inputs, text: [text] };
  }
  if (member === 'total') {
    const total = totalOf(linked);
    const text = `It is all that ${what} added to the return of the portfolio.`;
    return { recomputed: total, calculation: [sumWords(linked, total)], inputs, text: [text] };
  }
  if (!isEffect(member)) return null;
  return {
    recomputed: linked[member],
    calculation: [
      ...dayWords({ what, currency, days }, member, past.base_currency),
      `${countText(days.length, 'day')}, each scaled by its Carino factor, add up to ${percentText(linked[member])}`,
    ],
    inputs,
    text: [effectText(member, { what, currency, days }, past.base_currency)],
  };
}

/** The days of one calendar month, of all currencies. */
async function explainMonth(one: Case): Promise<Told | null> {
  const { row, member } = rowOf(one.subject);
  const { period } = row;
  if (typeof period !== 'string') return null;
  const inMonth = one.effects.map(({ days }) => days.filter(({ date }) => date.startsWith(period)));
  const all = inMonth.flat();
  const inputs = await inputsOf({ ...one, window: monthOf(one.window, period) });
  if (member === 'period_return') {
    const returns = new Map<string, number>();
    for (const day of all) {
      const whole = day.local_return + day.fx_return + day.interaction;
      returns.set(day.date, (returns.get(day.date) ?? 0) + whole);
    }
    const linked = chain([...returns.values()]);
    const factors = [...returns.values()].map((value) => `(1 ${signedPercent(value)})`);
    return {
      recomputed: linked,
      calculation: [`${factors.join('')} − 1 = ${percentText(linked)}`],
      inputs,
      text: [`It is the return of ${period} by itself: its ${countText(returns.size, 'day')} linked.`],
    };
  }
  const sums = { local_return: 0, fx_return: 0, interaction: 0 };
  for (const day of all) for (const name of effectNames) sums[name] += day[name] * day.factor;
  const { linked } = assignInteraction({ linked: sums }, one.subject.args);
  const total = totalOf(linked);
  if (member === 'total') {
    return { recomputed: total, calculation: [sumWords(linked, total)], inputs, text: [monthText(period)] };
  }
  if (!isEffect(member)) return null;
  const terms = one.effects.map(({ currency }, index) => {
    const sum = (inMonth[index] ?? []).reduce((all, day) => all + day[member] * day.factor, 0);
    return `${currency} ${percentText(sum)}`;
  });
  return {
    recomputed: linked[member],
    calculation: [`${period}: ${terms.join(' + ')} = ${percentText(linked[member])}`],
    inputs,
    text: [monthText(period)],
  };
}

/** The days of a month, with the one before them. */
function monthOf(window: Window, period: string): Window {
  const first = window.values.findIndex(({ date }, index) => index > 0 && date.startsWith(period));
  const days = window.values.filter(({ date }, index) => index > 0 && date.startsWith(period));
  const values = [...window.values.slice(Math.max(0, first - 1), first), ...days];
  return { ...window, values, from: values[0]?.date ?? window.from, to: values.at(-1)?.date ?? window.to };
}

function monthText(period: string): string {
  return `It is what the days of ${period} added to the return of the whole time; all months add up to it.`;
}

async function explainWhole(member: EffectName | 'value', one: Case): Promise<Told> {
  const whole = wholeOf(one.effects);
  const inputs = await inputsOf(one);
  if (member === 'value') {
    const total = totalOf(whole);
    const text =
      'The return in the base currency, made of what assets did in their own currencies, what exchange rates did and both together; so it is a check on the time-weighted return, which is computed from values alone.';
    return { recomputed: total, calculation: [sumWords(whole, total)], inputs, text: [text] };
  }
  const terms = one.effects.map(({ currency, linked }) => `${currency} ${percentText(linked[member])}`);
  return {
    recomputed: whole[member],
    calculation: [`${terms.join(' + ')} = ${percentText(whole[member])}`],
    inputs,
    text: [`It is ${named[member]}, over all currencies; by_currency has each with its days.`],
  };
}

function explainError({ effects, window }: Case): Told {
  const { cumulative } = timeWeightedReturn(valuePoints(window.values));
  const total = totalOf(wholeOf(effects));
  const text =
    'The effects and the return are computed in two ways; this is how far they are apart, in hundredths of a percent.';
  if (cumulative === null) return { recomputed: null, calculation: [], inputs: {}, text: [text] };
  const error = (total - cumulative) * 1e4;
  const working = `(${percentText(total)} − ${percentText(cumulative)}) × 10,000 = ${error.toExponential(2)}`;
  return { recomputed: error, calculation: [working], inputs: {}, text: [text] };
}

function wholeOf(effects: readonly CurrencyEffects[]): Record<EffectName, number> {
  const whole = { local_return: 0, fx_return: 0, interaction: 0 };
  for (const { linked } of effects) for (const name of effectNames) whole[name] += linked[name];
  return whole;
}

function lostAll(): Told {
  const text = 'On one of the days everything was lost; no factor links the others to it.';
  return { recomputed: null, calculation: [], inputs: {}, text: [text] };
}

async function inputsOf(
  { window, past, evidence }: Case,
  currency?: string,
  symbol?: string,
): Promise<Told['inputs']> {
  const { prices, fx } = quotesOf(past, window.values);
  const flows = await flowsOf(evidence, past, window);
  if (currency === undefined) return { flows, prices, fx };
  return {
    ...(symbol === undefined && { flows: flows.filter((flow) => flow.currency === currency) }),
    prices: prices.filter((price) => (symbol === undefined ? price.currency === currency : price.symbol === symbol)),
    fx: fx.filter(({ pair }) => pair.startsWith(`${currency}/`)),
  };
} // prettier-ignore
