import fc from 'fast-check';
import { EngineError } from '../contract/errors';
import { type LotMethod, lotMethods } from './lot-book';
import type { LotTransaction } from './lot-rows';
import { type LotSummary, summariseLots } from './lot-summary';

type Short = [date: string, type: LotTransaction['type'], quantity: number, amount?: number];

const rows = (...short: Short[]): LotTransaction[] =>
  short.map(([date, type, quantity, amount]) => ({ date, type, quantity, amount }));
const lots = (transactions: LotTransaction[], method: LotMethod = 'fifo', options = {}): LotSummary =>
  summariseLots(transactions, { method, ...options });
const codeOf = (run: () => unknown): [string, string] => {
  try {
    run();
  } catch (error) {
    if (error instanceof EngineError) return [error.code, error.message];
    throw error;
  }
  return ['', ''];
};

const threeLots = rows(
  ['2020-01-01', 'BUY', 10, 100],
  ['2020-02-01', 'BUY', 10, 300],
  ['2020-03-01', 'BUY', 10, 200],
);
const sell = (quantity: number, amount?: number, more: Partial<LotTransaction> = {}): LotTransaction => ({
  date: '2020-06-01',
  type: 'SELL',
  quantity,
  amount,
  ...more,
});

describe('methods', () => {
  // By hand: fifo 100 + half of 300, lifo 200 + half of 300, hifo 300 + half of 200, average 600 / 30 × 15.
  it.each([
    ['fifo', '350', ['2020-01-01', '2020-02-01'], '150'],
    ['lifo', '250', ['2020-03-01', '2020-02-01'], '50'],
    ['hifo', '200', ['2020-02-01', '2020-03-01'], '0'],
    ['average', '300', ['2020-01-01'], '100'],
  ] as const)('%s leaves a cost of %s', (method, cost, dates, gain) => {
    const result = lots([...threeLots, sell(15, 400)], method);
    expect(result).toMatchObject({ cost, realised_gain: gain, quantity: '15' });
    expect(result.closed_lots.map(({ date }) => date)).toEqual(dates);
  });

  it('specific sells the lot that the sale names', () => {
    const named = threeLots.map((row, index) => ({ ...row, lot_id: `lot ${String(index)}` }));
    const { closed_lots, open_lots } = lots([...named, sell(4, 100, { lot_id: 'lot 1' })], 'specific');
    expect(closed_lots).toEqual([
      {
        lot_id: 'lot 1',
        date: '2020-02-01',
        sold_on: '2020-06-01',
        quantity: '4',
        cost: '120',
        proceeds: '100',
      },
    ]);
    expect(open_lots.map(({ quantity }) => quantity)).toEqual(['10', '6', '10']);
  });

  it('specific takes a day for the name of a lot without one, and needs a name only where several could be meant', () => {
    expect(lots([...threeLots, sell(10, 1, { lot_id: '2020-03-01' })], 'specific').cost).toBe('400');
    expect(lots([...threeLots, sell(30, 900)], 'specific').realised_gain).toBe('300');
    expect(codeOf(() => lots([...threeLots, sell(5, 1)], 'specific'))[0]).toBe('ARGS_INVALID');
    expect(codeOf(() => lots([...threeLots, sell(11, 1, { lot_id: '2020-03-01' })], 'specific'))).toEqual([
      'NOT_ENOUGH_LOTS',
      expect.stringContaining('10 left of lot 2020-03-01'),
    ]);
    expect(codeOf(() => lots([...threeLots, sell(1, 1, { lot_id: 'x' })], 'specific'))[0]).toBe(
      'NOT_ENOUGH_LOTS',
    );
  });

  it('goes by the day of a lot, not by the order of rows, and by the order of rows within a day', () => {
    const unordered = [sell(5, 100), ...[threeLots[2], threeLots[0]]] as LotTransaction[];
    expect(lots(unordered).closed_lots[0]).toMatchObject({ date: '2020-01-01', cost: '50' });
    const sameDay = rows(['2020-01-01', 'BUY', 1, 1], ['2020-01-01', 'BUY', 1, 2]);
    expect(lots([...sameDay, sell(1, 5)]).cost).toBe('2');
    expect(lots([...sameDay, sell(1, 5)], 'lifo').cost).toBe('1');
  });

  it('the average starts anew when a position was closed', () => {
    const { average_cost } = lots(
      rows(['2020-01-01', 'BUY', 1, 10], ['2020-01-02', 'SELL', 1, 10], ['2020-01-03', 'BUY', 1, 30]),
      'average',
    );
    expect(average_cost).toBe('30');
  });
});

