/** The lines of a performance statement as they fill up with postings, and the lots and cash that gains are reckoned from. */
import { Decimal, sum } from './decimal';
import { type LotBook, lotBook } from './lot-book';
import type { StatementRow } from './statement-rows';

export const statementLines = [
  'initial_value',
  'capital_gains',
  'realised_capital_gains',
  'earnings',
  'fees',
  'taxes',
  'transfers',
  'currency_gains',
  'final_value',
] as const;
export type Line = (typeof statementLines)[number];

export interface LinePosting {
  date: string;
  /** The security, or the currency of cash. */
  key: string;
  /** In base currency, with the sign it has in its line; never 0. */
  amount: Decimal;
  narration: string | null;
}
export type Postings = ReadonlyMap<Line, readonly LinePosting[]>;

export interface ChangeBook {
  /** Left out: of the last day, without a narration. Nothing is posted of 0. */
  post(line: Line, amount: Decimal, of: Pick<LinePosting, 'key'> & Partial<LinePosting>): void;
  /** A lot of the period; the oldest are used up first. */
  buy(security: string, date: string, quantity: Decimal, cost: Decimal): void;
  /** What the shares that go had cost. */
  sell(security: string, quantity: Decimal): Decimal;
  split(security: string, held: Decimal, change: Decimal): void;
  costOf(security: string): Decimal;
  gainOnCash(currency: string, amount: Decimal): void;
  /** One side of an exchange, in base; together they are a gain of the first one's currency. */
  addSide(row: StatementRow, side: Decimal): void;
  /** With the gains on cash, once everything has happened. */
  postings(): Postings;
}

export function changeBook(lastDay: string): ChangeBook {
  const postings = new Map<Line, LinePosting[]>(statementLines.map((line) => [line, []]));
  const books = new Map<string, LotBook>();
  const cashGains = new Map<string, Decimal>();
  const exchanges = new Map<string, LinePosting>();
  const bookOf = (security: string): LotBook => {
    const book = books.get(security) ?? lotBook('fifo');
    books.set(security, book);
    return book;
  };
  const costOf = (lots: readonly { cost: Decimal }[]): Decimal => sum(lots.map(({ cost }) => cost));
  let entries = 0;
  const post: ChangeBook['post'] = (line, amount, of) => {
    if (!amount.isZero()) postings.get(line)?.push({ date: lastDay, narration: null, ...of, amount });
  };
  return {
    post,
    buy(security, date, quantity, cost) {
      entries += 1;
      const lot = { lot_id: date, date, entry: entries, account: '', quantity, cost, costLocal: cost };
      bookOf(security).add(lot);
    },
    sell: (security, quantity) => costOf(bookOf(security).take('', quantity)),
    split(security, held, change) {
      if (!held.isZero()) bookOf(security).split(null, held.plus(change), held);
    },
    costOf: (security) => costOf(bookOf(security).lots()),
    gainOnCash(currency, amount) {
      cashGains.set(currency, (cashGains.get(currency) ?? new Decimal(0)).plus(amount));
    },
    addSide({ exchange, date, currency, narration }, side) {
      const known = exchanges.get(exchange);
      const amount = known ? known.amount.plus(side) : side;
      exchanges.set(exchange, { date, key: currency, narration, ...known, amount });
    },
    postings() {
      for (const [key, amount] of cashGains) post('currency_gains', amount, { key });
      for (const gain of exchanges.values()) post('currency_gains', gain.amount, gain);
      return postings;
    },
  };
}
