/**
 * Whatever a ledger holds, its statement adds up to the daily values, its sales to the totals, and what was sold and is
 * held to what was paid: a property over random ledgers, each read in by the real importer.
 */
import fc from 'fast-check';
import { Decimal } from '../../src/services/decimal';
import { addDays } from '../../src/services/dates';
import { type Analyst, startAnalyst } from '../support/ask-analyst';
import { readLedger } from '../support/read-ledger';

let analyst: Analyst;
beforeAll(async () => {
  analyst = await startAnalyst();
});
afterAll(() => analyst.close());

const kinds = [
  ...['deposit', 'withdrawal', 'exchange', 'buy', 'buy', 'buy in CAD', 'sell', 'sell', 'sell unpriced'],
  ...['sell all unpriced', 'dividend', 'fee', 'interest', 'split'],
] as const;
interface Step {
  kind: (typeof kinds)[number];
  /** Since the step before. */
  days: number;
  symbol: string;
  currency: string;
  count: number;
  cents: number;
}
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    days: fc.integer({ min: 0, max: 9 }),
    symbol: fc.constantFrom('IBM', 'MSFT', 'AAPL'),
    currency: fc.constantFrom('USD', 'CAD', 'EUR'),
    count: fc.integer({ min: 1, max: 40 }),
    cents: fc.integer({ min: 101, max: 40_000 }),
  }),
  { minLength: 5, maxLength: 30 },
);

interface HeldLot {
  date: string;
  quantity: Decimal;
  cost: Decimal;
}

/** Valid by construction: no more is sold than is held. */
function ledgerOf(story: readonly Step[]): string {
  const lots = new Map<string, HeldLot[]>();
  const heldOf = (symbol: string): Decimal =>
    (lots.get(symbol) ?? []).reduce((total, { quantity }) => total.plus(quantity), new Decimal(0));
  const use = (symbol: string, quantity: Decimal): void => {
    let left = quantity;
    for (const lot of lots.get(symbol) ?? []) {
      const part = Decimal.min(lot.quantity, left);
      lot.quantity = lot.quantity.minus(part);
      left = left.minus(part);
    }
    lots.set(
      symbol,
      (lots.get(symbol) ?? []).filter((lot) => !lot.quantity.isZero()),
    );
  };
  let date = '2010-01-04';
  const entry = (title: string, ...legs: string[]): string =>
    `${date} * "${title}"\n${legs.map((leg) => `  ${leg}\n`).join('')}`;
  const text = story.map(({ kind, days, symbol, currency, count, cents }) => {
    date = addDays(date, days);
    const money = new Decimal(cents).div(100);
    const amount = money.times(count).toFixed(2);
    const held = heldOf(symbol);
    const sold = Decimal.min(held, count);
    switch (kind) {
      case 'deposit':
        return entry(kind, `Assets:Cash  ${amount} ${currency}`, 'Equity:Contributions');
      case 'withdrawal':
        return entry(kind, `Assets:Cash  -${amount} ${currency}`, 'Equity:Contributions');
      case 'exchange':
        return entry(
          kind,
          `Assets:Cash  ${amount} USD @@ ${money.toFixed(2)} CAD`,
          `Assets:Cash  -${money.toFixed(2)} CAD`,
        );
      case 'buy':
      case 'buy in CAD': {
        lots.set(symbol, [...(lots.get(symbol) ?? []), { date, quantity: new Decimal(count), cost: money }]);
        const cash = kind === 'buy' ? 'Assets:Cash' : `Assets:Cash  -${amount} CAD @@ ${amount} USD`;
        const fee = kind === 'buy' ? ['Expenses:Fees  9.95 USD'] : [];
        return entry(
          kind,
          `Assets:Shares  ${String(count)} ${symbol} {${money.toFixed(2)} USD}`,
          ...fee,
          cash,
        );
      }
      case 'sell':
      case 'sell unpriced': {
        if (sold.isZero()) return '';
        use(symbol, sold);
        const price = kind === 'sell' ? ` @ ${money.toFixed(2)} USD` : '';
        const brought = money.times(sold).minus('1.25').toFixed(2);
        return entry(
          kind,
          `Assets:Shares  -${sold.toFixed()} ${symbol} {}${price}`,
          'Expenses:Fees  1.25 USD',
          `Assets:Cash  ${brought} USD`,
          'Income:Gains',
        );
      }
      case 'sell all unpriced': {
        const all = ['IBM', 'MSFT', 'AAPL'].filter((name) => !heldOf(name).isZero());
        const legs = all.map((name) => `Assets:Shares  -${heldOf(name).toFixed()} ${name} {}`);
        for (const name of all) use(name, heldOf(name));
        return legs.length === 0 ? '' : entry(kind, ...legs, `Assets:Cash  ${amount} USD`, 'Income:Gains');
      }
      case 'dividend':
        return entry(
          kind,
          `Assets:Cash  ${amount} ${currency}`,
          `Expenses:Taxes  0.15 ${currency}`,
          `Income:Dividends:${symbol}`,
        );
      case 'fee':
        return entry(kind, `Expenses:Fees  ${amount} ${currency}`, 'Assets:Cash');
      case 'interest':
        return entry(kind, `Assets:Cash  ${amount} ${currency}`, 'Income:Interest');
      case 'split': {
        const before = lots.get(symbol) ?? [];
        if (before.length === 0 || before.some((lot) => lot.date === date)) return '';
        const after = before.map((lot) => ({
          ...lot,
          quantity: lot.quantity.times(2),
          cost: lot.cost.div(2),
        }));
        lots.set(symbol, after);
        return entry(
          kind,
          `Assets:Shares  -${held.toFixed()} ${symbol} {}`,
          ...after.map(
            (lot) =>
              `Assets:Shares  ${lot.quantity.toFixed()} ${symbol} {${lot.cost.toFixed()} USD, ${lot.date}}`,
          ),
        );
      }
    }
  });
  const accounts = [
    'Assets:Cash',
    'Assets:Shares "FIFO"',
    'Equity:Contributions',
    'Income:Gains',
    'Income:Interest',
    'Expenses:Fees',
    'Expenses:Taxes',
  ];
  const opened = [...accounts, ...['IBM', 'MSFT', 'AAPL'].map((symbol) => `Income:Dividends:${symbol}`)];
  const openings = opened.map((account) => {
    const [name = '', booking] = account.split(' ');
    return `2009-01-01 open ${name}${booking === undefined ? '' : ` ${booking}`}\n`;
  });
  return openings.join('') + text.join('');
}

