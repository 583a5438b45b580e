/** Upcoming actions, counted by hand. */
import { Decimal } from './decimal';
import { impactOfActions, type KnownAction, upcomingActions } from './upcoming-actions';

const dividend = (symbol: string, ex_date: string, pay_date: string | null, amount: string): KnownAction => ({
  ...{ security_id: symbol, symbol, type: 'dividend', ex_date, pay_date, amount },
  ...{ currency: 'USD', ratio: null, known_on: ex_date },
});
const split = (symbol: string, ex_date: string, ratio: string): KnownAction => ({
  ...dividend(symbol, ex_date, null, '0'),
  ...{ type: 'split', amount: null, currency: null, ratio },
});
const asof = '2013-02-28';
const held = () => new Decimal(10);
const usd = (local: string) =>
  local === 'USD'
    ? ({
        rate: new Decimal('1.25'),
        rate_date: asof,
        rate_age_days: 0,
        derivation: 'direct',
        perEuro: null,
      } as never)
    : ({ reason: 'NO_QUOTE' } as const);

describe('what is to come', () => {
  it('is a dividend until it is paid, and a split until its ex-date; days count from the pack to the last, inclusive', () => {
    const known = [
      dividend('PAID', '2013-02-01', '2013-02-28', '1'),
      dividend('UNPAID', '2013-02-06', '2013-03-09', '1'),
      dividend('AHEAD', '2013-03-01', '2013-05-01', '1'),
      dividend('LATE', '2013-02-06', '2013-03-31', '1'),
      dividend('UNDATED', '2013-02-06', null, '1'),
      split('DONE', '2013-02-28', '2'),
      split('SPLIT', '2013-03-30', '2'),
    ];
    const found = upcomingActions(known, held, asof, 30);
    expect(found.map(({ symbol, next_event, days_until }) => [symbol, next_event, days_until])).toEqual([
      ['AHEAD', 'ex', 1],
      ['UNPAID', 'pay', 9],
      ['SPLIT', 'ex', 30],
    ]);
  });

  it('counts who held before the ex-date, though it was sold since, and not who bought after', () => {
    const heldBefore = (id: string, date: string) =>
      new Decimal((id === 'SOLD') === (date === '2013-02-06') ? 40 : 0);
    const known = [
      dividend('SOLD', '2013-02-06', '2013-03-09', '0.5'),
      dividend('NEW', '2013-02-06', '2013-03-09', '0.5'),
    ];
    const [only, more] = upcomingActions(known, heldBefore, asof, 30);
    expect([only?.symbol, only?.entitled_quantity, more]).toEqual(['SOLD', '40', undefined]);
  });
});

describe('what it brings', () => {
  it('is money: shares of all lots times cash per share, never a sum of cash per share', () => {
    const actions = upcomingActions(
      [dividend('A', '2013-03-04', '2013-03-20', '0.85'), dividend('B', '2013-03-20', '2013-04-02', '0.23')],
      held,
      asof,
      90,
    );
    const positions = [
      { security_id: 'A', quantity: '100' },
      { security_id: 'A', quantity: '50.5' },
      { security_id: 'B', quantity: '300' },
      { security_id: null, quantity: '1000' },
    ];
    const impact = impactOfActions(actions, positions, usd);
    // 150.5 × 0.85 = 127.925; 300 × 0.23 = 69; in all 196.925 USD = 246.15625 at 1.25.
    expect(impact.actions.map(({ quantity, cash_local }) => [quantity, cash_local])).toEqual([
      ['150.5', '127.925'],
      ['300', '69'],
    ]);
    expect(impact.totals_by_currency).toEqual([{ currency: 'USD', cash: '196.925' }]);
    expect(impact.total_cash_base_estimate).toBe('246.15625');
    expect(impact.urgent).toEqual(['A']);
  });

  it('withholds the total in base where a currency has no rate, and keeps the currencies apart', () => {
    const euro = { ...dividend('E', '2013-02-06', '2013-03-09', '2'), currency: 'XXX' };
    const actions = upcomingActions([euro, dividend('A', '2013-02-06', '2013-03-08', '1')], held, asof, 90);
    const impact = impactOfActions(actions, [], usd);
    expect(impact.totals_by_currency).toEqual([
      { currency: 'USD', cash: '10' },
      { currency: 'XXX', cash: '20' },
    ]);
    expect([impact.total_cash_base_estimate, impact.reasons]).toEqual([
      null,
      { total_cash_base_estimate: 'NO_QUOTE' },
    ]);
  });

  it('counts the new shares for a dividend of after a split, and the old ones for one of before or of the day itself', () => {
    const actions = upcomingActions(
      [
        dividend('S', '2013-03-01', '2013-03-20', '7'),
        split('S', '2013-03-04', '7'),
        { ...dividend('S', '2013-03-04', '2013-03-25', '7'), symbol: 'S*' },
        dividend('S', '2013-03-20', '2013-04-02', '1'),
        split('S', '2013-03-26', '2'),
        dividend('S', '2013-04-20', '2013-05-02', '1'),
        dividend('T', '2013-03-20', '2013-04-02', '1'),
      ],
      held,
      asof,
      90,
    );
    const positions = ['S', 'T'].map((security_id) => ({ security_id, quantity: '10' }));
    const impact = impactOfActions(actions, positions, usd);
    expect(
      impact.actions.map(({ symbol, ex_date, quantity, shares_after }) => [
        symbol,
        ex_date,
        quantity,
        shares_after,
      ]),
    ).toEqual([
      ['S', '2013-03-01', '10', null],
      ['S', '2013-03-04', '10', '70'],
      ['S*', '2013-03-04', '10', null],
      ['S', '2013-03-20', '70', null],
      ['T', '2013-03-20', '10', null],
      ['S', '2013-03-26', '70', '140'],
      ['S', '2013-04-20', '140', null],
    ]);
  });

  it('multiplies the shares of a split, and moves no cash', () => {
    const actions = upcomingActions([split('S', '2013-03-04', '7')], held, asof, 90);
    const [row] = impactOfActions(actions, [{ security_id: 'S', quantity: '12' }], usd).actions;
    expect([row?.shares_after, row?.cash_local, row?.reasons['cash_local']]).toEqual([
      '84',
      null,
      'NOT_APPLICABLE',
    ]);
  });
});
