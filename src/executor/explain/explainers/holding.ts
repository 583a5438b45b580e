/** Explains `ledger.positions`, and those members of a valued position that the ledger alone decides. */
import type { LotEvidence, TransactionEvidence } from '../../../contract/explanation';
import type { LotRow, TransactionRow } from '../../../db/explain-evidence';
import { Decimal, decimalText, sum } from '../../../services/decimal';
import type { Evidence } from '../evidence';
import { valueAt } from '../field-path';
import type { Explainer, Told } from '../explainer';
import { amountText, countText, exactText, priceText, rateText } from '../words';

/** A row of the result, as far as it says which holding it is. */
export interface HoldingRow {
  symbol: string;
  currency: string;
  security_id: string | null;
}

export const explainHolding: Explainer = async ({ path, whole }, evidence) => {
  const [list, index, member = ''] = path;
  if (list === 'total_positions') return explainCount(evidence);
  const row = list === 'positions' && index !== undefined ? valueAt(whole, [list, index]) : undefined;
  return row === undefined ? null : explainHoldingMember(row as HoldingRow, member, evidence);
};

/** `null`: the ledger does not decide this member. */
export async function explainHoldingMember(
  row: HoldingRow,
  member: string,
  evidence: Evidence,
): Promise<Told | null> {
  if (!['quantity', 'cost_local', 'cost_base'].includes(member)) return null;
  if (row.security_id === null) return explainCash(row, member, evidence);
  const lots = (await evidence.lots()).filter(({ security_id }) => security_id === row.security_id);
  const transactions = await evidence.transactions({ security_id: row.security_id, to: evidence.context.asof_date });
  const inputs = { lots: lots.map(toLot), transactions: transactions.map(toTransaction) };
  const many = `${countText(lots.length, 'open lot')} on ${evidence.context.asof_date}`;
  if (member === 'quantity') {
    const recomputed = decimalText(sum(lots.map((lot) => new Decimal(lot.quantity_open))));
    return {
      recomputed,
      inputs,
      calculation: [
        lots.length === 1
          ? `${exactText(recomputed)} shares of ${row.symbol}, the only open lot on ${evidence.context.asof_date}`
          : `${lots.map(({ quantity_open }) => exactText(quantity_open)).join(' + ')} = ${exactText(recomputed)} shares of ${row.symbol}, the ${many}`,
      ],
      text: [`The ledger holds ${exactText(recomputed)} shares of ${row.symbol} in ${many}: ${lotNames(lots)}.`],
    };
  }
  return member === 'cost_local' ? localCost(row, lots, inputs) : baseCost(row, lots, inputs, evidence.base);
} // prettier-ignore

type HoldingInputs = Told['inputs'];

function localCost({ symbol, currency }: HoldingRow, lots: readonly LotRow[], inputs: HoldingInputs): Told {
  const isMixed = lots.some((lot) => lot.currency !== currency);
  if (isMixed) {
    const text = `The lots of ${symbol} were bought in ${[...new Set(lots.map((lot) => lot.currency))].join(' and ')}; one local cost would mix currencies.`;
    return { recomputed: null, inputs, calculation: [], text: [text] };
  }
  const cost = sum(lots.map((lot) => new Decimal(lot.quantity_open).times(lot.unit_cost_local)));
  const terms = lots.map((lot) => `${exactText(lot.quantity_open)} × ${priceText(lot.unit_cost_local)}`);
  return {
    recomputed: decimalText(cost),
    inputs,
    calculation: [`${terms.join(' + ')} = ${amountText(cost)} ${currency}`],
    text: [`It is what the open lots of ${symbol} cost in ${currency}, without fees: ${lotNames(lots)}.`],
  };
}