describe('exactness', () => {
  it('a third and the rest of it add up to the whole', () => {
    const { closed_lots, cost } = lots([
      { date: '2020-01-01', type: 'BUY', quantity: 3, amount: '0.01' },
      sell(1, 1),
      sell(1, 1),
      sell(1, 1),
    ]);
    expect(closed_lots.map((lot) => lot.cost)).toEqual(['0.0033333333', '0.0033333334', '0.0033333333']);
    expect(cost).toBe('0');
  });

  it('keeps all digits of decimal texts, and adds 0.1 and 0.2 up to 0.3', () => {
    const texts = [
      { date: '2020-01-01', type: 'BUY', quantity: '0.1', price: '3' },
      { date: '2020-01-01', type: 'BUY', quantity: '0.2', price: '3' },
    ] as const;
    expect(lots([...texts])).toMatchObject({ quantity: '0.3', cost: '0.9' });
    const wei = '0.000000000000000001';
    expect(lots([{ date: '2020-01-01', type: 'BUY', quantity: wei, price: 0 }]).quantity).toBe(wei);
  });

  it('books nothing for no shares', () => {
    expect(lots([...threeLots, sell(0)])).toMatchObject({
      quantity: '30',
      closed_lots: [],
      realised_gain: '0',
    });
    expect(lots([])).toMatchObject({ quantity: '0', cost: '0', open_lots: [], realised_gain: '0' });
  });
});

describe('more sold than held', () => {
  it('is an error that says how much is there', () => {
    expect(codeOf(() => lots([...threeLots, sell(31, 1)]))).toEqual([
      'NOT_ENOUGH_LOTS',
      expect.stringMatching(/^\/transactions\/3: .*31: 30 held on 2020-06-01/),
    ]);
    expect(codeOf(() => lots([sell(1, 1), { ...sell(1, 1), type: 'BUY', date: '2020-07-01' }]))[0]).toBe(
      'NOT_ENOUGH_LOTS',
    );
  });

  it.each(lotMethods)('opens a short lot where that is allowed (%s), which a purchase covers', (method) => {
    const short = [...rows(['2020-01-01', 'BUY', 2, 20], ['2020-01-02', 'SELL', 5, 100])];
    const opened = lots(short, method, { allow_short: true, price: 15 });
    // Of the 100, 40 are for the two held (cost 20), 60 for three short ones, which are worth 45 now.
    expect(opened).toMatchObject({ quantity: '-3', cost: '-60', realised_gain: '20', unrealised_gain: '15' });
    const covered = lots([...short, { date: '2020-01-03', type: 'BUY', quantity: 4, amount: 40 }], method, {
      allow_short: true,
    });
    expect(covered).toMatchObject({ quantity: '1', cost: '10', realised_gain: '50' });
    expect(covered.closed_lots.at(-1)).toMatchObject({ quantity: '-3', cost: '-60', proceeds: '-30' });
  });
});

