/** What the cash of each currency was and gained on each valued day, with fees and taxes apart. */
import type { DailyInputs } from './daily-values';
import { dayIndex } from './day-index';
import { amountPlaces, divideFixed, fixedNumber, parseFixed } from './fixed';
import { majorUnit } from './fx';
import type { PositionFlow, PositionSeries } from './position-history';
import type { RateSeries } from './rate-series';

/** Exact amounts of one currency by day, at 18 places. */
interface Account {
  change: bigint[];
  external: bigint[];
  converted: bigint[];
  /** Trades, dividends, fees, taxes. */
  explained: bigint[];
  fees: bigint[];
  taxes: bigint[];
}

/**
 * A gain of cash is the part of its change that came neither from outside nor from another currency, and that no trade,
 * dividend, fee or tax explains: interest, as a rule. By currency: cash, and fees and taxes where there are any.
 */
export function cashSeries(
  inputs: DailyInputs,
  flows: readonly PositionFlow[],
  dates: readonly string[],
  rates: RateSeries,
): PositionSeries[] {
  const accounts = readAccounts(inputs, flows, dates);
  const base = majorUnit(inputs.base_currency).major;
  const result = conversionGains(accounts, dates.length, rates, base);
  if (!accounts.has(base) && result.some((gain) => gain !== 0))
    accounts.set(base, emptyAccount(dates.length));
  return [...accounts].flatMap(([currency, account]) => [
    cashPart(currency, account, currency === base ? result : null),
    ...(['fees', 'taxes'] as const)
      .filter((kind) => account[kind].some(Boolean))
      .map((kind) => costPart(kind, currency, account[kind])),
  ]);
}

function readAccounts(
  inputs: DailyInputs,
  flows: readonly PositionFlow[],
  dates: readonly string[],
): Map<string, Account> {
  const accounts = new Map<string, Account>();
  const booker = <T extends { date: string; currency: string }>(amounts: AmountsOf<T>) => {
    const dayOf = dayIndex(dates);
    return (row: T): void => {
      const day = dayOf(row.date);
      if (day === null) return;
      const { major, perMajor } = majorUnit(row.currency);
      const account = accounts.get(major) ?? emptyAccount(dates.length);
      accounts.set(major, account);
      for (const [part, amount] of amounts(row))
        account[part][day] = (account[part][day] as bigint) + divideFixed(amount, BigInt(perMajor));
    };
  };
  inputs.cash_changes.forEach(
    booker(({ amount, external_amount }) => [
      ['change', parseFixed(amount)],
      ['external', parseFixed(external_amount)],
    ]),
  );
  inputs.conversions.forEach(booker(({ amount }) => [['converted', parseFixed(amount)]]));
  flows.forEach(
    booker(({ kind, bought, sold, income }) => {
      const amount = parseFixed(sold) - parseFixed(bought) + parseFixed(income);
      return [['explained', amount], ...(kind === 'security' ? [] : [[kind, amount] as const])];
    }),
  );
  return accounts;
}
type AmountsOf<T> = (row: T) => readonly (readonly [part: keyof Account, amount: bigint])[];

function emptyAccount(days: number): Account {
  const blank = (): bigint[] => Array.from({ length: days }, () => 0n);
  return {
    ...{ change: blank(), external: blank(), converted: blank(), explained: blank() },
    ...{ fees: blank(), taxes: blank() },
  };
}

/** In base major units by day: what arrived less what left, at the day's rates. */
function conversionGains(
  accounts: ReadonlyMap<string, Account>,
  days: number,
  rates: RateSeries,
  base: string,
): Float64Array {
  const gains = new Float64Array(days);
  for (const [currency, { converted }] of accounts) {
    for (const [day, amount] of converted.entries()) {
      if (day > 0 && amount !== 0n)
        gains[day] = (gains[day] as number) + number(amount) * rates.cross(currency, base, day);
    }
  }
  return gains;
}

function cashPart(currency: string, account: Account, conversion: Float64Array | null): PositionSeries {
  const { change, external, converted, explained } = account;
  let balance = 0n;
  const value = Float64Array.from(change, (amount) => number((balance += amount)));
  const gain = Float64Array.from(change, (amount, day) => {
    const unexplained =
      amount - (external[day] as bigint) - (converted[day] as bigint) - (explained[day] as bigint);
    return day === 0 ? 0 : number(unexplained) + (conversion?.[day] ?? 0);
  });
  return { kind: 'cash', security_id: null, currency, quantity: value, value, gain, flows: new Map() };
}

function costPart(kind: 'fees' | 'taxes', currency: string, amounts: readonly bigint[]): PositionSeries {
  const none = new Float64Array(amounts.length);
  const gain = Float64Array.from(amounts, (amount, day) => (day === 0 ? 0 : number(amount)));
  return { kind, security_id: null, currency, quantity: none, value: none, gain, flows: new Map() };
}

function number(amount: bigint): number {
  return fixedNumber(amount, amountPlaces);
}