function baseCost({ symbol }: HoldingRow, lots: readonly LotRow[], inputs: HoldingInputs, base: string): Told {
  const unquoted = lots.filter((lot) => lot.fx_base_per_local === null);
  if (unquoted.length > 0) {
    const text = `There was no exchange rate on the day of the purchase of ${unquoted.map(({ lot_id }) => lot_id).join(', ')}.`;
    return { recomputed: null, inputs, calculation: [], text: [text] };
  }
  const costs = lots.map(costBase).filter((cost) => cost !== null);
  const terms = lots.map((lot) => {
    const rate = lot.currency === base ? '' : ` × ${rateText(lot.fx_base_per_local ?? 0)} ${base} per ${lot.currency} of ${lot.acquired_on}`;
    return `${exactText(lot.quantity_open)} × ${priceText(lot.unit_cost_local)}${rate}`;
  });
  return {
    recomputed: decimalText(sum(costs)),
    inputs,
    calculation: [`${terms.join(' + ')} = ${amountText(sum(costs))} ${base}`],
    text: [
      `It is what the open lots of ${symbol} cost, each at the exchange rate of its own purchase and not at today’s: ${lotNames(lots)}.`,
    ],
  };
} // prettier-ignore

async function explainCash({ currency }: HoldingRow, member: string, evidence: Evidence): Promise<Told> {
  if (member !== 'quantity') {
    const text = `Cash is worth itself: it has no lots, and so no cost of a purchase.`;
    return { recomputed: null, inputs: {}, calculation: [], text: [text] };
  }
  const { asof_date } = evidence.context;
  const { cash_changes } = await evidence.past();
  const moves = cash_changes.filter((change) => change.currency === currency && change.date <= asof_date);
  const balance = sum(moves.map(({ amount }) => new Decimal(amount)));
  const [inward, outward] = [1, -1].map((sign) =>
    sum(moves.map(({ amount }) => new Decimal(amount)).filter((amount) => amount.times(sign).isPositive())),
  );
  const transactions = await evidence.transactions({ currency, to: asof_date });
  return {
    recomputed: decimalText(balance),
    inputs: { transactions: transactions.map(toTransaction) },
    calculation: [
      `${amountText(inward ?? 0)} ${currency} came in and ${amountText(outward?.abs() ?? 0)} ${currency} went out on ${countText(moves.length, 'day')} up to ${asof_date}: ${amountText(balance)} ${currency}`,
    ],
    text: [
      `The balance of ${currency} is the sum of everything that the ledger moved in that currency up to ${asof_date}.`,
    ],
  };
}

export async function explainCount(evidence: Evidence): Promise<Told> {
  const lots = await evidence.lots();
  const { cash_changes } = await evidence.past();
  const cash = new Map<string, Decimal>();
  for (const { currency, amount, date } of cash_changes) {
    if (date <= evidence.context.asof_date) cash.set(currency, (cash.get(currency) ?? new Decimal(0)).plus(amount));
  }
  const balances = [...cash].filter(([, amount]) => !amount.isZero()).map(([currency]) => currency);
  const securities = [...new Set(lots.map(({ symbol }) => symbol))];
  return {
    recomputed: securities.length + balances.length,
    inputs: { lots: lots.map(toLot) },
    calculation: [
      `${countText(securities.length, 'security').replace('securitys', 'securities')} (${securities.join(', ')}) + ${countText(balances.length, 'cash balance')} (${balances.join(', ')}) = ${String(securities.length + balances.length)}`,
    ],
    text: [],
  };
} // prettier-ignore

export function costBase({ quantity_open, unit_cost_local, fx_base_per_local }: LotRow): Decimal | null {
  if (fx_base_per_local === null) return null;
  // As the ledger multiplies: the cost of one share in base, then the shares.
  return new Decimal(quantity_open).times(decimalText(new Decimal(unit_cost_local).times(fx_base_per_local)));
}

/** `100 bought on 2007-01-04 at 85.66 USD`. */
function lotNames(lots: readonly LotRow[]): string {
  const shown = lots.slice(0, 6).map(({ quantity_open, acquired_on, unit_cost_local, currency }) => {
    return `${exactText(quantity_open)} bought on ${acquired_on} at ${priceText(unit_cost_local)} ${currency}`;
  });
  const more = lots.length - shown.length;
  return [...shown, ...(more > 0 ? [`${countText(more, 'more lot')}`] : [])].join('; ');
}

export function toLot(row: LotRow): LotEvidence {
  const { security_id: _security, ...lot } = row;
  const cost = costBase(row);
  return { ...lot, cost_base: cost && decimalText(cost) };
}

export function toTransaction({ security_id: _security, ...row }: TransactionRow): TransactionEvidence {
  return row;
}
