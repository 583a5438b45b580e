/** The lines of a Beancount file become entries as written; nothing is booked or checked for sense yet. */
import {
  type Cursor,
  need,
  needAmount,
  needEnd,
  rest,
  SyntaxProblem,
  take,
  takeDate,
  takeNumber,
  takeText,
  withoutComment,
} from './cursor';
import { Exact } from './decimal';
import type { Amount, LedgerProblem, RawCost, RawEntry, RawPosting, RawTransaction } from './entries';

/** Reads on after a problem, so that all of them are reported at once. */
export function readSyntax(text: string): { entries: RawEntry[]; problems: LedgerProblem[] } {
  const entries: RawEntry[] = [];
  const problems: LedgerProblem[] = [];
  let current: RawEntry | null = null;
  text.split(/\r?\n/).forEach((source, index) => {
    const line = index + 1;
    const content = withoutComment(source);
    if (content.trim() === '') return;
    try {
      if (/^[ \t]/.test(content)) {
        readIndented(content.trim(), line, current);
        return;
      }
      // Beancount takes a line that begins like a heading for a comment.
      if (/^[*:#!|&%]/.test(content)) return;
      current = null;
      current = readDirective({ text: content, at: 0 }, line);
      entries.push(current);
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      problems.push({ line, message: error.message });
    }
  });
  return { entries, problems };
}

/** Metadata stands under any directive, postings under a transaction only. */
function readIndented(content: string, line: number, current: RawEntry | null): void {
  if (/^[a-z][A-Za-z0-9_-]*:/.test(content) || /^[#^]/.test(content)) return;
  // What follows a directive that could not be read was reported with it.
  if (current === null) return;
  if (current.kind !== 'transaction') throw new SyntaxProblem(`"${content}" belongs to no transaction`);
  current.postings.push(readPosting({ text: content, at: 0 }, line));
}

function readDirective(cursor: Cursor, line: number): RawEntry {
  const date = takeDate(cursor);
  if (date === null) return readOption(cursor, line);
  const flag = take(cursor, 'flag') ?? (takeText(cursor, 'txn') ? '*' : null);
  if (flag !== null) return readTransaction(cursor, { date, line, flag });
  const keyword = take(cursor, 'word') ?? rest(cursor);
  const entry = readDated(cursor, keyword, date, line);
  needEnd(cursor);
  return entry;
}

function readOption(cursor: Cursor, line: number): RawEntry {
  const keyword = take(cursor, 'word') ?? rest(cursor);
  if (keyword !== 'option') throw unknownDirective(keyword);
  const entry: RawEntry = {
    kind: 'option',
    line,
    name: need(cursor, 'string', 'the option’s name'),
    value: need(cursor, 'string', 'the option’s value'),
  };
  needEnd(cursor);
  return entry;
}

function readDated(cursor: Cursor, keyword: string, date: string, line: number): RawEntry {
  const account = (): string => need(cursor, 'account', 'an account');
  switch (keyword) {
    case 'open':
      return {
        kind: 'open',
        date,
        line,
        account: account(),
        currencies: readCurrencies(cursor),
        booking: take(cursor, 'string'),
      };
    case 'close':
      return { kind: 'close', date, line, account: account() };
    case 'commodity':
      return { kind: 'commodity', date, line, currency: need(cursor, 'currency', 'a commodity') };
    case 'price':
      return {
        kind: 'price',
        date,
        line,
        currency: need(cursor, 'currency', 'a commodity'),
        price: needAmount(cursor),
      };
    case 'balance':
      return { kind: 'balance', date, line, account: account(), ...readAssertion(cursor) };
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

function readTransaction(cursor: Cursor, head: { date: string; line: number; flag: string }): RawTransaction {
  const texts: string[] = [];
  for (let text = take(cursor, 'string'); text !== null; text = take(cursor, 'string')) texts.push(text);
  while (take(cursor, 'tag') !== null);
  needEnd(cursor);
  if (texts.length > 2) throw new SyntaxProblem('a transaction has a payee and a narration, not more texts');
  const payee = texts.length === 2 ? (texts[0] ?? null) : null;
  return { kind: 'transaction', ...head, payee, narration: texts.at(-1) ?? '', postings: [] };
}

function readPosting(cursor: Cursor, line: number): RawPosting {
  take(cursor, 'flag');
  const account = need(cursor, 'account', 'an account');
  const posting: RawPosting = { line, account, units: null, cost: null, price: null };
  if (rest(cursor) === '') return posting;
  posting.units = needAmount(cursor);
  posting.cost = readCost(cursor);
  if (takeText(cursor, '@')) {
    const total = takeText(cursor, '@');
    const { number, currency } = needAmount(cursor);
    posting.price = { number, currency, total };
    if (number.isNegative()) throw new SyntaxProblem('a price is not negative');
  }
  needEnd(cursor);
  return posting;
}

function readCost(cursor: Cursor): RawCost | null {
  const total = takeText(cursor, '{{');
  if (!total && !takeText(cursor, '{')) return null;
  const close = total ? '}}' : '}';
  const cost: RawCost = { amount: null, total, date: null, label: null };
  while (!takeText(cursor, close)) {
    // The date first: its year would pass for a number.
    const date = takeDate(cursor);
    const label = date === null ? take(cursor, 'string') : null;
    if (date !== null) cost.date = date;
    else if (label !== null) cost.label = label;
    else cost.amount = needAmount(cursor);
    if (!takeText(cursor, ',') && !cursor.text.startsWith(close, cursor.at)) {
      throw new SyntaxProblem(`cannot read the cost at "${rest(cursor)}"`);
    }
  }
  return cost;
}

function unknownDirective(keyword: string): SyntaxProblem {
  return new SyntaxProblem(
    `"${keyword}" is not a directive this reader knows (option, open, close, commodity, price, balance, transaction)`,
  );
}