describe('accounts', () => {
  const inTwo: LotTransaction[] = [
    { date: '2020-01-01', type: 'BUY', quantity: 10, price: 10, account: 'A' },
    { date: '2020-01-02', type: 'BUY', quantity: 10, price: 20, account: 'B' },
  ];

  it('first in, first out within the account; the average over all', () => {
    const sold = [...inTwo, sell(5, 200, { account: 'B' })];
    expect(lots(sold).closed_lots[0]).toMatchObject({ cost: '100', account: 'B' });
    const average = lots(sold, 'average');
    expect(average.closed_lots[0]).toMatchObject({ cost: '75', account: 'B' });
    expect(average.open_lots).toMatchObject([
      { account: 'A', quantity: '10', cost: '150' },
      { account: 'B', quantity: '5', cost: '75' },
    ]);
    for (const method of lotMethods)
      expect(codeOf(() => lots([...inTwo, sell(11, 1, { account: 'B' })], method))[0]).toBe(
        'NOT_ENOUGH_LOTS',
      );
  });

  it('a transfer takes dates and costs along and is no sale', () => {
    const moved = [
      ...inTwo,
      { date: '2020-02-01', type: 'TRANSFER_OUT', quantity: 4, account: 'A', to_account: 'B' } as const,
      sell(5, 200, { account: 'B' }),
    ];
    const { closed_lots, open_lots, realised_gain } = lots(moved);
    expect(closed_lots.map(({ date, cost }) => [date, cost])).toEqual([
      ['2020-01-01', '40'],
      ['2020-01-02', '20'],
    ]);
    expect(realised_gain).toBe('140');
    expect(open_lots.map(({ account, quantity }) => [account, quantity])).toEqual([
      ['A', '6'],
      ['B', '9'],
    ]);
    expect(lots(moved, 'average').open_lots.map(({ quantity }) => quantity)).toEqual(['6', '9']);
  });

  it('out of the portfolio a transfer leaves at cost, or at the amount it has', () => {
    const out = (...amount: [] | [number]) =>
      rows(['2020-01-01', 'TRANSFER_IN', 10, 100], ['2020-02-01', 'TRANSFER_OUT', 5, ...amount]);
    expect(lots(out())).toMatchObject({ cost: '50', realised_gain: '0' });
    expect(lots(out(80))).toMatchObject({ cost: '50', realised_gain: '30' });
  });
});

describe('splits, dividends, costs', () => {
  it.each([[2], ['2'], ['2:1'], ['4:2']])('%j doubles shares; cost and day of a lot stay', (ratio) => {
    const { open_lots } = lots([...threeLots.slice(0, 1), { date: '2020-01-15', type: 'SPLIT', ratio }]);
    expect(open_lots).toMatchObject([{ date: '2020-01-01', quantity: '20', cost: '100', unit_cost: '5' }]);
  });

  it('one for three and back again is what it was, and can be sold to the last share', () => {
    const back: LotTransaction[] = [
      ...threeLots.slice(0, 1),
      { date: '2020-01-15', type: 'SPLIT', ratio: '1:3' },
      { date: '2020-01-16', type: 'SPLIT', ratio: '3:1' },
    ];
    expect(lots(back).quantity).toBe('10');
    for (const method of lotMethods)
      expect(lots([...back, sell(10, 150)], method)).toMatchObject({
        quantity: '0',
        cost: '0',
        open_lots: [],
      });
    const third = '3.333333333333333333';
    expect(lots([...back.slice(0, 2), { ...sell(0, 150), quantity: third }])).toMatchObject({
      open_lots: [],
    });
  });

  it('fees, taxes and dividends stand apart from gains', () => {
    const result = lots(
      [
        { date: '2020-01-01', type: 'BUY', quantity: 10, price: 10, fees: 2, taxes: '0.5' },
        { date: '2020-02-01', type: 'DIVIDEND', amount: 8, taxes: 1 },
        { date: '2020-02-02', type: 'DIVIDEND', quantity: 10, price: '0.1' },
        { date: '2020-03-01', type: 'FEE', amount: 3 },
        { date: '2020-03-01', type: 'TAX', taxes: 4 },
      ],
      'fifo',
      { price: 11 },
    );
    expect(result).toMatchObject({ cost: '100', dividends: '9', fees: '5', taxes: '5.5' });
    expect(result).toMatchObject({ unrealised_gain: '10', gross_gain: '10', net_gain: '-0.5' });
  });
});

