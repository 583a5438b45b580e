/** Explains `risk.compute_factor_exposures`: which months and series were joined, and the regression one factor at a time. */
import type { FxEvidence } from '../../../contract/explanation';
import { type FactorMonths, factorMonths } from '../../../services/factor-months';
import { type FactorSet, factorSets } from '../../../services/factor-sets';
import { majorUnit } from '../../../services/fx';
import { mean } from '../../../services/moments';
import { type MonthReturn, monthlyReturns } from '../../../services/monthly-returns';
import { endOfMonth } from '../../../services/months';
import type { Evidence } from '../evidence';
import type { Explainer, Told } from '../explainer';
import { type Coefficient, type PartialRegression, partialRegression } from '../partial-regression';
import { deriveRate, type DerivedRate } from '../rates';
import { daysOf } from '../window-evidence';
import { countText, listText, percentText } from '../words';

/** Below it the capability withholds exposures. */
const leastMonths = 36;
const shownMonths = 3;

interface Joined extends FactorMonths {
  set: FactorSet;
  names: string[];
  /** Those that were used, in the order of `returns`. */
  months: MonthReturn[];
  /** Over the risk-free rate. */
  excess: number[];
}

export const explainFactorExposures: Explainer = async ({ path, args, value }, evidence) => {
  const past = await evidence.past();
  const set = factorSets[args['factor_set'] === 'capm' ? 'capm' : 'ff3'];
  const rates = await ratesInto(evidence, set.currency);
  const joined = await joinMonths(evidence, set, rates, args['lookback_months']);
  const fit = joined.returns.length < leastMonths ? null : partialRegression(joined.excess, joined.series.slice(0, joined.names.length));
  const recomputed = figureOf(path, joined, fit);
  if (recomputed === undefined) return null;
  const { from, to } = joined;
  const values = past.history.values.filter(({ date }) => from !== null && to !== null && date >= from && date <= to);
  return {
    recomputed,
    calculation: typeof value === 'number' && fit !== null ? wordsOf(path, joined, fit) : [],
    inputs: { days: values.length === 0 ? [] : daysOf(values), fx: fxOf(joined, rates) },
    text: textOf(joined, evidence.base),
  };
}; // prettier-ignore

/** Base currency per 1 of the factors' currency on a day. */
type Rates = (date: string) => DerivedRate | null;

async function ratesInto(evidence: Evidence, currency: string): Promise<Rates> {
  const { base } = evidence;
  const quotes = await evidence.rates([majorUnit(base).major, currency]);
  return (date) => deriveRate(currency, base, date, quotes.get(date) ?? new Map());
}

async function joinMonths(evidence: Evidence, set: FactorSet, rates: Rates, lookback: unknown): Promise<Joined> {
  const { history } = await evidence.past();
  const names = Object.keys(set.factors);
  const ids = [...Object.values(set.factors), set.risk_free];
  const own = monthlyReturns(history);
  const months = typeof lookback === 'number' ? lookback : undefined;
  const joined = factorMonths(own, await evidence.observations(ids), ids, (date) => rates(date)?.rate.toNumber() ?? null, months);
  const { from, to, dropped, returns, series } = joined;
  const left = new Set([...dropped.portfolio, ...dropped.factors]);
  const used = own.months.filter((one) => from !== null && to !== null && one.from >= from && one.to <= to && !left.has(one.month));
  const risk_free = series[names.length] ?? [];
  return { ...joined, set, names, months: used, excess: returns.map((value, index) => value - (risk_free[index] ?? 0)) };
} // prettier-ignore

/** `undefined`: the condition number and what is no figure of the regression are not restated here. */
function figureOf([first = '', second = '']: readonly string[], joined: Joined, fit: PartialRegression | null): unknown {
  const { from, to, known_to, returns, names } = joined;
  const factor = names.indexOf(second);
  switch (first) {
    case 'from':
      return from;
    case 'to':
      return to;
    case 'factors_to':
      return known_to === null ? null : endOfMonth(`${known_to}-01`);
    case 'observations':
      return returns.length;
    case 'alpha':
      return fit?.alpha.value ?? null;
    case 'alpha_t_stat':
      return fit?.alpha.t_stat ?? null;
    case 'r_squared':
      return fit?.r_squared ?? null;
    case 'betas':
      return factor < 0 ? undefined : (fit?.betas[factor]?.value ?? null);
    case 't_stats':
      return factor < 0 ? undefined : (fit?.betas[factor]?.t_stat ?? null);
    default:
      return undefined;
  }
} // prettier-ignore

