/**
 * A performance statement once more, posting by posting, with what each is made of: prices and rates at both ends, the rate of
 * each payment's day, the lots that a sale used up. The amounts are added up here, not taken from the capability's own code.
 */
import type { FxEvidence, LotEvidence, PriceEvidence } from '../../contract/explanation';
import { Decimal, roundMoney } from '../../services/decimal';
import { roundTogether } from '../../services/share-out';
import { statementHoldings, type StatementHoldings } from '../../services/statement-holdings';
import { statementRowsOf } from '../../services/statement-of-ledger';
import type { StatementRow } from '../../services/statement-rows';
import { type Line, type LinePosting, statementLines } from '../../services/value-change';
import type { Activity } from './activity';
import { type DatedRate, datedRates } from './dated-rates';
import { lineWords, pricesOf, ratesOf, type ValuedLine } from './day-valuation';
import type { PortfolioPast } from './past';
import { periodLots } from './period-lots';
import { cashWords, exchangeWords, gainWords, moneyWords, type Moved } from './statement-words';

export interface Shown {
  /** Each can be checked by hand. */
  words: string[];
  prices: PriceEvidence[];
  fx: FxEvidence[];
  lots: LotEvidence[];
}
export type TracedPosting = LinePosting & Shown;
export type StatementTrace = ReadonlyMap<Line, readonly TracedPosting[]>;

const unknown: DatedRate = { rate: new Decimal(0), evidence: null };

interface Period {
  from: string;
  to: string;
}

interface Held {
  key: string;
  isCash: boolean;
  line: ValuedLine;
  amount: Decimal;
}

/** Right for every line that the statement has an amount of. What lacks a price or a rate counts 0, and its lines have none. */
export function traceStatement(past: PortfolioPast, activity: Activity, { from, to }: Period): StatementTrace {
  const base = past.base_currency;
  const rates = datedRates(past, activity);
  const rateOn = (currency: string, date: string): DatedRate => rates(currency, date) ?? unknown;
  const nameOf = (key: string): string => past.symbols.get(key) ?? key;
  const postings = new Map<Line, TracedPosting[]>(statementLines.map((line) => [line, []]));
  const post = (line: Line, of: Omit<LinePosting, 'narration'> & { narration?: string | null }, shown: Partial<Shown>): void => {
    if (of.amount.isZero()) return;
    postings.get(line)?.push({ narration: null, words: [], prices: [], fx: [], lots: [], ...of, ...shown });
  };
  const lots = periodLots(nameOf, base);
  const cash = new Map<string, Moved>();
  const cashOf = (currency: string): Moved => {
    const known = cash.get(currency) ?? { currency, start: null, end: null, came: none(), went: none(), fx: [] };
    cash.set(currency, known);
    return known;
  };
  const moveCash = ({ currency, direction, amount }: StatementRow, inBase: Decimal, fx: FxEvidence[]): void => {
    const moved = cashOf(currency);
    const side = direction > 0 ? moved.came : moved.went;
    side.count += 1;
    side.local = side.local.plus(amount);
    side.base = side.base.plus(inBase);
    moved.fx.push(...fx);
  };
  const exchanges = new Map<string, TracedPosting>();
  const held = statementHoldings();
  const rows = statementRowsOf(activity.ledger, base).filter(({ date }) => date <= to);

  for (const row of rows.filter(({ date }) => date <= from)) held.apply(row);
  for (const { key, isCash, line, amount } of worthOn(from, held, past, rateOn)) {
    post('initial_value', { key, date: from, amount }, { words: [lineWords(line, base)], ...quotesOf(line) });
    if (isCash) cashOf(key).start = { line, amount };
    else lots.add(key, { date: from, isStart: true, currency: line.currency, rate: rateOn(line.currency, from) }, line.quantity, amount, line.quantity.times(line.price?.close ?? 0));
  }
  for (const row of rows.filter(({ date }) => date > from)) {
    const { date, currency, direction, security, narration, quantity } = row;
    if (row.kind === 'split') lots.split(security, held.quantityOf(security), quantity);
    held.apply(row);
    if (row.kind === 'split') continue;
    const rate = rateOn(currency, date);
    const inBase = roundMoney(row.amount.times(rate.rate));
    const fx = rate.evidence ? [rate.evidence] : [];
    const money = moneyWords(row.amount, currency, rate, base);
    moveCash(row, inBase, fx);
    const key = security === '' ? currency : security;
    if (row.kind === 'exchange') {
      const known = exchanges.get(row.exchange) ?? { date, key: currency, narration, amount: new Decimal(0), words: [], prices: [], fx: [], lots: [] };
      const amount = known.amount.plus(inBase.times(direction));
      exchanges.set(row.exchange, { ...known, amount, words: [...known.words, exchangeWords(money, direction)], fx: [...known.fx, ...fx] });
    } else if (row.line) {
      post(row.line, { key, date, narration, amount: inBase.times(row.sign) }, { words: [money], fx });
    } else if (row.shares > 0 && !quantity.isZero()) {
      lots.add(security, { date, isStart: false, currency, rate }, quantity, inBase, row.amount);
    } else {
      const used = lots.take(security, quantity);
      const amount = inBase.minus(used.cost);
      const words = [`the sale on ${date} brought ${money}`, ...used.words, gainWords(inBase, used.cost, amount, base)];
      post('realised_capital_gains', { key, date, narration, amount }, { words, fx: [...fx, ...used.fx], lots: used.lots, prices: startPrices(past, key, used.isOfStart ? from : null) });
    }
  }
  for (const { key, isCash, line, amount } of worthOn(to, held, past, rateOn)) {
    const quotes = quotesOf(line);
    post('final_value', { key, date: to, amount }, { words: [lineWords(line, base)], ...quotes });
    if (isCash) cashOf(key).end = { line, amount };
    else {
      const left = lots.left(key);
      const gain = amount.minus(left.cost);
      const words = [lineWords(line, base), ...left.words, gainWords(amount, left.cost, gain, base)];
      post('capital_gains', { key, date: to, amount: gain }, { words, lots: left.lots, fx: [...left.fx, ...quotes.fx], prices: [...startPrices(past, key, left.isOfStart ? from : null), ...quotes.prices] });
    }
  }
  for (const moved of cash.values()) {
    const { amount, words, fx } = cashWords(moved, base);
    post('currency_gains', { key: moved.currency, date: to, amount }, { words, fx });
  }
  for (const { amount, words, ...exchange } of exchanges.values()) post('currency_gains', { ...exchange, amount }, { ...exchange, words });
  return postings;
} // prettier-ignore

