/** Explains `portfolio.performance_statement`: the postings that each of its nine lines is made of. */
import { daysBetween } from '../../../services/dates';
import { decimalText, sum } from '../../../services/decimal';
import { portfolioStatement, type PortfolioStatement } from '../../../services/portfolio-statement';
import { statementPeriod } from '../../../services/statement-period';
import { type Line, type LinePosting, statementLines } from '../../../services/value-change';
import { valueDay } from '../day-valuation';
import type { Evidence } from '../evidence';
import type { Explainer, Subject, Told } from '../explainer';
import type { PortfolioPast } from '../past';
import { type Shown, type StatementTrace, traceStatement } from '../statement-trace';
import { amountText, countText, listText } from '../words';

const mostPostings = 20;
/** Of so many the arithmetic is told with the line. */
const mostInFull = 4;

const meanings: Record<Line, string> = {
  initial_value: 'what was held at the beginning',
  capital_gains: 'the gains on what is still held, exchange rates included',
  realised_capital_gains: 'the gains on what was sold, before fees and exchange rates included',
  earnings: 'dividends and interest',
  fees: 'fees paid',
  taxes: 'taxes paid',
  transfers: 'payments from the outside less payments to it',
  currency_gains: 'what exchange rates did to cash in other currencies',
  final_value: 'what was held at the end',
};

export const explainStatement: Explainer = async (subject, evidence) => {
  const [first = '', line = '', ...below] = subject.path;
  const past = await evidence.past();
  const period = periodOf(subject, past);
  if (!period) {
    const text = 'The ledger has no entry, so nothing was ever held.';
    return { recomputed: null, calculation: [], inputs: {}, text: [text] };
  }
  if (first === 'days') {
    const days = daysBetween(period.from, period.to);
    const text = `From ${period.from} to ${period.to} is ${countText(days, 'calendar day')}.`;
    return { recomputed: days, calculation: [], inputs: {}, text: [text] };
  }
  const statement = await stateAgain(period, past, evidence);
  if (first === 'residual') return explainResidual(statement, evidence.base);
  if (first !== 'lines' || !isLine(line)) return null;
  const activity = await evidence.activity();
  const trace = traceStatement(past, activity, period);
  return explainLine(line, below, { statement, trace, past, period, base: evidence.base });
};

function isLine(name: string): name is Line {
  return (statementLines as readonly string[]).includes(name);
}

function periodOf({ args }: Subject, { history }: PortfolioPast): { from: string; to: string } | null {
  const { lookback_days, from } = args;
  return statementPeriod({
    dates: history.dates,
    first_activity: history.first_activity,
    lookback_days: typeof lookback_days === 'number' ? lookback_days : undefined,
    from: typeof from === 'string' ? from : undefined,
  });
}

async function stateAgain(
  period: { from: string; to: string },
  past: PortfolioPast,
  evidence: Evidence,
): Promise<PortfolioStatement> {
  const activity = await evidence.activity();
  const { holding_changes, cash_changes } = past;
  const ids = [...new Set(holding_changes.map(({ security_id }) => security_id))];
  return portfolioStatement({
    base_currency: past.base_currency,
    period,
    activity: activity.ledger,
    changes: { holding_changes, cash_changes },
    prices: await evidence.pricesOn(ids, [period.from, period.to]),
    rates: activity.quotes,
  });
}

interface Case {
  statement: PortfolioStatement;
  trace: StatementTrace;
  past: PortfolioPast;
  period: { from: string; to: string };
  base: string;
}

function explainLine(line: Line, [part = '', index = '']: readonly string[], one: Case): Told | null {
  const { statement, trace, past, period, base } = one;
  const stated = statement.amounts[line];
  if (stated === null) return notStated(one);
  const postings = latestFirst(trace.get(line) ?? []);
  const nameOf = ({ key }: LinePosting): string => past.symbols.get(key) ?? key;
  if (part === 'postings') {
    const posting = postings[Number(index)];
    if (!posting) return null;
    const what = posting.narration === null ? `of ${nameOf(posting)}` : `“${posting.narration}”`;
    return {
      recomputed: decimalText(posting.amount),
      calculation: posting.words,
      inputs: together([posting]),
      text: [`It is one posting of the line: ${what}, ${posting.date}. The line is ${meanings[line]}.`],
    };
  }
  if (part !== 'amount') return null;
  const shown = postings.slice(0, mostPostings).flatMap((posting) => {
    const narration = posting.narration === null ? '' : ` (${posting.narration})`;
    const head = `${posting.date} ${nameOf(posting)}: ${amountText(posting.amount)} ${base}${narration}`;
    return postings.length > mostInFull ? [head] : [...posting.words, head];
  });
  const more = postings.length > mostPostings ? [`… and ${countText(postings.length - mostPostings, 'more posting')}`] : [];
  const amount = sum(postings.map((posting) => posting.amount));
  const ask = postings.length > mostInFull ? [`The arithmetic of a posting is told where one asks for it: \`lines.${line}.postings[0].amount\`.`] : [];
  return {
    recomputed: decimalText(amount),
    calculation: [...shown, ...more, `together ${amountText(amount)} ${base}`],
    inputs: together(postings),
    text: [
      `It is ${meanings[line]}, in ${base}, from the close of ${period.from} to the close of ${period.to}: ${countText(postings.length, 'posting')}. Together the lines lead from the value at the beginning to the value at the end.`,
      ...ask,
    ],
  };
} // prettier-ignore

/** Where the pack lacks something that the line needs, on either end. */
function notStated({ past, period }: Case): Told {
  const lacking = [period.from, period.to].flatMap((date) => {
    const { missing } = valueDay(past, date);
    return missing.length === 0 ? [] : [`On ${date} there is no price or exchange rate of ${listText(missing)}.`];
  });
  return { recomputed: null, calculation: [], inputs: {}, text: lacking };
} // prettier-ignore

/** Each price and rate once. */
function together(postings: readonly Shown[]): Pick<Told['inputs'], 'prices' | 'fx' | 'lots'> {
  const prices = postings.flatMap((posting) => posting.prices);
  const fx = postings.flatMap((posting) => posting.fx);
  return {
    prices: [...new Map(prices.map((price) => [`${price.date} ${price.symbol}`, price])).values()].sort(
      byDate,
    ),
    fx: [...new Map(fx.map((rate) => [`${rate.date} ${rate.pair}`, rate])).values()].sort(byDate),
    lots: postings.flatMap(({ lots }) => lots),
  };
}

function byDate(a: { date: string }, b: { date: string }): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
}

function explainResidual({ amounts }: PortfolioStatement, base: string): Told {
  const text = (line: Line): string => amountText(amounts[line] ?? 0);
  const gains = (['initial_value', 'capital_gains', 'realised_capital_gains', 'earnings', 'currency_gains', 'transfers'] as const).map(text);
  return {
    recomputed: amounts.residual,
    calculation:
      amounts.residual === null
        ? []
        : [`${text('final_value')} − (${gains.join(' + ')} − ${text('fees')} − ${text('taxes')}) = ${amountText(amounts.residual)} ${base}`.replaceAll('+ −', '− ')],
    inputs: {},
    text: ['It is what the lines do not explain of the value at the end: 0 where the ledger’s entries tell all that moved cash and shares.'],
  };
} // prettier-ignore

function latestFirst<P extends LinePosting>(postings: readonly P[]): P[] {
  return [...postings].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}
