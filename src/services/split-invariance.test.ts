/** A split changes nothing but how many shares there are: values, returns, gains and the nine lines stay what they were. */
import fc from 'fast-check';
import { dailyValues } from './daily-values';
import { addDays } from './dates';
import { Decimal, type Numeric } from './decimal';
import type { LedgerRow } from '../contract/ledger-rows';
import { ledgerTransactions } from './ledger-transactions';
import type { LotTransaction } from './lot-rows';
import { summariseLots } from './lot-summary';
import { moneyWeightedReturn } from './money-weighted-return';
import { portfolioStatement } from './portfolio-statement';
import { timeWeightedReturn } from './returns';
import { valuePoints } from './window';

/** What happens on a day: shares bought (negative: sold) at the close, a dividend a share, money paid in. */
interface Day {
  price: number;
  trade: number;
  dividend: number;
  deposit: number;
  cadPerEuro: number;
}
interface Story {
  days: Day[];
  /** Index of the ex-date. */
  exDay: number;
  ratio: string;
}

const stories: fc.Arbitrary<Story> = fc.record({
  days: fc.array(
    fc.record({
      price: fc.integer({ min: 100, max: 90_000 }),
      trade: fc.integer({ min: -30, max: 40 }),
      dividend: fc.constantFrom(0, 0, 0, 25),
      deposit: fc.constantFrom(0, 0, 0, 5_000, -700),
      cadPerEuro: fc.integer({ min: 12_000, max: 16_000 }),
    }),
    { minLength: 4, maxLength: 14 },
  ),
  exDay: fc.integer({ min: 1, max: 12 }),
  // Ratios that come out: what a fraction of a share leaves is cash, which is another story.
  ratio: fc.constantFrom('2', '4', '5', '10', '0.5', '0.1'),
});

const dateOf = (index: number): string => addDays('2020-01-06', index);
const id = 'x';

/** The story as a ledger and a pack tell it, with the split or without. */
function tell({ days, exDay, ratio }: Story, withSplit: boolean) {
  const rows: LedgerRow[] = [];
  const lots: LotTransaction[] = [];
  const holding_changes: { date: string; security_id: string; quantity_change: string }[] = [];
  const cash_changes: { date: string; currency: string; amount: string; external_amount: string }[] = [];
  const prices: { date: string; security_id: string; close: string; currency: string }[] = [];
  const rates: { date: string; quote_ccy: string; rate: string; quote_date: string }[] = [];
  let held = new Decimal(0);
  const isAfter = (index: number): boolean => withSplit && index >= exDay;
  for (const [index, day] of days.entries()) {
    const date = dateOf(index);
    const scale = new Decimal(isAfter(index) ? ratio : 1);
    const price = new Decimal(day.price).div(100).div(scale);
    let cash = new Decimal(0);
    const add = (type: LedgerRow['type'], amount: Numeric, quantity: Decimal | null): void => {
      cash = cash.plus(amount);
      rows.push({
        ...{ transaction_id: `${date}_1_${String(rows.length)}`, date, entry: 1, type, currency: 'USD' },
        ...{ counter_amount: null, counter_currency: null, narration: '', line: 1, file: null },
        security_id: quantity || type === 'DIVIDEND' ? id : null,
        symbol: null,
        quantity: quantity?.toFixed() ?? null,
        amount: new Decimal(amount).toFixed(),
      });
    };
    if (day.deposit !== 0) add(day.deposit > 0 ? 'DEPOSIT' : 'WITHDRAWAL', day.deposit, null);
    const before = held;
    if (withSplit && index === exDay && !held.isZero()) {
      const change = held.times(ratio).minus(held);
      add('SPLIT', 0, change);
      lots.push({ date, type: 'SPLIT', ratio });
      held = held.plus(change);
    }
    if (day.dividend > 0 && !held.isZero()) {
      // Per share less after the split, in all the same.
      const amount = held.times(day.dividend).div(100).div(scale);
      add('DIVIDEND', amount, null);
      lots.push({ date, type: 'DIVIDEND', amount: amount.toFixed(), fx: 1 });
    }
    const wanted = new Decimal(day.trade).times(scale);
    const trade = Decimal.max(wanted, held.negated());
    if (!trade.isZero()) {
      add(trade.isNegative() ? 'SELL' : 'BUY', trade.times(price).negated(), trade);
      const type = trade.isNegative() ? 'SELL' : 'BUY';
      lots.push({ date, type, quantity: trade.abs(), price, fx: 1 });
      held = held.plus(trade);
    }
    if (!held.equals(before))
      holding_changes.push({ date, security_id: id, quantity_change: held.minus(before).toFixed() });
    if (!cash.isZero())
      cash_changes.push({
        ...{ date, currency: 'USD', amount: cash.toFixed() },
        external_amount: String(day.deposit),
      });
    prices.push({ date, security_id: id, close: price.toFixed(), currency: 'USD' });
    rates.push(
      { date, quote_ccy: 'CAD', rate: String(day.cadPerEuro / 10_000), quote_date: date },
      { date, quote_ccy: 'USD', rate: '1.25', quote_date: date },
    );
  }
  const dates = days.map((_, index) => dateOf(index));
  return { rows, lots, holding_changes, cash_changes, prices, rates, dates };
}

