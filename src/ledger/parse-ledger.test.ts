/** The Beancount reader: what it understands, what it refuses and on which line. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ledgerCommitHash, parseLedger } from './parse-ledger';
import type { Transaction } from './entries';

const accounts = `2020-01-01 open Assets:Cash
2020-01-01 open Assets:Shares
2020-01-01 open Equity:Contributions
2020-01-01 open Income:Gains
2020-01-01 open Expenses:Fees
`;
const buys = `2020-01-02 * "one"
  Assets:Shares  10 XYZ {100.00 USD}
  Assets:Cash
2020-02-03 * "two"
  Assets:Shares  10 XYZ {120.00 USD}
  Assets:Cash
`;

function problemsOf(text: string): string[] {
  return parseLedger(accounts + text, 'test').problems.map(
    ({ line, message }) => `${String(line - 5)}: ${message}`,
  );
}

function transactionsOf(text: string): Transaction[] {
  const { entries, problems } = parseLedger(accounts + text, 'test');
  expect(problems).toEqual([]);
  return entries.filter((entry) => entry.kind === 'transaction');
}

/** `account units cost price lot`, one text per leg. */
function legsOf(text: string): string[] {
  return transactionsOf(text).flatMap(({ postings }) =>
    postings.map(({ account, units, lot_id }) =>
      [account, units.number.toString(), units.currency, lot_id].filter((part) => part !== null).join(' '),
    ),
  );
}

