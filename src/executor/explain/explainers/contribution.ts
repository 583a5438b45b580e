/** Explains `portfolio.contribution`: what one position gained day by day, as a part of the portfolio's return. */
import { type Contribution, contributions } from '../../../services/contribution';
import { baseGain, linkDays } from '../../../services/linked-days';
import type { PositionHistory, PositionSeries } from '../../../services/position-history';
import { positionReturn } from '../../../services/position-return';
import { timeWeightedReturn } from '../../../services/returns';
import { valuePoints, type Window } from '../../../services/window';
import type { Evidence } from '../evidence';
import type { Explainer, Subject, Told } from '../explainer';
import { valueAt } from '../field-path';
import type { PortfolioPast } from '../past';
import { flowsOf, quotesOf, windowOf } from '../window-evidence';
import { amountText, chainWords, countText, percentText, signedPercent } from '../words';
import { explainReturn } from './compute-twr';
import { explainNoWindow, explainSpan } from './window-span';

export interface Case {
  window: Window;
  past: PortfolioPast;
  history: PositionHistory;
}

export const explainContribution: Explainer = async (subject, evidence) => {
  const past = await evidence.past();
  const window = windowOf(subject, past);
  const [first = ''] = subject.path;
  if ('reason' in window) return explainNoWindow(window, past, first);
  if (first === 'time_weighted_return') return explainReturn('value', window, past, evidence);
  const one: Case = { window, past, history: await past.positions(window) };
  if (first === 'positions') return explainRow(one, subject, evidence);
  if (first === 'value' || first === 'error_bps') return explainTotal(one, first);
  return explainSpan(window, first);
};

export interface Row {
  kind: string;
  symbol: string;
  security_id: string | null;
  currency: string;
}

async function explainRow(one: Case, { path, whole }: Subject, evidence: Evidence): Promise<Told | null> {
  const [list = '', index = '', member = ''] = path;
  const row = valueAt(whole, [list, index]) as Row | undefined;
  return row ? explainPosition(one, row, member, evidence) : null;
}

/** `null`: this member is none that a position’s days decide. */
export async function explainPosition(
  one: Case,
  row: Row,
  member: string,
  evidence: Evidence,
): Promise<Told | null> {
  const found = contributions(one.history);
  if ('reason' in found) return null;
  const isRow = (other: Pick<Row, 'kind' | 'security_id' | 'currency'>): boolean =>
    other.kind === row.kind && other.security_id === row.security_id && other.currency === row.currency;
  const figures = found.rows.find(isRow);
  const series = one.history.positions.find(isRow);
  const recomputed = (figures as Record<string, unknown> | undefined)?.[member];
  if (!series || recomputed === undefined) return null;
  const what = row.kind === 'security' ? row.symbol : `${row.kind} in ${row.currency}`;
  return {
    recomputed,
    calculation: wordsOf(member, figures as Contribution, one, series, what),
    inputs: await inputsOf(one, row, evidence),
    text: [
      recomputed === null
        ? `Of ${what} there is no such figure: ${noFigure(row.kind)}`
        : textOf(member, what, one, row),
    ],
  };
}

function noFigure(kind: string): string {
  return kind === 'fees' || kind === 'taxes'
    ? 'what is paid has neither a weight nor a return of its own.'
    : 'it was not held on any day with a return.';
}

function wordsOf(
  member: string,
  figures: Contribution,
  one: Case,
  series: PositionSeries,
  what: string,
): string[] {
  const { contribution, position_return, local_return, fx_return } = figures;
  if (member === 'contribution') return dayWords(one, series, what, contribution);
  if (member === 'position_return' && position_return !== null) {
    const returns = positionReturn(series, one.history.rates).returns.flatMap((value) => value ?? []);
    return [chainWords(returns, position_return)];
  }
  if (member === 'fx_return' && position_return !== null && local_return !== null && fx_return !== null) {
    return [`(1 ${signedPercent(position_return)}) ÷ (1 ${signedPercent(local_return)}) − 1 = ${percentText(fx_return)}`];
  }
  return [];
} // prettier-ignore

