/** Explains `portfolio.performance_statement`: the postings that each of its nine lines is made of. */
import { daysBetween } from '../../../services/dates';
import { decimalText } from '../../../services/decimal';
import { portfolioStatement, type PortfolioStatement } from '../../../services/portfolio-statement';
import { statementPeriod } from '../../../services/statement-period';
import { type Line, type LinePosting, statementLines } from '../../../services/value-change';
import { toPrice } from '../day-valuation';
import type { Evidence } from '../evidence';
import type { Explainer, Subject, Told } from '../explainer';
import type { PortfolioPast } from '../past';
import { amountText, countText } from '../words';

const mostPostings = 20;

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
  return explainLine(line, below, { statement, past, period, base: evidence.base });
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
  past: PortfolioPast;
  period: { from: string; to: string };
  base: string;
}

function explainLine(
  line: Line,
  [part = '', index = '']: readonly string[],
  { statement, past, period, base }: Case,
): Told | null {
  const postings = latestFirst(statement.postings.get(line) ?? []);
  const nameOf = ({ key }: LinePosting): string => past.symbols.get(key) ?? key;
  const prices = [period.from, period.to].flatMap((date) => past.prices.get(date) ?? []).map(toPrice);
  if (part === 'postings') {
    const posting = postings[Number(index)];
    if (!posting) return null;
    const what = posting.narration === null ? `of ${nameOf(posting)}` : `“${posting.narration}”`;
    return {
      recomputed: decimalText(posting.amount),
      calculation: [],
      inputs: { prices: prices.filter(({ symbol }) => symbol === nameOf(posting)) },
      text: [`It is one posting of the line: ${what}, ${posting.date}.`],
    };
  }
  if (part !== 'amount') return null;
  const shown = postings.slice(0, mostPostings).map((posting) => {
    const narration = posting.narration === null ? '' : ` (${posting.narration})`;
    return `${posting.date} ${nameOf(posting)}: ${amountText(posting.amount)} ${base}${narration}`;
  });
  const more = postings.length > mostPostings ? [`… and ${countText(postings.length - mostPostings, 'more posting')}`] : [];
  const amount = statement.amounts[line];
  return {
    recomputed: amount,
    calculation: amount === null ? [] : [...shown, ...more, `together ${amountText(amount)} ${base}`],
    inputs: line === 'initial_value' || line === 'final_value' || line === 'capital_gains' ? { prices } : {},
    text: [
      `It is ${meanings[line]}, in ${base}, from the close of ${period.from} to the close of ${period.to}: ${countText(postings.length, 'posting')}. Together the lines lead from the value at the beginning to the value at the end.`,
    ],
  };
} // prettier-ignore

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

function latestFirst(postings: readonly LinePosting[]): LinePosting[] {
  return [...postings].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}