describe('the reader', () => {
  it('tolerates comments, headings, metadata, tags, links and payees', () => {
    const [transaction] = transactionsOf(`* A heading
; a comment
2020-01-02 ! "A payee; not a comment" "Narration" #tag ^link ; comment
  key: "value"
  Assets:Cash  1,000.50 USD ; comment
    note: 3
  Equity:Contributions
`);
    expect(transaction).toMatchObject({ flag: '!', payee: 'A payee; not a comment', narration: 'Narration' });
  });

  it.each([
    ['include "other.beancount"', '1: a ledger of one text includes no files'],
    ['2020-01-02 pad Assets:Cash', '1: expected an account at ""'],
    ['2020-01-02 pad Assets:Cash Equity:Nobody', '1: Equity:Nobody is not open'],
    ['2020-01-02 note Assets:Cash', '1: expected the note’s text'],
    ['2020-01-02 note Assets:Nothing "text"', '1: Assets:Nothing is not open'],
    ['plugin "beancount.plugins.auto"', '1: plugins are not run here'],
    ['option "name_assets" "Vermoegen"', '1: the option "name_assets" is not supported'],
    ['option "booking_method" "AVERAGE"', '1: the booking method "AVERAGE" is not supported'],
    ['2020-01-02 budget Assets:Cash 1.00 USD', '1: "budget" is not a directive'],
    ['2020-02-30 open Assets:Other', '1: 2020-02-30 is not a day'],
    ['2020-01-02 open assets:other', '1: expected an account'],
    ['2020-01-02 price XYZ 1 / 3 USD', '1: expected a currency'],
    ['2020-01-02 * "a"\n  Assets:Cash  (1+1) USD', '2: expected a number'],
    ['2020-01-02 commodity XYZ what', '1: cannot read "what"'],
    ['2020-01-02 commodity XYZ\n  Assets:Cash 1 USD', '2: "Assets:Cash 1 USD" belongs to no transaction'],
    ['2020-01-02 * "unfinished', '1: cannot read'],
  ])('reports %j with its line', (text, problem) => {
    expect(problemsOf(text)[0]).toContain(problem);
  });

  it('reports all problems at once, in the order of lines', () => {
    expect(
      problemsOf('2020-01-02 budget "a" "b"\n2020-01-01 commodity x').map((text) => text.slice(0, 2)),
    ).toEqual(['1:', '2:']);
  });

  it('keeps notes, and leaves out what moves nothing, with its line', () => {
    const { entries, problems, ignored } = parseLedger(
      `${accounts}pushtag #trip
2020-01-02 note Assets:Cash "called the bank" #tag
poptag #trip
2020-01-02 event "location" "Paris"
2020-01-02 custom "budget" Assets:Cash 3 USD
  key: "value"
2020-01-02 query "cash" "select account"
2020-01-02 document Assets:Cash "/receipt.pdf"
option "title" "Mine"
option "name_assets" "Assets"
`,
      'test',
    );
    expect(problems).toEqual([]);
    expect(entries.find(({ kind }) => kind === 'note')).toMatchObject({ text: 'called the bank', line: 7 });
    expect(ignored.map(({ file, line, message }) => `${file}:${String(line)} ${message}`)).toEqual([
      'test:9 "event" moves nothing and is left out',
      'test:10 "custom" moves nothing and is left out',
      'test:12 "query" moves nothing and is left out',
      'test:13 "document" moves nothing and is left out',
    ]);
  });

  it('knows the name that a commodity’s metadata give it', () => {
    const { entries } = parseLedger(
      '2020-01-01 commodity XYZ\n  quote: "USD"\n  name: "The XYZ \\"Co\\""\n',
      'test',
    );
    expect(entries).toMatchObject([{ kind: 'commodity', currency: 'XYZ', name: 'The XYZ "Co"' }]);
  });

  it('orders by day; within a day balances come before transactions', () => {
    const kinds = parseLedger(
      `${accounts}2020-01-02 * "in"\n  Assets:Cash 5.00 USD\n  Equity:Contributions\n2020-01-02 balance Assets:Cash 0.00 USD\n`,
      'test',
    );
    expect(kinds.problems).toEqual([]);
    expect(kinds.entries.slice(-2).map(({ kind }) => kind)).toEqual(['balance', 'transaction']);
  });

  it('names a state of the ledger by the hash of its text', () => {
    expect(ledgerCommitHash('')).toBe(
      'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});

describe('balancing', () => {
  it('fills in the leg without an amount', () => {
    expect(
      legsOf('2020-01-02 * "a"\n  Assets:Cash 5.00 USD\n  Expenses:Fees 1.50 USD\n  Equity:Contributions\n'),
    ).toEqual(['Assets:Cash 5 USD', 'Expenses:Fees 1.5 USD', 'Equity:Contributions -6.5 USD']);
  });

  it('fills in one leg for each currency left over', () => {
    expect(
      legsOf('2020-01-02 * "a"\n  Assets:Cash 5.00 USD\n  Assets:Cash 7.00 CAD\n  Equity:Contributions\n'),
    ).toContain('Equity:Contributions -7 CAD');
  });

  it.each(['10.00 USD @ 1.25 CAD', '10.00 USD @@ 12.50 CAD'])('counts %s at its price', (units) => {
    expect(problemsOf(`2020-01-02 * "a"\n  Assets:Cash ${units}\n  Assets:Cash -12.50 CAD\n`)).toEqual([]);
  });

  it('takes half a unit of the last digit for rounding, and no more', () => {
    const rounded = (amount: string): string[] =>
      problemsOf(`2020-01-02 * "a"\n  Assets:Shares 3 XYZ {3.335 USD}\n  Assets:Cash ${amount} USD\n`);
    expect(rounded('-10.00')).toEqual([]);
    expect(rounded('-9.99')).toEqual(['1: the transaction does not balance: 0.015 USD left over']);
    expect(rounded('-10')).toEqual(['1: the transaction does not balance: 0.005 USD left over']);
  });

  it('refuses two legs without an amount', () => {
    expect(problemsOf('2020-01-02 * "a"\n  Assets:Cash\n  Equity:Contributions\n')).toEqual([
      '3: only one leg of a transaction may be without an amount',
    ]);
  });

  it('refuses accounts that are not open, closed, or for another currency', () => {
    const text = `2020-01-01 open Assets:Euro EUR
2020-01-02 * "a"
  Assets:Nowhere 1.00 USD
  Assets:Euro -1.00 USD
2020-01-03 close Assets:Euro
2020-01-04 * "b"
  Assets:Euro 0.00 EUR
  Assets:Cash 0.00 EUR
`;
    expect(problemsOf(text)).toEqual([
      '3: Assets:Nowhere is not open',
      '4: Assets:Euro holds EUR, not USD',
      '7: Assets:Euro is already closed',
    ]);
  });
});

describe('balance assertions', () => {
  const deposit = '2020-01-02 * "a"\n  Assets:Cash 100.004 USD\n  Equity:Contributions\n';

  it('tolerate one unit of the last digit written, or what is given after ~', () => {
    expect(problemsOf(`${deposit}2020-01-03 balance Assets:Cash 100.00 USD\n`)).toEqual([]);
    expect(problemsOf(`${deposit}2020-01-03 balance Assets:Cash 100.4 ~ 0.5 USD\n`)).toEqual([]);
  });

  it('are exact for whole numbers, and say what is there', () => {
    expect(problemsOf(`${deposit}2020-01-03 balance Assets:Cash 100 USD\n`)).toEqual([
      '4: balance of Assets:Cash: 100 USD asserted, 100.004 USD there (difference 0.004)',
    ]);
  });

  it('cover the accounts below', () => {
    expect(problemsOf(`${deposit}2020-01-03 balance Assets 100.00 USD\n`)).toEqual([
      '4: expected an account at "Assets 100.00 USD"',
    ]);
    const below = `2020-01-01 open Assets:Cash:A\n2020-01-02 * "a"\n  Assets:Cash:A 1.00 USD\n  Equity:Contributions\n`;
    expect(problemsOf(`${below}2020-01-03 balance Assets:Cash 1.00 USD\n`)).toEqual([]);
  });
});

describe('lots', () => {
  const fifo = 'option "booking_method" "FIFO"\n';
  const sell = (spec: string, units = -10, price = '@ 130.00 USD'): string =>
    `${buys}2020-03-04 * "sell"\n  Assets:Shares ${String(units)} XYZ ${spec} ${price}\n  Assets:Cash ${String(-units * 130)}.00 USD\n  Income:Gains\n`;
  const soldOf = (text: string): string[] => legsOf(text).filter((leg) => leg.startsWith('Assets:Shares -'));

  it.each([
    ['{120.00 USD}', ['Assets:Shares -10 XYZ XYZ_2020-02-03_1']],
    ['{2020-02-03}', ['Assets:Shares -10 XYZ XYZ_2020-02-03_1']],
    ['{100.00 USD, 2020-01-02}', ['Assets:Shares -10 XYZ XYZ_2020-01-02_1']],
  ])('are reduced as %s says', (spec, sold) => {
    expect(soldOf(sell(spec))).toEqual(sold);
  });

  it('are reduced oldest first by {} with FIFO, in as many legs as it takes', () => {
    expect(soldOf(fifo + sell('{}', -15))).toEqual([
      'Assets:Shares -10 XYZ XYZ_2020-01-02_1',
      'Assets:Shares -5 XYZ XYZ_2020-02-03_1',
    ]);
  });

  it.each([
    ['FIFO', ['-5 XYZ XYZ_2020-01-02_1']],
    ['LIFO', ['-5 XYZ XYZ_2020-03-03_1']],
    ['HIFO', ['-5 XYZ XYZ_2020-02-03_1']],
  ])('are reduced as %s says, whether the account names it or the ledger does', (method, sold) => {
    const trades = (account: string): string =>
      ['2020-01-02 {100.00 USD}', '2020-02-03 {120.00 USD}', '2020-03-03 {110.00 USD}']
        .map((lot) => `${lot.slice(0, 10)} * "b"\n  ${account}  10 XYZ ${lot.slice(11)}\n  Assets:Cash\n`)
        .join('') +
      `2020-04-04 * "s"\n  ${account}  -5 XYZ {} @ 130.00 USD\n  Assets:Cash  650.00 USD\n  Income:Gains\n`;
    const legs = (text: string): string[] =>
      legsOf(text)
        .filter((leg) => / -5 XYZ/.test(leg))
        .map((leg) => leg.slice(leg.indexOf('-5')));
    expect(legs(`2020-01-01 open Assets:Own XYZ "${method}"\n${trades('Assets:Own')}`)).toEqual(sold);
    expect(legs(`option "booking_method" "${method}"\n${trades('Assets:Shares')}`)).toEqual(sold);
  });

  it('leave the realised gain to the leg without an amount', () => {
    expect(legsOf(fifo + sell('{}', -15)).at(-1)).toBe('Income:Gains -350 USD');
  });

  it('share a price of all units by the units each gives', () => {
    const postings = transactionsOf(fifo + sell('{}', -15, '@@ 1950.00 USD')).at(-1)?.postings ?? [];
    expect(postings.slice(0, 2).map(({ price }) => price?.number.toString())).toEqual(['1300', '650']);
  });

  it('cannot be reduced by more than they hold', () => {
    expect(problemsOf(sell('{}', -21))[0]).toBe('8: not enough lots: 21 XYZ to reduce, 20 held that match');
    expect(problemsOf(sell('{100.00 USD}', -11))[0]).toContain('10 held that match');
    expect(problemsOf(sell('{99.00 USD}'))[0]).toContain('0 held that match');
  });

  it('have to be named without doubt, unless all of them go', () => {
    const two = `${buys}2020-02-03 * "three"\n  Assets:Shares 5 XYZ {121.00 USD}\n  Assets:Cash\n`;
    const day = (units: number): string =>
      `${two}2020-03-04 * "sell"\n  Assets:Shares ${String(units)} XYZ {2020-02-03} @ 1 USD\n  Assets:Cash\n`;
    expect(problemsOf(day(-3))).toEqual([
      '11: ambiguous: 2 lots of XYZ match: 10 {120 USD, 2020-02-03}, 5 {121 USD, 2020-02-03}; name one by cost and day, or open the account with "FIFO"',
    ]);
    expect(problemsOf(day(-15))).toEqual([]);
  });

  it('have to be named without doubt by {} too, with STRICT or where no method is named', () => {
    for (const method of ['', 'option "booking_method" "STRICT"\n']) {
      const line = method === '' ? '8' : '9';
      expect(problemsOf(method + sell('{}'))).toEqual([
        `${line}: ambiguous: 2 lots of XYZ match: 10 {100 USD, 2020-01-02}, 10 {120 USD, 2020-02-03}; name one by cost and day, or open the account with "FIFO"`,
      ]);
      expect(problemsOf(method + sell('{}', -20))).toEqual([]);
    }
    const equal = buys.slice(0, buys.indexOf('2020-02-03')).repeat(2);
    expect(soldOf(`${equal}${sell('{}', -15).slice(buys.length)}`)).toEqual([
      'Assets:Shares -10 XYZ XYZ_2020-01-02_1',
      'Assets:Shares -5 XYZ XYZ_2020-01-02_2',
    ]);
  });

  it('take a total cost, a date of their own and a label', () => {
    const [transaction] = transactionsOf(
      '2020-01-02 * "a"\n  Assets:Shares 4 XYZ {{500.00 USD, 2019-05-06, "gift"}}\n  Assets:Cash\n',
    );
    expect(transaction?.postings[0]).toMatchObject({ cost: { date: '2019-05-06', label: 'gift' } });
    expect(transaction?.postings[0]?.cost?.number.toString()).toBe('125');
  });

  it('refuse a purchase without its cost, and a booking method nobody wrote', () => {
    expect(problemsOf('2020-01-02 * "a"\n  Assets:Shares 4 XYZ {}\n  Assets:Cash\n')[0]).toContain(
      'needs its cost',
    );
    expect(problemsOf('2020-01-01 open Assets:Other XYZ "AVERAGE"\n')[0]).toContain(
      '"AVERAGE" is not supported',
    );
  });
});

it.each(['ledger', 'second'])('finds nothing wrong with demo/%s.beancount', (name) => {
  const text = readFileSync(path.join(__dirname, `../../demo/${name}.beancount`), 'utf8');
  expect(parseLedger(text, name).problems).toEqual([]);
});

it('refuses a leg without an amount that would fill an account with what it does not hold', () => {
  const opened = '2020-01-01 open Assets:Euro EUR\n2020-01-02 * "t"\n';
  expect(problemsOf(`${opened}  Equity:Contributions -5.00 USD\n  Assets:Euro\n`)).toEqual([
    '4: Assets:Euro holds EUR, not USD',
  ]);
  expect(problemsOf(`${opened}  Equity:Contributions -5.00 EUR\n  Assets:Euro\n`)).toEqual([]);
});

it('refuses a cost below zero, and days that the calendar does not have', () => {
  const bought = '2020-01-02 * "t"\n  Assets:Shares 1 XYZ {-5.00 USD}\n  Assets:Cash\n';
  expect(problemsOf(bought)[0]).toBe('2: a cost is not negative');
  expect(problemsOf('0000-01-02 close Assets:Cash\n')).toEqual([
    '1: 0000-01-02 is not a day of the calendar',
  ]);
  expect(problemsOf('2100-02-29 close Assets:Cash\n')).toEqual([
    '1: 2100-02-29 is not a day of the calendar',
  ]);
});

it('reads over the mark that editors put before a text, and refuses to close an account twice', () => {
  expect(parseLedger(`\uFEFF${accounts}`, 'test').problems).toEqual([]);
  const close = '2020-01-02 close Assets:Cash\n';
  expect(problemsOf(close + close)).toEqual(['2: Assets:Cash is closed twice']);
});
