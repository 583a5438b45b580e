/** The directives that begin with a date, but transactions. */
import { type Cursor, need, needAmount, rest, SyntaxProblem, take, takeNumber, takeText } from './cursor';
import { Exact } from './decimal';
import type { Amount, Place, RawEntry } from './entries';

/** @throws SyntaxProblem */
export function readDated(cursor: Cursor, keyword: string, place: Place & { date: string }): RawEntry {
  const account = (): string => need(cursor, 'account', 'an account');
  switch (keyword) {
    case 'open':
      return {
        kind: 'open',
        ...place,
        account: account(),
        currencies: readCurrencies(cursor),
        booking: take(cursor, 'string'),
      };
    case 'close':
      return { kind: 'close', ...place, account: account() };
    case 'commodity':
      return { kind: 'commodity', ...place, currency: need(cursor, 'currency', 'a commodity'), name: null };
    case 'price':
      return {
        kind: 'price',
        ...place,
        currency: need(cursor, 'currency', 'a commodity'),
        price: needAmount(cursor),
      };
    case 'balance':
      return { kind: 'balance', ...place, account: account(), ...readAssertion(cursor) };
    case 'pad':
      return { kind: 'pad', ...place, account: account(), source: account() };
    case 'note':
      return { kind: 'note', ...place, account: account(), text: readNote(cursor) };
    default:
      throw unknownDirective(keyword);
  }
}

function readCurrencies(cursor: Cursor): string[] {
  const first = take(cursor, 'currency');
  const currencies = first === null ? [] : [first];
  while (takeText(cursor, ',')) currencies.push(need(cursor, 'currency', 'a currency'));
  return currencies;
}

/** `~` gives the tolerance; without it, it is one unit of the last digit written, and nothing for a whole number. */
function readAssertion(cursor: Cursor): { amount: Amount; tolerance: Exact } {
  const written = takeNumber(cursor);
  if (written === null) throw new SyntaxProblem(`expected the balance at "${rest(cursor)}"`);
  const explicit = takeText(cursor, '~') ? takeNumber(cursor) : null;
  const inferred = written.digits === 0 ? new Exact(0) : new Exact(10).pow(-written.digits);
  const amount = { number: written.number, currency: need(cursor, 'currency', 'a currency') };
  return { amount, tolerance: explicit?.number ?? inferred };
}

function readNote(cursor: Cursor): string {
  const text = need(cursor, 'string', 'the note’s text');
  while (take(cursor, 'tag') !== null);
  return text;
}

export function unknownDirective(keyword: string): SyntaxProblem {
  return new SyntaxProblem(
    `"${keyword}" is not a directive this reader knows (option, include, open, close, commodity, price, balance, pad, note, transaction)`,
  );
}