function measure(story: Story, withSplit: boolean) {
  const { rows, lots, dates, ...told } = tell(story, withSplit);
  const base_currency = 'CAD';
  const { values } = dailyValues({ ...told, conversions: [], base_currency, dates });
  const points = valuePoints(values);
  const flows = points
    .slice(1)
    .map(({ date, inflow = 0, outflow = 0 }) => ({ date, amount: outflow - inflow }));
  const activity = ledgerTransactions({ base_currency, rows, differences: [], unpriced: new Set() });
  const statements = [-1, 0, story.exDay - 1].map((index) => {
    const period = { from: dateOf(index), to: dates.at(-1) as string };
    const changes = { holding_changes: told.holding_changes, cash_changes: told.cash_changes };
    return portfolioStatement({ base_currency, period, activity, changes, ...told });
  });
  const {
    open_lots: _open,
    closed_lots: _closed,
    quantity: _quantity,
    average_cost: _average,
    ...gains
  } = summariseLots(lots, { method: 'fifo', price: told.prices.at(-1)?.close, fx_now: 1 });
  return {
    values: values.map(({ date, value, external_flow }) => [date, value, external_flow]),
    twr: timeWeightedReturn(points).cumulative,
    mwr: moneyWeightedReturn(flows, {
      opening: { date: dateOf(0), amount: points[0]?.value ?? 0 },
      final: { date: dates.at(-1) as string, amount: points.at(-1)?.value ?? 0 },
    }).xirr,
    statements: statements.map(({ amounts, postings }) => [
      amounts,
      [...postings].map(([line, some]) => [line, some.map(({ amount, date }) => [date, amount.toFixed()])]),
    ]),
    gains,
  };
}

it('leaves values, returns, the nine lines with their postings and all gains as they are', () => {
  let splits = 0;
  fc.assert(
    fc.property(stories, (story) => {
      const exDay = Math.min(story.exDay, story.days.length - 1);
      const split = measure({ ...story, exDay }, true);
      if (tell({ ...story, exDay }, true).rows.some(({ type }) => type === 'SPLIT')) splits += 1;
      expect(split).toEqual(measure({ ...story, exDay }, false));
    }),
    { numRuns: 100 },
  );
  expect(splits).toBeGreaterThan(30);
});

it('is noticed where prices were adjusted but the ledger has no split: the value falls with the price', () => {
  const day = { price: 10_000, trade: 0, dividend: 0, deposit: 0, cadPerEuro: 12_500 };
  const story: Story = {
    days: [{ ...day, trade: 10, deposit: 1_000 }, day, day],
    exDay: 2,
    ratio: '2',
  };
  const { holding_changes, ...split } = tell(story, true);
  const without = holding_changes.slice(0, 1);
  const { values } = dailyValues({
    ...split,
    holding_changes: without,
    conversions: [],
    base_currency: 'CAD',
  });
  expect(timeWeightedReturn(valuePoints(values)).cumulative).toBeCloseTo(-0.5, 12);
});

it('leaves nothing unexplained in any statement', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const exDay = Math.min(story.exDay, story.days.length - 1);
      for (const [amounts] of measure({ ...story, exDay }, true).statements)
        expect(amounts).toMatchObject({ residual: '0', reasons: {} });
    }),
    { numRuns: 50 },
  );
});
