import fc from 'fast-check';
import { EngineError } from '../contract/errors';
import { performanceStatement, type StatementRequest } from './performance-statement';
import type { StatementTransaction } from './statement-rows';

const period = { from: '2019-12-31', to: '2020-12-31' };
const row = (
  date: string,
  type: StatementTransaction['type'],
  amount: number | string,
  more: Partial<StatementTransaction> = {},
): StatementTransaction => ({ date, type, amount, currency: 'EUR', ...more });
const trade = (security: string, shares: number, more: Partial<StatementTransaction> = {}) => ({
  security,
  shares,
  ...more,
});
const close = (date: string, price: number, security = 'x', currency = 'EUR') => ({
  date,
  security,
  close: price,
  currency,
});
const of = (transactions: StatementTransaction[], more: Partial<StatementRequest> = {}) =>
  performanceStatement({ base: 'EUR', period, transactions, prices: [], ...more });
const zeros = {
  initial_value: '0',
  capital_gains: '0',
  realised_capital_gains: '0',
  earnings: '0',
  fees: '0',
  taxes: '0',
  transfers: '0',
  currency_gains: '0',
  final_value: '0',
  residual: '0',
  reasons: {},
};

describe('cash', () => {
  it('an empty portfolio is worth nothing', () => {
    expect(of([])).toEqual({ base: 'EUR', period, ...zeros, warnings: [] });
  });

  it('a deposit before the period is its initial value, interest in it is earnings', () => {
    const rows = [row('2020-06-01', 'INTEREST', 50), row('2019-01-01', 'DEPOSIT', 1000)];
    expect(of(rows)).toMatchObject({ ...zeros, initial_value: '1000', earnings: '50', final_value: '1050' });
  });

  it('what happens on the first day is before the period, on the last day in it', () => {
    const rows = [
      row(period.from, 'DEPOSIT', 10),
      row(period.to, 'DEPOSIT', 5),
      row('2021-01-01', 'DEPOSIT', 99),
    ];
    expect(of(rows)).toMatchObject({ ...zeros, initial_value: '10', transfers: '5', final_value: '15' });
  });

  it('each type has its line; taxes and fees taken off before are earnings and costs', () => {
    const day = '2020-03-01';
    const rows = [
      row(day, 'DEPOSIT', 1000),
      row(day, 'REMOVAL', 100),
      row(day, 'INTEREST_CHARGE', 7),
      row(day, 'DIVIDENDS', '7.50', { taxes: '2', fees: '0.50' }),
      row(day, 'FEES', 12),
      row(day, 'FEES_REFUND', 2),
      row(day, 'TAXES', 30),
      row(day, 'TAX_REFUND', 5),
    ];
    // 900 − 7 + 10 − 10.50 − 27 = 865.50.
    expect(of(rows)).toMatchObject({
      ...zeros,
      transfers: '900',
      earnings: '3',
      fees: '10.5',
      taxes: '27',
      final_value: '865.5',
    });
  });

  it('of another currency gains or loses with its rate', () => {
    const fx = [
      { date: '2019-12-31', from: 'EUR', to: 'USD', rate: '1.25' },
      { date: '2020-06-01', from: 'USD', to: 'EUR', rate: '0.9' },
      { date: '2020-12-31', from: 'EUR', to: 'USD', rate: '1' },
    ];
    const rows = [
      row('2019-06-01', 'DEPOSIT', 100, { currency: 'USD' }),
      row('2020-06-01', 'REMOVAL', 50, { currency: 'USD' }),
    ];
    // 80 at the start, 45 out, 50 left: 50 − 80 + 45 = 15.
    expect(of(rows, { fx })).toMatchObject({
      ...zeros,
      initial_value: '80',
      transfers: '-45',
      currency_gains: '15',
      final_value: '50',
    });
  });
});

