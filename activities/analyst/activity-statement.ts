/** The handler of portfolio.performance_statement. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { EngineError } from '../../src/contract/errors';
import { cashChanges, holdingChanges } from '../../src/db/history';
import { packDates } from '../../src/db/prices';
import { pricesOnDays } from '../../src/db/prices-on-days';
import { daysBetween } from '../../src/services/dates';
import { decimalText } from '../../src/services/decimal';
import { firstActivity } from '../../src/services/ledger-state';
import { portfolioStatement, type PortfolioStatement } from '../../src/services/portfolio-statement';
import { statementPeriod } from '../../src/services/statement-period';
import { type Line, type LinePosting, statementLines } from '../../src/services/value-change';
import type { Handler } from '../agent';
import { type ActivityOnPack, readOnPack } from './activity-ledger';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';

type Result = ResultOf<Catalogue['portfolio.performance_statement']>;
type Lines = Result['lines'];

const convention = {
  name: 'initial + gains + earnings − fees − taxes + currency gains + transfers = final',
  gains: 'of the period: what is held at its start counts at its value then',
  lots: 'fifo within the period',
  flows: 'at the exchange rate of their own day, the last quote on or before it',
};

export function performanceStatementHandler({
  database,
}: AnalystServices): Handler<'portfolio.performance_statement'> {
  return async (args, call) => {
    const { pack_id, lookback_days, from, posting_limit = 20 } = args;
    if (lookback_days !== undefined && from !== undefined)
      throw new EngineError('ARGS_INVALID', 'Give either `lookback_days` or `from`, not both.', {
        pointer: '/from',
      });
    return readOnPack(database, args, call, async (tx, { span, pack, ...onPack }) => {
      if (from !== undefined && from >= pack.date)
        throw new EngineError(
          'ARGS_INVALID',
          `/from is ${from}, not before the pack’s ${pack.date}. Give an earlier day.`,
          { pointer: '/from' },
        );
      const holding_changes = await holdingChanges(tx, span);
      const cash_changes = await cashChanges(tx, span);
      const dates = await packDates(tx, { pack_id });
      const first_activity = firstActivity({ holding_changes, cash_changes });
      const period = statementPeriod({ dates, first_activity, lookback_days, from });
      const days = period ? [period.from, period.to] : [];
      const security_ids = [...new Set(holding_changes.map(({ security_id }) => security_id))];
      const prices = await pricesOnDays(tx, { pack_id, security_ids, days });
      const statement =
        period &&
        portfolioStatement({
          base_currency: onPack.base_currency,
          period,
          activity: onPack.activity,
          changes: { holding_changes, cash_changes },
          prices,
          rates: onPack.activity.quotes,
        });
      const shared = { to: pack.date, currency: onPack.base_currency, convention };
      return {
        result: statement
          ? {
              ...shared,
              from: period.from,
              days: daysBetween(period.from, period.to),
              ...published(statement, symbolsOf(onPack), posting_limit),
            }
          : { ...shared, ...nothing },
        ...packSource(pack),
      };
    });
  };
}

function published(
  { amounts, postings }: PortfolioStatement,
  symbols: ReadonlyMap<string, string>,
  limit: number,
): Pick<Result, 'lines' | 'residual' | 'reasons'> {
  const lineText = (line: Line): Lines[Line] => {
    const amount = amounts[line];
    if (amount === null) return emptyLine;
    const all = latestFirst(postings.get(line) ?? []);
    return {
      amount,
      postings: all.slice(0, limit).map(({ date, key, amount: part, narration }) => ({
        date,
        symbol: symbols.get(key) ?? key,
        amount: decimalText(part),
        narration,
      })),
      more: all.length > limit,
    };
  };
  return {
    lines: Object.fromEntries(statementLines.map((line) => [line, lineText(line)])) as Lines,
    residual: amounts.residual,
    reasons: amounts.reasons,
  };
}

function latestFirst(postings: readonly LinePosting[]): LinePosting[] {
  return [...postings].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
}

function symbolsOf({ activity }: Pick<ActivityOnPack, 'activity'>): Map<string, string> {
  return new Map(
    activity.transactions.flatMap(({ security_id, symbol }) =>
      security_id !== null && symbol !== null ? [[security_id, symbol] as const] : [],
    ),
  );
}

const emptyLine = { amount: null, postings: [], more: false };
/** Nothing was ever held, and no days were asked for. */
const nothing = {
  from: null,
  days: null,
  lines: Object.fromEntries(statementLines.map((line) => [line, emptyLine])) as unknown as Lines,
  residual: null,
  reasons: Object.fromEntries(
    ['from', 'days', ...statementLines, 'residual'].map((field) => [field, 'TOO_FEW_OBSERVATIONS']),
  ),
};
