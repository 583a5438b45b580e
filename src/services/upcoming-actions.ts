/** Which known dividends and splits are still to come, and what they bring to what is held. */
import { addDays, daysBetween } from './dates';
import { Decimal, decimalText, roundMoney, sum } from './decimal';
import type { RateLookup } from './fx';
import { grouped } from './grouped';
import type { ReasonCodes } from './holdings';

export interface KnownAction {
  security_id: string;
  symbol: string;
  type: 'dividend' | 'split';
  ex_date: string;
  pay_date: string | null;
  /** Cash per share. */
  amount: string | null;
  currency: string | null;
  ratio: string | null;
  known_on: string;
}

export interface UpcomingAction extends KnownAction {
  next_event: 'ex' | 'pay';
  next_date: string;
  days_until: number;
  /** Held on the evening before an ex-date that has come. */
  entitled_quantity: string | null;
  reasons: ReasonCodes;
}

export type HeldBefore = (securityId: string, date: string) => Decimal;

/** An action comes as long as its ex-date or, of a dividend, its pay date lies after `asof`, up to `daysAhead` later. */
export function upcomingActions(
  known: readonly KnownAction[],
  heldBefore: HeldBefore,
  asof: string,
  daysAhead: number,
): UpcomingAction[] {
  const until = addDays(asof, daysAhead);
  return known
    .flatMap((action) => {
      const isDue = action.ex_date <= asof;
      const next_date = isDue ? (action.type === 'dividend' ? action.pay_date : null) : action.ex_date;
      if (next_date === null || next_date <= asof || next_date > until) return [];
      // A day ahead nobody knows what will be held; today's holdings stand for it.
      const held = heldBefore(action.security_id, isDue ? action.ex_date : addDays(asof, 1));
      if (held.lte(0)) return [];
      return [
        {
          ...action,
          next_event: isDue ? ('pay' as const) : ('ex' as const),
          next_date,
          days_until: daysBetween(asof, next_date),
          entitled_quantity: isDue ? decimalText(held) : null,
          reasons: {
            ...reasonsOf(action),
            ...(!isDue && { entitled_quantity: 'NOT_YET_DUE' }),
          },
        },
      ];
    })
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

const key = ({ next_date, symbol }: UpcomingAction): string => `${next_date} ${symbol}`;

function reasonsOf({ type, pay_date }: KnownAction): ReasonCodes {
  const absent = type === 'split' ? ['amount', 'currency', 'pay_date'] : ['ratio'];
  if (type === 'dividend' && pay_date === null) absent.push('pay_date');
  return Object.fromEntries(
    absent.map((field) => [
      field,
      field === 'pay_date' && type === 'dividend' ? 'NOT_GIVEN' : 'NOT_APPLICABLE',
    ]),
  );
}

export const urgentDays = 7;

export interface ActionsImpact {
  actions: ReturnType<typeof impactOf>['row'][];
  totals_by_currency: { currency: string; cash: string }[];
  /** In base at the pack's rates; `null` where a dividend has no rate. */
  total_cash_base_estimate: string | null;
  urgent: string[];
  urgent_days: number;
  reasons: ReasonCodes;
}

/** @param rates base per 1 local, of the pack */
export function impactOfActions(
  actions: readonly UpcomingAction[],
  positions: readonly { security_id: string | null; quantity: string }[],
  rates: RateLookup,
): ActionsImpact {
  const held = new Map(
    [...grouped(positions, ({ security_id }) => security_id ?? '')].map(([id, rows]) => [
      id,
      sum(rows.map(({ quantity }) => new Decimal(quantity))),
    ]),
  );
  const rows = actions.map((action) =>
    impactOf(action, held.get(action.security_id)?.times(splitBefore(action, actions)), rates),
  );
  const dividends = rows.filter(({ cash }) => cash !== null);
  const lacking = rows.find(({ row }) => row.type === 'dividend' && row.cash_base_estimate === null);
  const byCurrency = grouped(dividends, ({ row }) => row.currency ?? '');
  return {
    actions: rows.map(({ row }) => row),
    totals_by_currency: [...byCurrency]
      .map(([currency, some]) => ({
        currency,
        cash: decimalText(roundMoney(sum(some.map(({ cash }) => cash as Decimal)))),
      }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    total_cash_base_estimate: lacking
      ? null
      : decimalText(roundMoney(sum(dividends.map(({ row }) => new Decimal(row.cash_base_estimate ?? 0))))),
    urgent: [...new Set(rows.flatMap(({ row }) => (row.urgent ? [row.symbol] : [])))],
    urgent_days: urgentDays,
    reasons: lacking
      ? { total_cash_base_estimate: lacking.row.reasons['cash_base_estimate'] ?? 'NO_QUOTE' }
      : {},
  };
}

/** A dividend of after a split is paid for each new share: the ex-dates that are still to come tell their order. */
function splitBefore(action: UpcomingAction, all: readonly UpcomingAction[]): Decimal {
  return all
    .filter(({ type, security_id }) => type === 'split' && security_id === action.security_id)
    .filter(({ ex_date }) => ex_date < action.ex_date)
    .reduce((product, { ratio }) => product.times(ratio ?? 1), new Decimal(1));
}

function impactOf(action: UpcomingAction, heldNow: Decimal | undefined, rates: RateLookup) {
  const { amount, currency, ratio, entitled_quantity, type } = action;
  const quantity = entitled_quantity === null ? (heldNow ?? new Decimal(0)) : new Decimal(entitled_quantity);
  const cash = amount === null ? null : quantity.times(amount);
  const rate = currency === null ? null : rates(currency);
  const quoted = rate && 'rate' in rate ? rate.rate : null;
  const reasons: ReasonCodes = {};
  if (type === 'split') {
    for (const field of ['amount', 'currency', 'cash_local', 'rate_base_per_local', 'cash_base_estimate'])
      reasons[field] = 'NOT_APPLICABLE';
  } else {
    reasons['shares_after'] = 'NOT_APPLICABLE';
    if (rate && 'reason' in rate)
      for (const field of ['rate_base_per_local', 'cash_base_estimate']) reasons[field] = rate.reason;
  }
  if (action.reasons['pay_date']) reasons['pay_date'] = action.reasons['pay_date'];
  const { security_id, symbol, ex_date, pay_date, next_event, next_date, days_until } = action;
  const row = {
    ...{ security_id, symbol, type, ex_date, pay_date, next_event, next_date, days_until },
    urgent: days_until <= urgentDays,
    quantity: decimalText(quantity),
    ...{ amount, currency },
    cash_local: cash && decimalText(roundMoney(cash)),
    rate_base_per_local: quoted && decimalText(quoted),
    cash_base_estimate: cash && quoted && decimalText(roundMoney(cash.times(quoted))),
    shares_after: ratio === null ? null : decimalText(quantity.times(ratio)),
    reasons,
  };
  return { row, cash };
}
