import fc from 'fast-check';
import { type Balance, lastBalances, reconcile } from './reconcile';

const cash = (date: string, amount: number | string, account = 'Assets:Cash'): Balance => ({
  account,
  commodity: 'USD',
  amount,
  date,
});

describe('a ledger against a database', () => {
  const ledger = [cash('2020-01-05', 100), cash('2020-01-10', '150.00'), cash('2020-01-20', 200)];
  const differences = (...database: Balance[]) => reconcile(ledger, database, true);

  it('says nothing where both agree on the database’s days', () => {
    expect(differences(cash('2020-01-31', '200.0'))).toEqual([]);
    expect(differences(cash('2020-01-12', 150))).toEqual([]);
    expect(differences(cash('2020-01-01', 0), ...ledger)).toEqual([]);
  });

  it('tells figures of the last day, and the first day they differ on', () => {
    expect(
      differences(cash('2020-01-20', 190), cash('2020-01-05', 100), cash('2020-01-10', '149.99')),
    ).toEqual([
      {
        account: 'Assets:Cash',
        commodity: 'USD',
        expected: '200',
        actual: '190',
        difference: '-10',
        first_date: '2020-01-10',
        status: 'different',
      },
    ]);
  });

  it('has no tolerance: the last digit counts', () => {
    expect(differences(cash('2020-01-31', '200.000000000000000001'))).toMatchObject([
      { difference: '0.000000000000000001' },
    ]);
    expect(reconcile([cash('2020-01-01', 0.3)], [cash('2020-01-01', '0.3')], true)).toEqual([]);
  });

  it('knows 0 before its first posting', () => {
    expect(differences(cash('2020-01-01', 5), cash('2020-01-31', 200))).toMatchObject([
      { expected: '0', actual: '5', first_date: '2020-01-01' },
    ]);
  });

  it('what one side does not know is a difference of its own kind', () => {
    const other = cash('2020-01-31', 7, 'Assets:Other');
    expect(differences(cash('2020-01-31', 200), other)).toMatchObject([
      { account: 'Assets:Other', expected: '0', actual: '7', difference: '7', status: 'missing_in_ledger' },
    ]);
    expect(differences(other)).toMatchObject([
      {
        account: 'Assets:Cash',
        expected: '200',
        actual: '0',
        first_date: '2020-01-05',
        status: 'missing_in_database',
      },
      { account: 'Assets:Other' },
    ]);
    expect(differences()).toMatchObject([{ status: 'missing_in_database', difference: '-200' }]);
    // An account that is empty is none that is missing.
    expect(differences(cash('2020-01-31', 200), cash('2020-01-31', 0, 'Assets:Other'))).toEqual([]);
  });

  it('leaves out equity, income and expenses unless the database keeps them', () => {
    const all = [...ledger, cash('2020-01-05', -200, 'Equity:Open'), cash('2020-01-06', -1, 'Income:X')];
    const database = [cash('2020-01-31', 200)];
    expect(reconcile(all, database, true)).toEqual([]);
    expect(reconcile(all, [...database, cash('2020-01-31', -2, 'Equity:Open')], true)).toMatchObject([
      { account: 'Equity:Open', difference: '198' },
    ]);
  });
});

describe('two lists of balances', () => {
  it('are compared on the days of both, from the first that both know', () => {
    const one = [cash('2020-01-05', 100), cash('2020-01-10', 150)];
    expect(reconcile(one, [cash('2020-01-05', 100)], false)).toMatchObject([
      { expected: '150', actual: '100', first_date: '2020-01-10' },
    ]);
    expect(reconcile([cash('2020-01-10', 1)], [cash('2020-01-05', 2)], false)).toMatchObject([
      { expected: '1', actual: '2', first_date: '2020-01-10' },
    ]);
    expect(reconcile([], [], false)).toEqual([]);
  });

  it('of two rows for a day the one entered last counts', () => {
    expect(reconcile([cash('2020-01-05', 1), cash('2020-01-05', 2)], [cash('2020-01-05', 2)], false)).toEqual(
      [],
    );
  });

  it('do not differ from themselves in any order, and mirror each other', () => {
    const row = fc.record({
      account: fc.constantFrom('Assets:A', 'Assets:B'),
      commodity: fc.constantFrom('USD', 'XYZ'),
      amount: fc.integer({ min: -5, max: 5 }),
      date: fc.constantFrom('2020-01-01', '2020-01-02', '2020-01-03'),
    });
    const rows = fc.uniqueArray(row, {
      selector: ({ account, commodity, date }) => account + commodity + date,
    });
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        expect(reconcile(a, a.toReversed(), false)).toEqual([]);
        const there = reconcile(a, b, false).map(({ account, difference }) => [account, Number(difference)]);
        const back = reconcile(b, a, false).map(({ account, difference }) => [account, -Number(difference)]);
        expect(there).toEqual(back);
      }),
    );
  });

  it('the last balance of each is published, by name', () => {
    expect(
      lastBalances([cash('2020-01-02', '5.50'), cash('2020-01-01', 1), cash('2020-01-01', 0, 'Assets:A')]),
    ).toEqual([
      { account: 'Assets:A', commodity: 'USD', amount: '0', date: '2020-01-01' },
      { account: 'Assets:Cash', commodity: 'USD', amount: '5.5', date: '2020-01-02' },
    ]);
  });
});
