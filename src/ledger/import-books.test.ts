/** Whatever a ledger does: lots less closures, and cash movements, are what its legs add up to, on every day. */
import fc from 'fast-check';
import { balanceSeries, type LedgerBalance } from './balance-series';
import { Exact } from './decimal';
import { importModel, type ImportModel } from './import-model';
import { parseLedger } from './parse-ledger';
import { type BookChange, reconcileBooks } from './reconcile-books';

const head = `2020-01-01 open Assets:A XYZ "FIFO"
2020-01-01 open Assets:B XYZ "HIFO"
2020-01-01 open Assets:Cash
2020-01-01 open Equity:Opening
2020-01-01 open Income:Gains
2020-01-01 open Income:Dividends:XYZ
2020-01-01 open Expenses:Fees
2020-01-01 open Expenses:Tax
`;
type Act = { kind: string; account: 'A' | 'B'; count: number; cost: number; gap: number };
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(
    'buy',
    'buy',
    'sell',
    'sell',
    'split',
    'merge',
    'move',
    'dividend',
    'exchange',
    'pad',
    'bring',
  ),
  account: fc.constantFrom('A', 'B'),
  count: fc.integer({ min: 1, max: 9 }),
  cost: fc.constantFrom(7.25, 10, 12.5),
  gap: fc.integer({ min: 0, max: 3 }),
});

/** A ledger without mistakes: it sells, splits and moves only what one lot holds. */
function ledgerOf(acts: readonly Act[]): string {
  const lots: { account: string; count: Exact; cost: Exact; date: string }[] = [];
  let [time, padded] = [Date.UTC(2020, 0, 2), 0];
  let text = head;
  const shares = ({ account, count, cost, date }: (typeof lots)[number], sign = ''): string =>
    `  Assets:${account}  ${sign}${count.toFixed()} XYZ {${cost.toFixed()} USD, ${date}}`;
  for (const { kind, account, count, cost, gap } of acts) {
    time += gap * 86_400_000;
    const date = new Date(time).toISOString().slice(0, 10);
    const index = lots.findIndex((lot) => lot.account === account);
    const [lot] = index < 0 ? [] : lots.splice(index, 1);
    if (kind === 'buy' || kind === 'bring') {
      const own = {
        account,
        count: new Exact(count),
        cost: new Exact(cost),
        date: kind === 'buy' ? date : '2019-05-05',
      };
      lots.push(own);
      text += `${date} * "in"\n${shares(own)}\n  Expenses:Fees  1.00 USD\n  ${kind === 'buy' ? 'Assets:Cash' : 'Equity:Opening'}\n`;
    }
    if (kind === 'dividend')
      text += `${date} * "d"\n  Assets:Cash  ${String(count)}.00 USD\n  Expenses:Tax  0.15 USD\n  Income:Dividends:XYZ\n`;
    if (kind === 'exchange')
      text += `${date} * "x"\n  Assets:Cash  ${String(count)}.00 CAD @ 0.80 USD\n  Assets:Cash\n`;
    if (kind === 'pad') {
      padded += 1;
      text += `${date} pad Assets:Cash Equity:Opening\n2031-01-0${String(padded % 9 || 9)} note Assets:Cash "n"\n`;
    }
    if (!lot) continue;
    const sold = Exact.min(lot.count, count);
    if (kind === 'sell') {
      text += `${date} * "out"\n${shares({ ...lot, count: sold }, '-')} @ 11.00 USD\n  Assets:Cash  ${sold.times(11).toFixed(4)} USD\n  Income:Gains\n`;
      if (sold.lessThan(lot.count)) lots.push({ ...lot, count: lot.count.minus(sold) });
    } else if (kind === 'split' || kind === 'merge') {
      const ratio = kind === 'split' ? new Exact(2) : new Exact('0.5');
      const next = { ...lot, count: lot.count.times(ratio), cost: lot.cost.div(ratio) };
      text += `${date} * "s"\n${shares(lot, '-')}\n${shares(next)}\n`;
      lots.push(next);
    } else if (kind === 'move') {
      const there = { ...lot, account: account === 'A' ? 'B' : 'A', count: sold };
      text += `${date} * "m"\n${shares({ ...lot, count: sold }, '-')}\n${shares(there)}\n`;
      lots.push(there);
      if (sold.lessThan(lot.count)) lots.push({ ...lot, count: lot.count.minus(sold) });
    } else lots.push(lot);
  }
  return `${text}2032-01-01 balance Assets:Cash 12345.00 USD\n`;
}