describe('securities', () => {
  const held = [row('2019-01-01', 'DEPOSIT', 1000), row('2019-01-02', 'BUY', 1000, trade('x', 10))];
  const prices = [close('2019-01-01', 100), close('2019-12-30', 110), close('2020-12-30', 130)];

  it('held through gain from the value at the start, not from the purchase', () => {
    expect(of(held, { prices })).toMatchObject({
      ...zeros,
      initial_value: '1100',
      capital_gains: '200',
      final_value: '1300',
    });
  });

  it('sold in part: costs stand apart, the gain is before them', () => {
    const rows = [...held, row('2020-06-01', 'SELL', 470, trade('x', 4, { fees: 6, taxes: 4 }))];
    // 480 − 4 × 110 = 40; left 6 × (130 − 110) = 120; cash 470, shares 780.
    expect(of(rows, { prices })).toMatchObject({
      ...zeros,
      initial_value: '1100',
      realised_capital_gains: '40',
      capital_gains: '120',
      fees: '6',
      taxes: '4',
      final_value: '1250',
    });
  });

  it('bought in the period, in any order of rows of one day', () => {
    const rows = [
      row('2020-06-01', 'SELL', 120, trade('x', 1)),
      row('2020-06-01', 'BUY', 205, trade('x', 2, { fees: 5 })),
      row('2020-01-01', 'DEPOSIT', 205),
    ];
    expect(of(rows, { prices })).toMatchObject({
      ...zeros,
      transfers: '205',
      realised_capital_gains: '20',
      capital_gains: '30',
      fees: '5',
      final_value: '250',
    });
  });

  it('delivered in and out are transfers', () => {
    const rows = [
      row('2020-02-01', 'DELIVERY_INBOUND', 1010, trade('x', 10, { fees: 10 })),
      row('2020-07-01', 'DELIVERY_OUTBOUND', 595, trade('x', 5, { taxes: 5 })),
    ];
    // In 1010, of it 10 fees; out 600 of value for 595 and 5 taxes: 600 − 500 = 100. Left 5 × (130 − 100) = 150.
    expect(of(rows, { prices })).toMatchObject({
      ...zeros,
      transfers: '415',
      fees: '10',
      taxes: '5',
      realised_capital_gains: '100',
      capital_gains: '150',
      final_value: '650',
    });
  });

  it('abroad: the rate’s part of a security is in its gains', () => {
    const fx = [
      { date: '2019-12-31', from: 'GBP', to: 'EUR', rate: '1.2' },
      { date: '2020-12-31', from: 'GBP', to: 'EUR', rate: '1.1' },
    ];
    const rows = [row('2019-12-31', 'DELIVERY_INBOUND', 100, trade('p', 1, { currency: 'GBP' }))];
    // In pence: 100 × 1.2 = 120, then 110 × 1.1 = 121.
    const pence = [close('2019-12-31', 10_000, 'p', 'GBX'), close('2020-12-31', 11_000, 'p', 'GBX')];
    expect(of(rows, { fx, prices: pence })).toMatchObject({
      ...zeros,
      initial_value: '120',
      capital_gains: '1',
      final_value: '121',
    });
  });

  it('without a quote count at their last trade’s price, with a warning', () => {
    const statement = of(held);
    expect(statement).toMatchObject({ ...zeros, initial_value: '1000', final_value: '1000' });
    expect(statement.warnings.map(({ code, date }) => [code, date])).toEqual([
      ['TRADE_PRICE', period.from],
      ['TRADE_PRICE', period.to],
    ]);
  });

  it('more gone than held is an error', () => {
    const rows = [...held, row('2020-06-01', 'SELL', 1, trade('x', 11))];
    expect(() => of(rows, { prices })).toThrow('/transactions/2: 11 x go on 2020-06-01, 10 held');
  });
});

describe('not available, and refused', () => {
  it('a missing rate makes the lines it touches not available, and no others', () => {
    const rows = [row('2020-02-01', 'DEPOSIT', 10, { currency: 'SEK' }), row('2020-02-02', 'INTEREST', 1)];
    const statement = of(rows);
    expect(statement).toMatchObject({ transfers: null, final_value: null, residual: null, earnings: '1' });
    expect(statement.reasons).toEqual({
      transfers: 'NO_QUOTE',
      currency_gains: 'NO_QUOTE',
      final_value: 'NO_QUOTE',
      residual: 'NO_QUOTE',
    });
  });

  it.each<[StatementTransaction, string]>([
    [row('2020-01-01', 'BUY', 1, { security: 'x' }), '/transactions/0/shares'],
    [row('2020-01-01', 'SELL', 1, { shares: 1 }), '/transactions/0/security'],
    [row('2020-01-01', 'REMOVAL', -1), '/transactions/0/amount'],
    [row('2020-01-01', 'FEES', 1, { taxes: '-1' }), '/transactions/0/taxes'],
  ])('%j', (transaction, pointer) => {
    expect(() => of([transaction])).toThrow(pointer);
    expect(() => of([transaction])).toThrow(EngineError);
  });

  it('a period that ends before it begins', () => {
    expect(() => of([], { period: { from: '2020-01-02', to: '2020-01-01' } })).toThrow('/period/from');
  });
});

it('the lines add up exactly, whatever happened', () => {
  const money = fc.integer({ min: 100, max: 10 ** 7 }).map((cents) => cents / 100);
  const day = fc
    .integer({ min: 0, max: 700 })
    .map((n) => new Date(Date.UTC(2019, 0, 1 + n)).toISOString().slice(0, 10));
  const currency = fc.constantFrom('EUR', 'USD', 'GBX');
  const cashTypes = [
    'DEPOSIT',
    'REMOVAL',
    'INTEREST',
    'INTEREST_CHARGE',
    'DIVIDENDS',
    'FEES',
    'TAXES',
  ] as const;
  const cashRow = fc.record({
    date: day,
    type: fc.constantFrom(...cashTypes),
    currency,
    amount: money,
    taxes: fc.constantFrom(0, 0.37),
  });
  const tradeRow = fc.record({
    date: day,
    type: fc.constantFrom('BUY' as const, 'DELIVERY_INBOUND' as const),
    currency,
    amount: money,
    security: fc.constantFrom('a', 'b'),
    shares: fc.integer({ min: 3, max: 50 }),
    fees: fc.constantFrom(0, 0.99),
  });
  const price = fc.record({ date: day, security: fc.constantFrom('a', 'b'), close: money, currency });
  const quote = fc.record({
    date: day,
    from: fc.constantFrom('USD', 'GBP'),
    to: fc.constant('EUR'),
    rate: money,
  });
  fc.assert(
    fc.property(
      fc.array(cashRow),
      fc.array(tradeRow),
      fc.array(price),
      fc.array(quote),
      (cash, trades, prices, quotes) => {
        const fx = ['USD', 'GBP'].map((from) => ({ date: '2018-01-01', from, to: 'EUR', rate: 0.7 }));
        // Two of the shares of each purchase are sold at the end: some of several lots.
        const sales = trades.map((bought) => ({
          ...bought,
          date: '2020-12-15',
          type: 'SELL' as const,
          shares: 2,
        }));
        const statement = of([...cash, ...trades, ...sales], { prices, fx: [...fx, ...quotes] });
        expect(statement.residual).toBe('0');
        expect(statement.reasons).toEqual({});
      },
    ),
  );
});
