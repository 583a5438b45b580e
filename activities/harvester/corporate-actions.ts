/** Handlers of `corporate_actions.dividends`, `corporate_actions.splits` and `corporate_actions.earnings`. */
import { EngineError } from '../../src/contract/errors';
import type { Profile } from '../../src/providers/fmp';
import { isKeyMissing } from '../../src/providers/require-key';
import { Decimal, decimalText, ratePlaces } from '../../src/services/decimal';
import { refuseArgument } from '../../src/services/invalid-argument';
import type { Answer, HandlersOf } from '../agent';
import { knownActions, type LeftOutAction } from './known-actions';
import { fetchedFrom, type HarvesterServices, missingOf } from './services';

interface Asked {
  symbols: string[];
  from_date: string;
  to_date: string;
}

interface Call {
  ctx: { asof_date: string };
  signal: AbortSignal;
}

type Name = `corporate_actions.${'dividends' | 'splits' | 'earnings'}`;

export function corporateActionHandlers({ providers: { fmp } }: HarvesterServices): HandlersOf<Name> {
  const profileOf = async (symbol: string, signal: AbortSignal): Promise<Profile | null> => {
    try {
      return await fmp.profile({ symbol, signal });
    } catch (error) {
      // An empty list alone would not tell a company without dividends from one that nobody knows.
      if (error instanceof EngineError && error.code === 'DATA_MISSING') return null;
      throw error;
    }
  };

  /** All companies at once: one after another a slow provider would take longer than the step may. */
  async function eachKnown<Row extends { symbol: string }, Shown>(
    args: Asked,
    { ctx, signal }: Call,
    {
      find,
      days,
      show,
    }: {
      find(asked: { symbol: string; signal: AbortSignal }): Promise<Row[]>;
      days(row: Row): { date: string; announced: string | null };
      show(row: Row, profile: Profile): Shown;
    },
  ): Promise<{ rows: Shown[] | null; common: Common }> {
    const { symbols, from_date, to_date } = args;
    if (from_date > to_date) refuseArgument('/to_date', 'it lies before `from_date`');
    const common = { symbols, from_date, to_date, asof_date: ctx.asof_date, ...fetchedFrom('fmp') };
    const ofCompany = async (symbol: string) => {
      const profile = await profileOf(symbol, signal);
      if (profile === null) return { unknown: [symbol], rows: [], left_out: [] };
      const found = (await find({ symbol, signal })).map((row) => ({ row, symbol, ...days(row) }));
      const inDays = found.filter(({ date }) => from_date <= date && date <= to_date);
      const { known, left_out } = knownActions(inDays, ctx.asof_date, new Date());
      const rows = known.map(({ row, date }) => ({ date, symbol, shown: show(row, profile) }));
      return { unknown: [], rows, left_out };
    };
    try {
      const all = await Promise.all(symbols.map(ofCompany));
      const unknown_symbols = all.flatMap(({ unknown }) => unknown);
      const left_out = all.flatMap((one) => one.left_out).sort(byDay);
      const rows = all.flatMap((one) => one.rows).sort(byDay);
      return { rows: rows.map(({ shown }) => shown), common: { ...common, unknown_symbols, left_out } };
    } catch (error) {
      if (!isKeyMissing(error)) throw error;
      return { rows: null, common: { ...common, unknown_symbols: null, left_out: null } };
    }
  }

  return {
    'corporate_actions.dividends': async (args, call) => {
      const { rows, common } = await eachKnown(args, call, {
        find: fmp.dividends,
        days: ({ ex_date, declared_on }) => ({ date: ex_date, announced: declared_on }),
        show: (dividend, { currency }) => {
          const row = { ...dividend, currency };
          return { ...row, reasons: missingOf(row, 'NOT_GIVEN') };
        },
      });
      return answered({ dividends: rows, ...rest(rows, common, 'dividends') }, rows);
    },

    'corporate_actions.splits': async (args, call) => {
      const { rows, common } = await eachKnown(args, call, {
        find: fmp.splits,
        days: ({ ex_date }) => ({ date: ex_date, announced: null }),
        show: (split) => ({
          ...split,
          ratio: decimalText(new Decimal(split.new_shares).div(split.old_shares).toDecimalPlaces(ratePlaces)),
          reasons: {},
        }),
      });
      return answered({ splits: rows, ...rest(rows, common, 'splits') }, rows);
    },

    'corporate_actions.earnings': async (args, call) => {
      const { asof_date } = call.ctx;
      const { rows, common } = await eachKnown(args, call, {
        find: fmp.earnings,
        days: ({ date }) => ({ date, announced: null }),
        show: (row) => {
          const { eps, revenue, ...estimates } = row;
          const absent = row.date > asof_date ? 'NOT_YET_DUE' : 'NOT_GIVEN';
          return {
            ...row,
            reasons: { ...missingOf({ eps, revenue }, absent), ...missingOf(estimates, 'NOT_GIVEN') },
          };
        },
      });
      return answered({ earnings: rows, ...rest(rows, common, 'earnings') }, rows);
    },
  };
}

interface Common extends Asked {
  asof_date: string;
  unknown_symbols: string[] | null;
  left_out: LeftOutAction[] | null;
  provider: string;
  fetched_at: string;
}

function rest(rows: readonly unknown[] | null, common: Common, list: string) {
  const none = [list, 'count', 'unknown_symbols', 'left_out'];
  const reasons = rows === null ? Object.fromEntries(none.map((name) => [name, 'KEY_MISSING'])) : {};
  return { count: rows?.length ?? null, ...common, reasons };
}

function answered<R extends { asof_date: string }>(result: R, rows: readonly unknown[] | null): Answer<R> {
  return { result, ...(rows !== null && { source: 'provider:fmp', asof_date: result.asof_date }) };
}

/** By the symbol where the days are equal. */
function byDay(a: { date: string; symbol: string }, b: { date: string; symbol: string }): number {
  const [one, other] = [`${a.date} ${a.symbol}`, `${b.date} ${b.symbol}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
