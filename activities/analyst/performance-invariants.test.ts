/** What holds of every portfolio's performance, whatever happens in it. */
import fc from 'fast-check';
import { catalogue, type CapabilityName } from '../../src/capabilities';
import { windowNames } from '../../src/contract/window-names';
import { type DailyInputs, dailyValues } from '../../src/services/daily-values';
import { moneyPlaces } from '../../src/services/decimal';
import { amountPlaces, parseFixed, powerOfTen } from '../../src/services/fixed';
import { type History, sinceInception } from '../../src/services/window';
import { compileSchema } from '../../src/validate';
import { upTo, weekdays } from '../../tests/support/cash-history';
import { benchmarkResult } from './performance-benchmark';
import { moneyWeightedReturnResult } from './performance-mwr';
import { riskResult } from './performance-risk';
import { timeWeightedReturnResult } from './performance-twr';

const dates = weekdays('2012-01-02', 290); // to Friday, 2013-02-08
const cents = (value: number): string => value.toFixed(2);

interface Market {
  /** Close of the share in dollars, and Canadian dollars per US dollar, by day. */
  prices: number[];
  cad: number[];
}

/** Buys 100 shares on the first day, and on others as many more as come in (or sells what goes out), at the close. */
function portfolioOf(
  { prices, cad }: Market,
  flows: readonly { day: number; shares: number }[],
  scale = 1,
): History {
  const trades = [{ day: 0, shares: 100 }, ...flows.toSorted((a, b) => a.day - b.day)];
  const inputs: DailyInputs = {
    base_currency: 'CAD',
    dates,
    holding_changes: trades.map(({ day, shares }) => ({
      date: dates[day] as string,
      security_id: 'share',
      quantity_change: String(shares * scale),
    })),
    // What comes in is spent at once.
    cash_changes: trades.map(({ day, shares }) => ({
      date: dates[day] as string,
      currency: 'USD',
      amount: '0',
      external_amount: cents(shares * scale * Number(cents(prices[day] as number))),
    })),
    conversions: [],
    prices: dates.map((date, day) => ({
      ...{ date, security_id: 'share', currency: 'USD' },
      close: cents(prices[day] as number),
    })),
    rates: dates.flatMap((date, day) => [
      { date, quote_ccy: 'CAD', rate: (cad[day] as number).toFixed(4) },
      { date, quote_ccy: 'USD', rate: '1' },
    ]),
  };
  return { ...dailyValues(inputs), dates, first_activity: dates[0] as string };
}

function measure(history: History) {
  const window = sinceInception(history);
  const all = { base_currency: 'CAD', history, window, since_inception: window };
  return {
    all,
    twr: fits('metrics.compute_twr', timeWeightedReturnResult(all)),
    mwr: fits('metrics.compute_mwr', moneyWeightedReturnResult(all)),
    risk: fits('metrics.compute_risk', riskResult(all, {})),
  };
}

const compiled = new Map<string, ReturnType<typeof compileSchema>>();
function fits<R>(name: CapabilityName, result: R): R {
  const problems = compiled.get(name) ?? compileSchema(catalogue[name].result);
  compiled.set(name, problems);
  expect(problems(result)).toEqual([]);
  return result;
}

const walk = (from: number, most: number) =>
  fc
    .array(fc.double({ min: -most, max: most, noNaN: true }), {
      minLength: dates.length,
      maxLength: dates.length,
    })
    .map((steps) => {
      let value = from;
      return steps.map((step) => (value = Math.max(value * (1 + step), from / 10)));
    });
const market = fc.record({ prices: walk(80, 0.03), cad: walk(1.2, 0.01) });
const flows = fc.uniqueArray(
  fc.record({ day: fc.integer({ min: 1, max: dates.length - 1 }), shares: fc.integer({ min: -5, max: 60 }) }),
  { maxLength: 10, selector: ({ day }) => day },
);
const runs = { numRuns: 15 };

