/** What the lots of a security add up to: position, gains, costs and the exchange rate's part, as they are published. */
import { Decimal, decimalText, type Numeric, ratePlaces, roundMoney, sum } from './decimal';
import { amountPlaces } from './fixed';
import type { ReasonCodes } from './holdings';
import type { Lot, LotMethod } from './lot-book';
import type { LotTransaction } from './lot-rows';
import { type ClosedLot, replayLots } from './lots';

export interface LotSummaryOptions {
  method: LotMethod;
  /** Of one share now, in its own currency and on the basis of all splits given. */
  price?: Numeric | undefined;
  /** Base currency per 1 local now. */
  fx_now?: Numeric | undefined;
  allow_short?: boolean | undefined;
}

export interface OpenLotText {
  lot_id: string;
  date: string;
  quantity: string;
  cost: string;
  unit_cost: string;
  account?: string;
}

export interface ClosedLotText {
  lot_id: string;
  date: string;
  sold_on: string;
  quantity: string;
  cost: string;
  proceeds: string | null;
  account?: string;
}

export interface LotSummary {
  method: LotMethod;
  open_lots: OpenLotText[];
  closed_lots: ClosedLotText[];
  quantity: string;
  cost: string;
  average_cost: string | null;
  market_value: string | null;
  realised_gain: string | null;
  unrealised_gain: string | null;
  fx_gain: { realised: string; unrealised: string | null };
  dividends: string;
  fees: string;
  taxes: string;
  /** Realised and unrealised. */
  gross_gain: string | null;
  /** After fees and taxes. */
  net_gain: string | null;
  realised_return: number | null;
  unrealised_return: number | null;
  net_return: number | null;
  reasons: ReasonCodes;
}

/**
 * unrealised = quantity × price × fx_now − cost of the open lots, its fx part = cost_local × (fx_now − fx(purchase)).
 * Returns are the gain over the cost it was made on: of what was sold, of what is held, of all that was closed or is open.
 * Not available: `MISSING_INPUT` for what needs a price, a rate now, or the amount of a sale; `ZERO_START` for a return
 * or an average of nothing.
 */
export function summariseLots(
  transactions: readonly LotTransaction[],
  options: LotSummaryOptions,
): LotSummary {
  const { method, price, fx_now, allow_short } = options;
  const state = replayLots(transactions, { method, allow_short, withFx: fx_now !== undefined });
  const inBase = fx_now !== undefined || transactions.some(({ fx }) => fx !== undefined);
  const quantity = sum(state.open.map((lot) => lot.quantity));
  const cost = sum(state.open.map((lot) => lot.cost));
  const costLocal = sum(state.open.map((lot) => lot.costLocal));
  const soldCost = sum(state.closed.map((lot) => lot.cost));
  const rateNow = fx_now === undefined ? (inBase ? null : new Decimal(1)) : new Decimal(fx_now);
  const held = state.open.length > 0;

  const proceeds = state.closed.map((lot) => lot.proceeds);
  const realised = proceeds.some((value) => value === null)
    ? null
    : sum(proceeds as Decimal[]).minus(soldCost);
  const value = held
    ? price === undefined || rateNow === null
      ? null
      : roundMoney(quantity.times(price).times(rateNow))
    : new Decimal(0);
  const unrealised = value?.minus(cost) ?? null;
  const fxUnrealised = !held ? new Decimal(0) : (rateNow?.times(costLocal).minus(cost) ?? null);
  const gross = realised === null || unrealised === null ? null : realised.plus(unrealised);
  const net = gross?.minus(state.fees).minus(state.taxes) ?? null;

  const reasons: ReasonCodes = {};
  const note = <T>(field: string, result: T | null, code = 'MISSING_INPUT'): T | null => {
    if (result === null) reasons[field] = code;
    return result;
  };
  const money = (field: string, amount: Decimal | null): string | null =>
    note(field, amount === null ? null : text(amount));
  const ratio = (field: string, gain: Decimal | null, of: Decimal): number | null =>
    note(
      field,
      gain === null || of.isZero() ? null : gain.div(of.abs()).toNumber(),
      gain === null ? 'MISSING_INPUT' : 'ZERO_START',
    );
  return {
    method,
    open_lots: state.open.map(openLot),
    closed_lots: state.closed.map(closedLot),
    quantity: quantityText(quantity),
    cost: text(cost),
    average_cost: note('average_cost', quantity.isZero() ? null : unitText(cost.div(quantity)), 'ZERO_START'),
    market_value: money('market_value', value),
    realised_gain: money('realised_gain', realised),
    unrealised_gain: money('unrealised_gain', unrealised),
    fx_gain: {
      realised: text(sum(state.closed.map((lot) => lot.fx))),
      unrealised: money('fx_gain.unrealised', fxUnrealised),
    },
    dividends: text(state.dividends),
    fees: text(state.fees),
    taxes: text(state.taxes),
    gross_gain: money('gross_gain', gross),
    net_gain: money('net_gain', net),
    realised_return: ratio('realised_return', realised, soldCost),
    unrealised_return: ratio('unrealised_return', unrealised, cost),
    net_return: ratio('net_return', net, cost.plus(soldCost)),
    reasons,
  };
}

function openLot({ lot_id, date, quantity, cost, account }: Lot): OpenLotText {
  return {
    lot_id,
    date,
    quantity: quantityText(quantity),
    cost: text(cost),
    unit_cost: unitText(cost.div(quantity)),
    ...accountOf(account),
  };
}

function closedLot({ lot_id, date, sold_on, quantity, cost, proceeds, account }: ClosedLot): ClosedLotText {
  return {
    lot_id,
    date,
    sold_on,
    quantity: quantityText(quantity),
    cost: text(cost),
    proceeds: proceeds === null ? null : text(proceeds),
    ...accountOf(account),
  };
}

function accountOf(account: string): { account?: string } {
  return account === '' ? {} : { account };
}

function text(amount: Decimal): string {
  return decimalText(roundMoney(amount));
}

function quantityText(quantity: Decimal): string {
  return decimalText(quantity.toDecimalPlaces(amountPlaces));
}

function unitText(cost: Decimal): string {
  return decimalText(cost.toDecimalPlaces(ratePlaces));
}