function none(): Moved['came'] {
  return { count: 0, local: new Decimal(0), base: new Decimal(0) };
}

function quotesOf(line: ValuedLine): Pick<Shown, 'prices' | 'fx'> {
  return { prices: pricesOf([line]), fx: ratesOf([line]) };
}

function startPrices(past: PortfolioPast, security: string, from: string | null): PriceEvidence[] {
  const rows = from === null ? [] : (past.prices.get(from) ?? []);
  return rows
    .filter(({ security_id }) => security_id === security)
    .map(({ security_id: _security, ...price }) => price);
}

/** Each and together rounded to money. */
function worthOn(
  date: string,
  held: StatementHoldings,
  past: PortfolioPast,
  rateOn: (currency: string, date: string) => DatedRate,
): Held[] {
  const prices = new Map((past.prices.get(date) ?? []).map((row) => [row.security_id, row]));
  const shares = held.shares().flatMap(([key, quantity]) => {
    const price = prices.get(key);
    if (!price) return [];
    const rate = rateOn(price.currency, date);
    const value = quantity.times(price.close).times(rate.rate);
    const line = { symbol: price.symbol, quantity, price, currency: price.currency, rate, value };
    return [{ key, isCash: false, line }];
  });
  const cash = held.cash().map(([key, quantity]) => {
    const rate = rateOn(key, date);
    const line = {
      symbol: key,
      quantity,
      price: null,
      currency: key,
      rate,
      value: quantity.times(rate.rate),
    };
    return { key, isCash: true, line };
  });
  const all = [...shares, ...cash];
  const amounts = roundTogether(all.map(({ line }) => line.value));
  return all.map((one, index) => ({ ...one, amount: amounts[index] as Decimal }));
}
