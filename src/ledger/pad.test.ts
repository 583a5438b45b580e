/** Padding, case by case as Beancount 3.2 books it. */
import { parseLedger } from './parse-ledger';

const head = `2020-01-01 open Assets:Bank
2020-01-01 open Assets:Bank:Savings
2020-01-01 open Assets:Shares
2020-01-01 open Equity:Opening
`;
const spend = (date: string, amount: string): string =>
  `${date} * "x"\n  Assets:Bank  ${amount}\n  Equity:Opening\n`;

function padded(text: string): { padding: string[]; problems: string[] } {
  const { entries, problems } = parseLedger(head + text, 'test');
  return {
    padding: entries
      .filter((entry) => entry.kind === 'transaction' && entry.flag === 'P')
      .flatMap((entry) =>
        entry.kind === 'transaction'
          ? [
              `${entry.date} ${String(entry.line - 4)} ${entry.postings
                .map(({ account, units }) => `${account} ${units.number.toString()} ${units.currency}`)
                .join(', ')}`,
            ]
          : [],
      ),
    problems: problems.map(({ line, message }) => `${String(line - 4)}: ${message}`),
  };
}

it('books what the next assertion lacks, on the day of the pad, against the account it names', () => {
  expect(
    padded(
      `2020-01-02 pad Assets:Bank Equity:Opening\n${spend('2020-01-05', '-30.00 USD')}2020-02-01 balance Assets:Bank 100.00 USD\n`,
    ),
  ).toEqual({ padding: ['2020-01-02 1 Assets:Bank 130 USD, Equity:Opening -130 USD'], problems: [] });
});

it('fills every currency once, and a later assertion has to be true by itself', () => {
  const { padding, problems } = padded(
    '2020-01-02 pad Assets:Bank Equity:Opening\n2020-02-01 balance Assets:Bank 1.00 USD\n2020-02-01 balance Assets:Bank 2.00 EUR\n2020-03-01 balance Assets:Bank 5.00 USD\n',
  );
  expect(padding).toEqual([
    '2020-01-02 1 Assets:Bank 1 USD, Equity:Opening -1 USD',
    '2020-01-02 1 Assets:Bank 2 EUR, Equity:Opening -2 EUR',
  ]);
  expect(problems).toEqual(['4: balance of Assets:Bank: 5 USD asserted, 1 USD there (difference -4)']);
});

it('lets a second pad fill again', () => {
  const { padding, problems } = padded(
    '2020-01-02 pad Assets:Bank Equity:Opening\n2020-02-01 balance Assets:Bank 1.00 USD\n2020-02-02 pad Assets:Bank Equity:Opening\n2020-03-01 balance Assets:Bank 5.00 USD\n',
  );
  expect(problems).toEqual([]);
  expect(padding.map((text) => text.split(',')[0])).toEqual([
    '2020-01-02 1 Assets:Bank 1 USD',
    '2020-02-02 3 Assets:Bank 4 USD',
  ]);
});

it('counts the accounts below, and leaves alone what is within the tolerance', () => {
  expect(
    padded(
      '2020-01-02 pad Assets:Bank Equity:Opening\n2020-01-03 * "x"\n  Assets:Bank:Savings  60.00 USD\n  Equity:Opening\n2020-02-01 balance Assets:Bank 100.00 USD\n',
    ).padding,
  ).toEqual(['2020-01-02 1 Assets:Bank 40 USD, Equity:Opening -40 USD']);
  expect(
    padded(
      `${spend('2020-01-01', '100.004 USD')}2020-01-02 pad Assets:Bank Equity:Opening\n2020-02-01 balance Assets:Bank 100.00 USD\n`,
    ),
  ).toEqual({
    padding: [],
    problems: ['4: the pad of Assets:Bank fills nothing: no balance assertion after it needs it'],
  });
});

it('refuses to fill what is held at a cost, and a pad that another one follows before an assertion', () => {
  expect(
    padded(
      '2020-01-02 * "b"\n  Assets:Shares  1 XYZ {5.00 USD}\n  Assets:Bank\n2020-01-03 pad Assets:Shares Equity:Opening\n2020-02-01 balance Assets:Shares 3 XYZ\n',
    ).problems[0],
  ).toBe(
    '5: XYZ in Assets:Shares is held at a cost, which no pad can fill: book what is missing with its cost',
  );
  expect(
    padded(
      '2020-01-02 pad Assets:Bank Equity:Opening\n2020-01-03 pad Assets:Bank Equity:Opening\n2020-02-01 balance Assets:Bank 1.00 USD\n',
    ),
  ).toEqual({
    padding: ['2020-01-03 2 Assets:Bank 1 USD, Equity:Opening -1 USD'],
    problems: ['1: the pad of Assets:Bank fills nothing: no balance assertion after it needs it'],
  });
});