describe('performance of any portfolio', () => {
  it('is the same, time-weighted, whatever comes in and goes out at market value', () => {
    fc.assert(
      fc.property(market, flows, (prices, some) => {
        const [without, withFlows] = [measure(portfolioOf(prices, [])), measure(portfolioOf(prices, some))];
        for (const name of windowNames) {
          const [a, b] = [without.twr.windows[name], withFlows.twr.windows[name]];
          expect(b.reasons).toEqual(a.reasons);
          if (a.value !== null) expect(b.value).toBeCloseTo(a.value, 8);
        }
        for (const name of ['volatility', 'max_drawdown', 'sharpe_ratio'] as const) {
          const [a, b] = [without.risk[name], withFlows.risk[name]];
          if (a !== null) expect(b).toBeCloseTo(a, 5);
        }
        expect(withFlows.risk.peak).toBe(without.risk.peak);
      }),
      runs,
    );
  });

  it('is the same at seven times the money, which gains seven times as much', () => {
    fc.assert(
      fc.property(market, flows, (prices, some) => {
        const [once, seven] = [measure(portfolioOf(prices, some)), measure(portfolioOf(prices, some, 7))];
        expect(seven.twr.value).toBeCloseTo(once.twr.value as number, 8);
        expect(seven.mwr.value).toBeCloseTo(once.mwr.value as number, 6);
        expect(Number(seven.mwr.gain)).toBeCloseTo(7 * Number(once.mwr.gain), 4);
      }),
      runs,
    );
  });

  it('has gains that add up: what was there, what came in and what was gained is what is there', () => {
    fc.assert(
      fc.property(market, flows, (prices, some) => {
        const { mwr, all } = measure(portfolioOf(prices, some));
        const worth = (day: string | null) =>
          all.history.values.find(({ date }) => date === day)?.value ?? 0n;
        for (const name of windowNames) {
          const { from, to, gain } = mwr.windows[name];
          if (gain === null || from === null) continue;
          const flow = all.history.values
            .filter(({ date }) => date > from)
            .reduce((sum, { external_flow }) => sum + external_flow, 0n);
          expect((worth(to) - worth(from) - flow) * powerOfTen(amountPlaces - moneyPlaces)).toBe(
            parseFixed(gain),
          );
        }
      }),
      runs,
    );
  });

  it('at an earlier pack knows nothing of what came later', () => {
    fc.assert(
      fc.property(market, flows, fc.integer({ min: 5, max: 285 }), (prices, some, last) => {
        const day = dates[last] as string;
        const calm = { prices: [...prices.prices], cad: [...prices.cad] };
        calm.prices.fill(1, last + 1);
        calm.cad.fill(2, last + 1);
        const kept = some.filter((flow) => flow.day <= last);
        const [early, other] = [
          measure(upTo(portfolioOf(prices, some), day)),
          measure(upTo(portfolioOf(calm, kept), day)),
        ];
        expect({ ...early, all: null }).toEqual({ ...other, all: null });
      }),
      runs,
    );
  });

  it('against itself has beta 1 and nothing active', () => {
    fc.assert(
      fc.property(market, flows, (prices, some) => {
        const { all } = measure(portfolioOf(prices, some));
        const levels = new Map(
          dates.map((date, day) => [
            date,
            Number(cents(prices.prices[day] as number)) * Number((prices.cad[day] as number).toFixed(4)) * 3,
          ]),
        );
        const security = { id: 'share', symbol: 'S', name: 'Share', currency: 'USD', is_total_return: null };
        const result = fits('metrics.compute_benchmark', benchmarkResult(all, { security, levels }, {}));
        // The first day began from nothing: there is no level the evening before.
        expect(result.observations).toBe(dates.length - 1);
        if (result.beta === null) return;
        expect(result.beta).toBeCloseTo(1, 6);
        expect(result.correlation).toBeCloseTo(1, 6);
        expect(result.active_return).toBeCloseTo(0, 8);
        expect(result.tracking_error).toBeCloseTo(0, 6);
        expect(result.up_capture ?? 1).toBeCloseTo(1, 5);
      }),
      runs,
    );
  });
});
