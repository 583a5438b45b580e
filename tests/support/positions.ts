/** Small portfolios for tests of single positions: a market by day, and what was bought, paid and exchanged on which day. */
import fc from 'fast-check';
import { type DailyInputs, dailyValues, type DailyValue } from '../../src/services/daily-values';
import { addDays } from '../../src/services/dates';
import { moneyPlaces } from '../../src/services/decimal';
import { fixedNumber } from '../../src/services/fixed';
import {
  type PositionFlow,
  type PositionHistory,
  positionHistory,
} from '../../src/services/position-history';
import { timeWeightedReturn } from '../../src/services/returns';

export const day = (index: number): string => addDays('2013-01-07', index);

export interface Scenario {
  base?: string;
  /** Per day: closes by security, `[close, currency]`. */
  prices: Record<string, [close: string, currency: string]>[];
  /** Per day: units per EUR. */
  rates: Record<string, string>[];
  shares?: [day: number, security: string, quantity: string][];
  cash?: [day: number, currency: string, amount: string, external: string][];
  conversions?: [day: number, currency: string, amount: string][];
  flows?: ({ day: number } & Partial<PositionFlow>)[];
}

export interface Played {
  inputs: DailyInputs;
  flows: PositionFlow[];
  values: DailyValue[];
  history: PositionHistory;
}

export function play(scenario: Scenario): Played {
  const { base = 'CAD', prices, rates, shares = [], cash = [], conversions = [], flows = [] } = scenario;
  const inputs: DailyInputs = {
    base_currency: base,
    dates: prices.map((_, at) => day(at)),
    holding_changes: shares.map(([at, security_id, quantity_change]) => ({
      date: day(at),
      security_id,
      quantity_change,
    })),
    cash_changes: cash.map(([at, currency, amount, external_amount]) => ({
      date: day(at),
      currency,
      amount,
      external_amount,
    })),
    conversions: conversions.map(([at, currency, amount]) => ({ date: day(at), currency, amount })),
    prices: prices.flatMap((row, at) =>
      Object.entries(row).map(([security_id, [close, currency]]) => ({
        date: day(at),
        security_id,
        close,
        currency,
      })),
    ),
    rates: rates.flatMap((row, at) =>
      Object.entries(row).map(([quote_ccy, rate]) => ({ date: day(at), quote_ccy, rate })),
    ),
  };
  const paid = flows.map(({ day: at, ...flow }): PositionFlow => ({
    ...{ kind: 'security', security_id: null, currency: 'USD', bought: '0', sold: '0', income: '0' },
    ...flow,
    date: day(at),
  }));
  const { values } = dailyValues(inputs);
  return { inputs, flows: paid, values, history: positionHistory(inputs, paid, values) };
}

/** The chain of base values, computed without any position. */
export function baseReturn(values: readonly DailyValue[]): number {
  const number = (amount: bigint): number => fixedNumber(amount, moneyPlaces);
  const rows = values.map(({ date, value, external_flow }) => ({
    date,
    value: number(value),
    inflow: number(external_flow),
  }));
  return timeWeightedReturn(rows).cumulative as number;
}

const cents = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: min * 100, max: max * 100 }).map((amount) => amount / 100);
const dayOfMarket = fc.record({
  closes: fc.tuple(cents(80, 120), cents(40, 60), cents(9, 11)),
  rates: fc.tuple(cents(1, 1.5), cents(1.2, 1.6), cents(0.7, 0.9)),
  /** Shares of each security; negative: sold, as far as there are any. */
  trades: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -30, max: 30 }))),
  dividends: fc.tuple(...[0, 1, 2].map(() => cents(0, 2))),
  fee: cents(0, 3),
  interest: cents(0, 1),
  flow: fc.integer({ min: -50, max: 200 }),
  /** CAD that become USD. */
  convert: fc.integer({ min: -100, max: 100 }),
});
const securities = [
  ['A', 'USD'],
  ['B', 'GBP'],
  ['C', 'CAD'],
] as const;

/** Ten thousand CAD and shares of three securities in three currencies, with everything that happens to a portfolio. */
export const anyPortfolio: fc.Arbitrary<Scenario> = fc
  .array(dayOfMarket, { minLength: 2, maxLength: 60 })
  .map((days) => {
    const scenario = {
      prices: [] as Scenario['prices'],
      rates: [] as Scenario['rates'],
      shares: [] as NonNullable<Scenario['shares']>,
      cash: [] as NonNullable<Scenario['cash']>,
      conversions: [] as NonNullable<Scenario['conversions']>,
      flows: [] as NonNullable<Scenario['flows']>,
    };
    const held = [0, 0, 0];
    const text = (amount: number): string => amount.toFixed(4);
    for (const [at, { closes, rates, trades, dividends, fee, interest, flow, convert }] of days.entries()) {
      const [usd, cad, gbp] = rates;
      scenario.prices.push(
        Object.fromEntries(
          securities.map(([id, currency], i) => [id, [text(closes[i] as number), currency]]),
        ),
      );
      scenario.rates.push({ USD: text(usd), CAD: text(cad), GBP: text(gbp) });
      const cash: Record<string, number> = { CAD: 0, USD: interest - fee, GBP: 0 };
      for (const [i, [id, currency]] of securities.entries()) {
        const before = held[i] as number;
        const quantity = at === 0 ? 20 : Math.max(trades[i] as number, -before);
        const income = (dividends[i] as number) * before;
        held[i] = before + quantity;
        // A little off the close, as trades are.
        const price = (closes[i] as number) + 0.25;
        scenario.shares.push([at, id, String(quantity)]);
        const [bought, sold] = [Math.max(quantity, 0) * price, Math.max(-quantity, 0) * price];
        const paid = { bought: text(bought), sold: text(sold), income: text(income) };
        scenario.flows.push({ day: at, security_id: id, currency, ...paid });
        cash[currency] = (cash[currency] as number) + sold - bought + income;
      }
      scenario.flows.push({ day: at, kind: 'fees', currency: 'USD', income: text(-fee) });
      const external = at === 0 ? 10_000 : flow;
      const inward = convert * (usd / cad) - 0.5;
      for (const [currency, amount] of Object.entries(cash)) {
        const converted = currency === 'CAD' ? -convert : currency === 'USD' ? inward : 0;
        const came = currency === 'CAD' ? external : 0;
        scenario.cash.push([at, currency, text(amount + converted + came), text(came)]);
        if (converted !== 0) scenario.conversions.push([at, currency, text(converted)]);
      }
    }
    return scenario;
  });
