 
/** Golden cases of others, asked in the calculator's arguments. */
import type { Ask, GoldenCase, GoldenMap, Maps } from '../map';

type Row = [date: string, type: string, quantity: number, amount: number, fees?: number];
type BookedLot = [quantity: number, unit_cost: number, date: string];

const transactionsOf = (rows: Row[]) =>
  rows.map(([date, type, quantity, amount, fees]) => ({
    date,
    type,
    quantity,
    amount,
    ...(fees !== undefined && { fees }),
  }));

const lotsOf = (ask: Ask, { input }: GoldenCase, method: string) =>
  ask('calc.lots', {
    transactions: transactionsOf(input.transactions),
    method,
    ...(input.price !== undefined && { price: input.price }),
  });

/** Portfolio Performance's trades with both of its methods, and Ghostfolio's gains. */
const traded: GoldenMap = async (golden, ask) => {
  const fifo = await lotsOf(ask, golden, 'fifo');
  const average = await lotsOf(ask, golden, 'average');
  return {
    shares: fifo.quantity,
    fifo_cost: fifo.cost,
    avg_cost: average.cost,
    fifo_realised: fifo.realised_gain,
    avg_realised: average.realised_gain,
    fifo_unrealised: fifo.unrealised_gain,
    avg_unrealised: average.unrealised_gain,
    realised: fifo.realised_gain,
    realised_return: fifo.realised_return,
    open_shares: fifo.quantity,
    open_gain: fifo.unrealised_gain,
    avg_price: average.average_cost,
    invested: average.cost,
    value: average.market_value,
    gross_gain: average.gross_gain,
    net_gain: average.net_gain,
    fees: average.fees,
  };
};

/** Beancount's bookings: lots given, then reductions, which have no price. */
const reduced: GoldenMap = async ({ input }, ask) => {
  const bought = (input.lots as BookedLot[]).map(([quantity, price, date]) => ({
    date,
    type: 'BUY',
    quantity,
    price,
  }));
  const sold = [input.reduce].flat().map((quantity: number) => ({ date: '2030-01-01', type: 'SELL', quantity }));
  const method = (input.method as string).toLowerCase();
  const result = await ask('calc.lots', { transactions: [...bought, ...sold], method });
  const unitCost = new Map(bought.map(({ date, price }) => [date, price]));
  return {
    relieved: result.closed_lots.map((lot: { date: string; quantity: string }) => [
      -Number(lot.quantity),
      unitCost.get(lot.date),
      lot.date,
    ]),
    relieved_cost: result.closed_lots
      .map((lot: { cost: string }) => Number(lot.cost))
      .reduce((total: number, cost: number) => total + cost, 0),
    remaining_units: result.quantity,
    remaining: result.open_lots.map((lot: { quantity: string; unit_cost: string; date: string }) => [
      lot.quantity,
      lot.unit_cost,
      lot.date,
    ]),
    avg_cost: result.average_cost,
  };
};

interface HeldLot {
  sym: string;
  units: number;
  cost: number;
  price: number;
  date: string;
}

/** Least gain per unit of proceeds first is the highest cost per unit of proceeds first: one share = one unit of proceeds. */
const leastGain: GoldenMap = async ({ input }, ask) => {
  const lots = input.lots as HeldLot[];
  const bought = lots.map(({ sym, units, cost, price, date }) => ({
    date,
    type: 'BUY',
    quantity: units * price,
    amount: units * cost,
    lot_id: sym,
  }));
  const all = lots.reduce((total, { units, price }) => total + units * price, 0);
  const sell = (quantity: number) =>
    ask('calc.lots', {
      transactions: [...bought, { date: '2030-01-01', type: 'SELL', quantity, price: 1 }],
      method: 'hifo',
    });
  const both = await sell(all);
  const order = both.closed_lots.map(({ lot_id }: { lot_id: string }) => lot_id);
  const first = await sell(Number(both.closed_lots[0].proceeds));
  return {
    order,
    first_proceeds: both.closed_lots[0].proceeds,
    cumulative_gain: [first.realised_gain, both.realised_gain],
  };
};

const splits: GoldenMap = async ({ input }, ask) => {
  const [quantity, price] = input.buy;
  const result = await ask('calc.lots', {
    transactions: [
      { date: '2020-01-01', type: 'BUY', quantity, price },
      ...input.splits.map(([n, m]: [number, number], index: number) => ({
        date: `202${String(index + 1)}-01-01`,
        type: 'SPLIT',
        ratio: `${String(n)}:${String(m)}`,
      })),
    ],
    method: 'average',
    ...(input.price_now !== undefined && { price: input.price_now }),
  });
  return {
    quantity: result.quantity,
    avg_price: result.average_cost,
    invested: result.cost,
    value: result.market_value,
  };
};

const dividend: GoldenMap = async ({ input }, ask) => {
  const [bought, quantity, price] = input.buy;
  const [paid, amount] = input.dividend;
  const result = await ask('calc.lots', {
    transactions: [
      { date: bought, type: 'BUY', quantity, price, fees: input.fee },
      { date: paid, type: 'DIVIDEND', quantity, amount },
    ],
    method: 'average',
    price: input.price,
  });
  return {
    dividend: result.dividends,
    price_gain: result.unrealised_gain,
    price_return: result.unrealised_return,
    net_of_fee: result.net_gain,
    net_return: result.net_return,
  };
};

const series = (rows: [string, number][]) => rows.map(([date, rate]) => ({ date, rate }));
const ratesOf = (result: { rates: { rate: string | null }[] }) => result.rates.map(({ rate }) => rate);

const carriedForward: GoldenMap = async ({ input }, ask) => ({
  rates: ratesOf(
    await ask('calc.fx_rate', { series: series(input.rates), dates: input.ask, before_first: 'earliest' }),
  ),
});

const inverted: GoldenMap = async ({ input }, ask) => ({
  rates: ratesOf(
    await ask('calc.fx_rate', { series: series(input.rates), dates: input.inverse_at, inverse: true }),
  ),
});

const pence: GoldenMap = async ({ input, expected }, ask) => {
  const date = '2015-03-01';
  const quotes = [
    { date, from: 'EUR', to: 'GBP', rate: input.eur_gbp },
    { date, from: 'EUR', to: 'USD', rate: input.eur_usd },
  ];
  const entries = Object.keys(expected).map(async (pair) => {
    const [from, to] = pair.toUpperCase().split('_');
    const result = await ask('calc.fx_rate', { quotes, from, to, dates: [date] });
    return [pair, result.rates[0].rate] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
};

const assertions: GoldenMap = async ({ input }, ask) => {
  const result = await ask('calc.reconcile', { ledger: input.ledger });
  return {
    errors: result.failed_assertions.length + result.problems.length,
    failing: result.failed_assertions.map(({ expected }: { expected: string }) => expected),
  };
};

export const holdingsMaps: Maps = {
  lots_realised_gains: (golden, ask) => (golden.input.lots ? reduced : traded)(golden, ask),
  'LOT-FI-01': leastGain,
  corporate_actions: splits,
  'CA-GF-07': dividend,
  'FXL-PP-01': carriedForward,
  'FXL-PP-02': inverted,
  'FXL-PP-04': pence,
  ledger_reconciliation: assertions,
};