/** The first and the largest day, and the sum. */
function dayWords({ history }: Case, series: PositionSeries, what: string, total: number): string[] {
  const link = linkDays(history);
  if ('reason' in link) return [];
  const rate = history.rates.of(series.currency);
  const days = history.dates.slice(1).map((date, index) => {
    const day = index + 1;
    const gain = baseGain(series.value, series.gain, rate, day);
    return { date, gain, share: link.share[day] as number, part: gain * (link.share[day] as number) };
  });
  const moved = days.filter(({ gain }) => gain !== 0);
  const [first] = moved;
  if (!first) return [`${what} neither gained nor lost anything in the period`];
  const largest = moved.reduce((most, day) => (Math.abs(day.part) > Math.abs(most.part) ? day : most), first);
  const base = history.base_currency;
  return [
    ...[...new Set([first, largest])].map(
      ({ date, gain, share, part }) =>
        `${date}: ${what} ${gain < 0 ? 'lost' : 'gained'} ${amountText(Math.abs(gain))} ${base} on a capital of ${amountText(1 / share)} ${base} = ${percentText(part)}`,
    ),
    `${countText(moved.length, 'day')} with a gain or loss, each scaled by its Carino factor, add up to ${percentText(total)}`,
  ];
} // prettier-ignore

function textOf(member: string, what: string, { window, past }: Case, { currency }: Row): string {
  const span = `from ${window.from} to ${window.to}`;
  switch (member) {
    case 'contribution':
      return `It is what ${what} added to the return of the portfolio ${span}: prices, dividends and exchange rate together. The rows of all positions, cash, fees and taxes add up to the return.`;
    case 'average_weight':
      return `On average ${what} made up this part of the portfolio at the beginning of a day ${span}.`;
    case 'position_return':
      return `It is the return of ${what} by itself in ${past.base_currency}, dividends included, over the days it was held ${span}.`;
    case 'local_return':
      return `It is the same return in ${currency}, before any exchange rate.`;
    case 'fx_return':
      return `It is what the exchange rate made of the return in ${currency}: (1 + return in ${past.base_currency}) ÷ (1 + return in ${currency}) − 1.`;
    default:
      return `It counts the days on which ${what} had a return of its own.`;
  }
}

function explainTotal({ history, window }: Case, member: 'value' | 'error_bps'): Told | null {
  const found = contributions(history);
  if ('reason' in found) return { recomputed: null, calculation: [], inputs: {}, text: [] };
  const { total, rows } = found;
  const { cumulative } = timeWeightedReturn(valuePoints(window.values));
  const terms = rows.filter(({ contribution }) => contribution !== 0).map(({ contribution }) => percentText(contribution));
  const sum = `${terms.join(' + ').replaceAll('+ −', '− ')} = ${percentText(total)}`;
  if (member === 'value') {
    return { recomputed: total, calculation: [sum], inputs: {}, text: ['It is the sum of what all positions, cash, fees and taxes added.'] };
  }
  return {
    recomputed: cumulative === null ? null : (total - cumulative) * 1e4,
    calculation: cumulative === null ? [] : [`(${percentText(total)} − ${percentText(cumulative)}) × 10,000`.replace('− −', '+ ')],
    inputs: {},
    text: ['The contributions and the return are computed in two ways; this is how far they are apart, in hundredths of a percent.'],
  };
} // prettier-ignore

async function inputsOf({ window, past }: Case, row: Row, evidence: Evidence): Promise<Told['inputs']> {
  const { prices, fx } = quotesOf(past, window.values);
  const { security_id, currency, symbol } = row;
  const transactions = await evidence.transactions({ ...(security_id === null ? { currency } : { security_id }), from: window.from });
  return {
    prices: security_id === null ? [] : prices.filter((price) => price.symbol === symbol),
    fx: fx.filter(({ pair }) => pair.startsWith(`${currency}/`)),
    flows: security_id === null ? (await flowsOf(evidence, past, window)).filter((flow) => flow.currency === currency) : [],
    transactions: transactions.map(({ security_id: _security, ...entry }) => entry),
  };
} // prettier-ignore