function wordsOf([first = '', second = '']: readonly string[], joined: Joined, fit: PartialRegression): string[] {
  const { names, series, excess } = joined;
  const months = monthWords(joined);
  const factor = names.indexOf(second);
  const others = names.filter((name) => name !== second);
  const beta = fit.betas[factor];
  switch (first) {
    case 'betas':
      return beta ? [...months, betaWords(second, others, beta)] : [];
    case 't_stats':
      return beta ? [...months, betaWords(second, others, beta), tWords(beta)] : [];
    case 'alpha':
    case 'alpha_t_stat': {
      const parts = names.map((name, index) => ` − ${number(fit.betas[index]?.value ?? 0)} × ${percentText(mean(series[index] ?? []))} (${name})`);
      const alpha = `mean of the excess returns ${percentText(mean(excess))}${parts.join('')} = ${percentText(fit.alpha.value)} a month`;
      return [...months, alpha.replaceAll('− −', '+ '), ...(first === 'alpha' ? [] : [tWords(fit.alpha)])];
    }
    case 'r_squared':
      return [...months, `of the squares of the excess returns about their mean, the factors explain ${percentText(fit.r_squared ?? 0)}`];
    default:
      return [];
  }
} // prettier-ignore

/** The first and the last months as they went into the regression. */
function monthWords({ months, returns, excess, series, names }: Joined): string[] {
  const rows = months.map(({ month }, index) => {
    const factors = names.map((name, k) => `${name} ${percentText(series[k]?.[index] ?? 0)}`).join(', ');
    const risk_free = series[names.length]?.[index] ?? 0;
    return `${month}: return ${percentText(returns[index] ?? 0)} less ${percentText(risk_free)} risk-free = ${percentText(excess[index] ?? 0)}; ${factors}`;
  });
  if (rows.length <= 2 * shownMonths) return rows;
  const hidden = `… ${countText(rows.length - 2 * shownMonths, 'month')} between`;
  return [...rows.slice(0, shownMonths), hidden, ...rows.slice(-shownMonths)];
} // prettier-ignore

function betaWords(name: string, others: readonly string[], { product, square, value }: Coefficient): string {
  const left = others.length === 0 ? `${name} about its mean` : `what ${listText(others)} and the mean leave of ${name}`;
  return `sum over the months of ${left} × excess return ${number(product)} ÷ sum of its squares ${number(square)} = ${number(value)}`;
} // prettier-ignore

function tWords({ value, t_stat }: Coefficient): string {
  if (t_stat === null || t_stat === 0) return 'a regression that leaves nothing over has no t';
  return `${number(value)} ÷ its standard error ${number(value / t_stat)} = ${number(t_stat)}`;
}

/** Six digits, as coefficients are read. */
function number(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

function fxOf({ months }: Joined, rates: Rates): FxEvidence[] {
  const days = [...new Set(months.flatMap(({ from, to }) => [from, to]))];
  return days.flatMap((day) => rates(day)?.evidence ?? []);
}

function textOf({ set, returns, from, to, known_to, dropped }: Joined, base: string): Told['text'] {
  const series = listText([...Object.values(set.factors), set.risk_free]);
  if (known_to === null) return [`At the pack no month of the series ${series} was known yet.`];
  const span = from === null || to === null ? 'No month' : `${countText(returns.length, 'month')}, from the close of ${from} to that of ${to},`;
  const few = returns.length < leastMonths ? ` Exposures need ${String(leastMonths)} of them.` : '';
  const converted = majorUnit(base).major === set.currency ? '' : ` A month’s return in ${base} is first converted into ${set.currency}, at the rates of both its ends.`;
  const left = dropped.portfolio.length + dropped.factors.length;
  const without = left === 0 ? '' : ` Left out: ${countText(left, 'month')} without a whole return, a rate or known factors.`;
  return [
    `${span} of the portfolio’s time-weighted return over the risk-free rate were set beside the series ${series}, as they were known at the pack, the last of them ${known_to}.${converted}${without}${few}`,
  ];
} // prettier-ignore