describe('exchange rates', () => {
  const abroad: LotTransaction[] = [
    { date: '2020-01-01', type: 'BUY', quantity: 10, price: 10, fx: '1.2', fees: 1 },
    { date: '2020-02-01', type: 'DIVIDEND', amount: 10, fx: '1.5' },
    { date: '2020-03-01', type: 'SELL', quantity: 4, price: 15, fx: '1.3' },
  ];

  it('every figure is in base, each at the rate of its own day', () => {
    // Sale: 60 × 1.3 − 40 × 1.2 = 30, of it the rate's 40 × 0.1 = 4. Left: 60 at 1.2 = 72, now 6 × 20 × 1.1 = 132.
    expect(lots(abroad, 'fifo', { price: 20, fx_now: '1.1' })).toMatchObject({
      cost: '72',
      realised_gain: '30',
      unrealised_gain: '60',
      fx_gain: { realised: '4', unrealised: '-6' },
      dividends: '15',
      fees: '1.2',
    });
  });

  it('without a rate now, what needs one is not available; with one row’s rate missing, nothing is', () => {
    const result = lots(abroad, 'fifo', { price: 20 });
    expect(result).toMatchObject({ unrealised_gain: null, realised_gain: '30' });
    expect(result.reasons).toMatchObject({
      unrealised_gain: 'MISSING_INPUT',
      'fx_gain.unrealised': 'MISSING_INPUT',
    });
    expect(codeOf(() => lots([...abroad, sell(1, 1)]))).toEqual([
      'ARGS_INVALID',
      expect.stringContaining('/transactions/3/fx'),
    ]);
  });
});

it('with rates, a sale without an amount and the fee of a transfer need theirs too', () => {
  const bought: LotTransaction = { date: '2020-01-01', type: 'BUY', quantity: 10, price: 10, fx: 2 };
  const moved = { date: '2020-02-01', type: 'TRANSFER_OUT', quantity: 1, to_account: 'B' } as const;
  expect(codeOf(() => lots([bought, sell(1)]))[1]).toContain('/transactions/1/fx');
  expect(lots([bought, sell(1, undefined, { fx: 3 })]).fx_gain.realised).toBe('10');
  expect(codeOf(() => lots([bought, { ...moved, fees: 1 }]))[1]).toContain('/transactions/1/fx');
  expect(lots([bought, moved]).cost).toBe('200');
});

describe('not available', () => {
  it('a gain without a price, a sale without an amount, an average of nothing', () => {
    expect(lots(threeLots)).toMatchObject({
      unrealised_gain: null,
      reasons: { unrealised_gain: 'MISSING_INPUT' },
    });
    expect(lots([...threeLots, sell(5)])).toMatchObject({
      cost: '550',
      realised_gain: null,
      reasons: { realised_gain: 'MISSING_INPUT' },
    });
    expect(lots([])).toMatchObject({ average_cost: null, reasons: { average_cost: 'ZERO_START' } });
  });

  it.each<[Partial<LotTransaction>, string]>([
    [{ quantity: -1 }, '/transactions/0/quantity'],
    [{ quantity: undefined }, '/transactions/0/quantity'],
    [{ amount: -1 }, '/transactions/0/amount'],
    [{ amount: undefined }, '/transactions/0/amount'],
    [{ quantity: 0 }, '/transactions/0/quantity'],
    [{ fx: 0 }, '/transactions/0/fx'],
    [{ to_account: 'B' }, '/transactions/0/to_account'],
    [{ type: 'SPLIT' }, '/transactions/0/ratio'],
    [{ type: 'SPLIT', ratio: '0:1' }, '/transactions/0/ratio'],
    [{ type: 'DIVIDEND', amount: undefined }, '/transactions/0/amount'],
  ])('%j is refused with its place', (change, pointer) => {
    const row = { date: '2020-01-01', type: 'BUY' as const, quantity: 1, amount: 1, ...change };
    expect(codeOf(() => lots([row]))).toEqual(['ARGS_INVALID', expect.stringContaining(pointer)]);
  });
});