const add = (amounts: readonly (string | null | undefined)[]): string =>
  amounts.reduce((total, amount) => total.plus(amount ?? NaN), new Decimal(0)).toFixed();

it('adds up, whatever the ledger holds', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.constantFrom<object>({}, { lookback_days: 30 }, { from: '2010-02-14' }),
      async (story, window) => {
        const ledger = ledgerOf(story);
        for (const [, type = ''] of ledger.matchAll(/\* "(.*)"/g)) seen.add(type);
        const ctx = await readLedger(analyst.database.ownerUrl, ledger, '1.05');
        const asked = { day: '2010-12-31', ctx };
        const statement = await analyst.ask(
          'portfolio.performance_statement',
          { ...window, posting_limit: 1000 },
          asked,
        );
        const nav = await analyst.ask('portfolio.historical_nav', {}, asked);
        if (nav.points.length === 0) return;
        expect([statement.residual, statement.reasons]).toEqual(['0', {}]);
        expect(statement.lines.final_value.amount).toBe(nav.points.at(-1)?.value);
        for (const { amount, postings } of Object.values(statement.lines))
          expect(add(postings.map((posting) => posting.amount))).toBe(amount);

        const gains = await analyst.ask('portfolio.realised_gains', {}, asked);
        const { transactions } = await analyst.ask(
          'ledger.transactions',
          { types: ['SELL'], limit: 1000 },
          asked,
        );
        expect(gains.total.sales).toBe(transactions.length);
        const isTold = transactions.every(({ realised }) => realised?.gain_base !== null);
        expect(gains.total.gain_base).toBe(
          isTold ? add(transactions.map(({ realised }) => realised?.gain_base)) : null,
        );
        // What was sold and what is held cost together what was paid; a split rounds its own lot.
        const bought = await analyst.ask('ledger.transactions', { types: ['BUY'], limit: 1000 }, asked);
        const { positions } = await analyst.ask('ledger.positions', {}, asked);
        const left = positions.map(({ cost_local }) => cost_local).filter((cost) => cost !== null);
        const used = transactions.map(({ realised }) => realised?.cost_local);
        const paid = add(bought.transactions.map(({ amount }) => amount));
        expect(Number(add([...left, ...used, paid]))).toBeCloseTo(0, 8);
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
  expect([...seen].sort()).toEqual([...new Set<string>(kinds)].sort());
});