function booksOf({ lots, closures, cash_movements }: ImportModel): BookChange[] {
  return [
    ...lots.map(({ opened_on, quantity }) => ({ commodity: 'XYZ', date: opened_on, change: quantity })),
    ...closures.map(({ date, quantity }) => ({ commodity: 'XYZ', date, change: `-${quantity}` })),
    ...cash_movements.map(({ currency, date, amount }) => ({ commodity: currency, date, change: amount })),
  ];
}

function ledgerChanges(balances: readonly LedgerBalance[]): BookChange[] {
  const last = new Map<string, string>();
  return balances
    .filter(({ account }) => account.startsWith('Assets:'))
    .map(({ account, commodity, date, amount }) => {
      const key = `${account} ${commodity}`;
      const change = new Exact(amount).minus(last.get(key) ?? 0).toFixed();
      last.set(key, amount);
      return { commodity, date, change };
    });
}

const rates = {
  base_currency: 'CAD',
  rateAt: (_: string, date: string) => new Exact(`1.${date.slice(8, 10)}`),
};

it('is true of any ledger that buys, sells, splits, merges, moves, brings along, pads and exchanges', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 30 }), (acts) => {
      // A pad only fills where an assertion needs it: at most one of them, and the last assertion always does.
      const one = acts.filter(
        ({ kind }, index) => kind !== 'pad' || acts.findIndex((other) => other.kind === 'pad') === index,
      );
      const text = one.some(({ kind }) => kind === 'pad')
        ? ledgerOf(one)
        : ledgerOf(one).replace(/2032-01-01 balance.*\n/, '');
      const { entries, problems } = parseLedger(text, 'test');
      expect(problems).toEqual([]);
      const model = importModel(entries, rates);
      expect(model.problems).toEqual([]);
      const { checked, differences } = reconcileBooks({
        ledger: ledgerChanges(balanceSeries(entries).changes),
        database: booksOf(model),
        securities: new Set(['XYZ']),
      });
      expect(differences).toEqual([]);
      compared += checked;
      expect(costOf(model)).toBe(costIn(text));
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(1_000);
});

/** What the open lots cost in base currency: a split or a move leaves it as it was. */
function costOf({ lots, closures }: ImportModel): string {
  const closed = new Map<string, Exact>();
  for (const { lot_id, quantity } of closures)
    closed.set(lot_id, (closed.get(lot_id) ?? new Exact(0)).plus(quantity));
  return lots
    .reduce((sum, lot) => {
      const open = new Exact(lot.quantity).minus(closed.get(lot.lot_id) ?? 0);
      return sum.plus(open.times(lot.unit_cost_local).times(lot.fx_base_per_local ?? 0));
    }, new Exact(0))
    .toFixed(15);
}

/** The same from the text: purchases less sales, each at the rate of the day in its braces. */
function costIn(text: string): string {
  let sum = new Exact(0);
  for (const [, sign = '', count = '0', cost = '0', date = ''] of text.matchAll(
    /Assets:[AB] {2}(-?)([\d.]+) XYZ \{([\d.]+) USD, ([\d-]+)\}/g,
  ))
    sum = sum.plus(new Exact(`${sign}${count}`).times(cost).times(rates.rateAt('', date)));
  return sum.toFixed(15);
}