describe('properties', () => {
  const cents = fc.integer({ min: 1, max: 10_000_00 }).map((value) => value / 100);
  const history = fc
    .array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 99 }),
        amount: cents,
        sold: fc.integer({ min: 0, max: 99 }),
      }),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((steps) => {
      let held = 0;
      return steps.flatMap(({ quantity, amount, sold }, index): LotTransaction[] => {
        const date = `2020-01-${String(index + 10)}`;
        held += quantity;
        const size = Math.min(sold, held);
        held -= size;
        return [
          { date, type: 'BUY', quantity, amount },
          { date, type: 'SELL', quantity: size, amount: size === 0 ? 0 : amount },
        ];
      });
    });
  const heldOf = (transactions: LotTransaction[]) =>
    transactions.reduce(
      (total, { type, quantity }) => total + (type === 'BUY' ? 1 : -1) * Number(quantity),
      0,
    );
  const total = (values: readonly (string | null)[]) =>
    values.reduce((sum, value) => sum + BigInt(Math.round(Number(value) * 1e10)), 0n);
  const orderly = ['fifo', 'lifo', 'hifo', 'average'] as const;

  it('the lots are the position, and no cost is lost', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...orderly), (transactions, method) => {
        const { open_lots, closed_lots, quantity, cost } = lots(transactions, method);
        expect(Number(quantity)).toBe(heldOf(transactions));
        expect(open_lots.reduce((sum, lot) => sum + Number(lot.quantity), 0)).toBe(Number(quantity));
        const bought = transactions.filter(({ type }) => type === 'BUY').map(({ amount }) => String(amount));
        const parts = [...open_lots, ...closed_lots].map((lot) => lot.cost);
        expect(Number(total(parts) - total(bought))).toBe(0);
        expect(total(open_lots.map((lot) => lot.cost))).toBe(total([cost]));
      }),
    );
  });

  it('all methods gain the same in total once all is sold, and the cost left is exactly 0', () => {
    fc.assert(
      fc.property(history, cents, (transactions, amount) => {
        const held = heldOf(transactions);
        const closed = held === 0 ? transactions : [...transactions, sell(held, amount)];
        const results = orderly.map((method) => lots(closed, method));
        expect(new Set(results.map(({ realised_gain }) => realised_gain)).size).toBe(1);
        expect(results.map(({ cost, quantity }) => [cost, quantity])).toEqual(orderly.map(() => ['0', '0']));
      }),
    );
  });

  it('a split changes no money', () => {
    const ratio = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }));
    fc.assert(
      fc.property(
        history,
        ratio,
        cents,
        fc.constantFrom(...orderly),
        (transactions, [n, m], price, method) => {
          const split: LotTransaction = {
            date: '2020-02-01',
            type: 'SPLIT',
            ratio: `${String(n)}:${String(m)}`,
          };
          const plain = lots(transactions, method, { price });
          const after = lots([...transactions, split], method, { price: (price * m) / n });
          expect(after.cost).toBe(plain.cost);
          expect(after.realised_gain).toBe(plain.realised_gain);
          expect(Number(after.unrealised_gain)).toBeCloseTo(Number(plain.unrealised_gain), 5);
        },
      ),
    );
  });

  it('realised + unrealised = value − what was paid + what was received', () => {
    fc.assert(
      fc.property(history, cents, fc.constantFrom(...orderly), (transactions, price, method) => {
        const { gross_gain, market_value } = lots(transactions, method, { price });
        const net = transactions.reduce(
          (sum, row) => sum + (row.type === 'BUY' ? -1 : 1) * Number(row.amount),
          0,
        );
        expect(Number(gross_gain)).toBeCloseTo(Number(market_value) + net, 5);
      }),
    );
  });
});
