/** Explains `ledger.transactions`: an entry's amounts and rate, and of a sale what each lot brought and had cost. */
import type { FxEvidence, TransactionEvidence } from '../../../contract/explanation';
import { Decimal, decimalText, ratePlaces, roundMoney } from '../../../services/decimal';
import type { LedgerTransaction } from '../../../services/ledger-transactions';
import type { Activity } from '../activity';
import { byCurrency, type Evidence } from '../evidence';
import type { Explainer, Subject, Told } from '../explainer';
import { valueAt } from '../field-path';
import { deriveRate } from '../rates';
import { amountText, countText, exactText, priceText, rateText } from '../words';
import { toTransaction } from './holding';
import { lotWords, rateSource, soldLot, sumWords } from './sale-words';

export const explainTransactions: Explainer = async (subject, evidence) => {
  const { path, whole } = subject;
  const [list = '', index = '', ...member] = path;
  const activity = await evidence.activity(periodOf(subject, evidence));
  if (list === 'total' || list === 'more') return explainCount(subject, activity, evidence.base);
  const id = valueAt(whole, [list, index, 'transaction_id']);
  const entry = activity.ledger.transactions.find(({ transaction_id }) => transaction_id === id);
  if (!entry) return null;
  const told = member[0] === 'realised' ? explainSale(entry, member.slice(1), activity, evidence) : explainEntry(entry, member[0] ?? '', activity, evidence.base);
  return told && { ...told, inputs: { ...told.inputs, fx: await quoteOf(entry, activity, evidence),
        transactions: await rowsOf(entry, evidence) } };
}; // prettier-ignore

function periodOf({ args }: Subject, { context }: Evidence): { from: string | null; to: string } {
  const { from, to } = args;
  const last = typeof to === 'string' && to < context.asof_date ? to : context.asof_date;
  return { from: typeof from === 'string' ? from : null, to: last };
}

/** The quotes of the entry's rate: those of its day, or the last before it. None where the entry records its own. */
async function quoteOf(
  entry: LedgerTransaction,
  activity: Activity,
  evidence: Evidence,
): Promise<FxEvidence[]> {
  const rate = activity.rateOf(entry);
  if ('reason' in rate || rate.source === 'recorded') return [];
  const { rates } = await evidence.past();
  const day = [...rates.keys()].findLast((date) => date <= entry.date);
  if (day === undefined) return [];
  const derived = deriveRate(entry.currency, evidence.base, entry.date, byCurrency(rates.get(day) ?? []));
  return derived?.evidence ? [derived.evidence] : [];
}

/** The rows of the ledger that the entry is made of. */
async function rowsOf({ date, row_ids }: LedgerTransaction, evidence: Evidence): Promise<TransactionEvidence[]> {
  const rows = await evidence.transactions({ to: date });
  return rows.filter(({ transaction_id }) => row_ids.includes(transaction_id)).map(toTransaction);
} // prettier-ignore

function explainEntry(
  entry: LedgerTransaction,
  member: string,
  activity: Activity,
  base: string,
): Told | null {
  const { amount, quantity, currency, counter_amount, fee, reasons } = entry;
  const rate = activity.rateOf(entry);
  const found = 'rate' in rate ? rate : null;
  const isTold = reasons['amount'] === undefined;
  const isTrade = entry.type === 'BUY' || entry.type === 'SELL';
  const price =
    isTold && isTrade && quantity?.isZero() === false
      ? amount.div(quantity).abs().toDecimalPlaces(ratePlaces)
      : null;
  const inBase = found && isTold ? roundMoney(amount.times(found.rate)) : null;
  const values: Record<string, Decimal | null> = {
    quantity,
    amount: isTold ? amount : null,
    counter_amount,
    fee,
    price,
    rate_base_per_local: found?.rate ?? null,
    amount_base: inBase,
  };
  if (member === 'line')
    return {
      recomputed: entry.line,
      calculation: [],
      inputs: {},
      text: [`It is the line of the ledger on which the entry begins.`],
    };
  if (!(member in values)) return null;
  const value = values[member] ?? null;
  const words: Record<string, string> = {
    ...(price && {
      price: `${amountText(amount.abs())} ${currency} ÷ ${exactText(quantity?.abs() ?? 0)} shares = ${priceText(price)} ${currency}`,
    }),
    ...(inBase &&
      found && {
        amount_base: `${amountText(amount)} ${currency} × ${rateText(found.rate)} ${base} per ${currency} (${rateSource(found)}) = ${amountText(inBase)} ${base}`,
      }),
    ...(found && {
      rate_base_per_local: `${rateText(found.rate)} ${base} per ${currency} (${rateSource(found)})`,
    }),
  };
  return {
    recomputed: value && decimalText(value),
    calculation: words[member] === undefined ? [] : [words[member]],
    inputs: {},
    text: [
      `The ledger has it on ${entry.date}, line ${String(entry.line)}${entry.file === null ? '' : ` of ${entry.file}`}: “${entry.narration}”.`,
    ],
  };
}

function explainSale(
  sale: LedgerTransaction,
  [member = '', index = '', ofLot = '']: readonly string[],
  activity: Activity,
  { base }: Evidence,
): Told | null {
  const realised = activity.realise(sale);
  const closures = activity.closuresOf(sale);
  const lots = closures.map((closure) => soldLot(closure, sale.symbol ?? ''));
  const rate = activity.rateOf(sale);
  const { lots: soldLots, reasons: _reasons, ...amounts } = realised;
  const value =
    member === 'lots'
      ? valueAt(soldLots, [index, ofLot])
      : (amounts as Record<string, Decimal | null>)[member];
  if (value === undefined) return null;
  const recomputed = value instanceof Decimal ? decimalText(value) : value;
  const shown = member === 'lots' ? soldLots.slice(Number(index), Number(index) + 1) : soldLots;
  const saleRate = 'rate' in rate ? rate : null;
  return {
    recomputed,
    calculation: [
      ...shown.flatMap((lot, at) =>
        lotWords(lot, closures[member === 'lots' ? Number(index) : at], sale, saleRate, base),
      ),
      ...(member === 'lots' ? [] : sumWords(member, realised, sale.currency, base)),
    ],
    inputs: { lots },
    text: [
      `On ${sale.date} ${exactText(sale.quantity?.abs() ?? 0)} shares of ${sale.symbol ?? ''} were sold for ${amountText(sale.amount)} ${sale.currency}, from ${countText(soldLots.length, 'lot')}: what each brought at the exchange rate of the sale, less what it had cost at the exchange rate of its purchase.`,
    ],
  };
}

function explainCount({ args, path, whole }: Subject, { ledger }: Activity, base: string): Told {
  const { security_id, types } = args;
  const matching = ledger.transactions.filter(
    (row) =>
      (security_id === undefined || row.security_id === security_id) &&
      (!Array.isArray(types) || types.includes(row.type)),
  );
  const shown = valueAt(whole, ['transactions']);
  const isMore = Array.isArray(shown) && matching.length > shown.length;
  return {
    recomputed: path[0] === 'total' ? matching.length : isMore,
    calculation: [],
    inputs: {},
    text: [`${countText(matching.length, 'transaction')} of the ledger match, in a portfolio in ${base}.`],
  };
}
