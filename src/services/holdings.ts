/** From open lots and cash balances to holdings: one row per security or currency. */
import { Decimal, decimalText, sum } from './decimal';

/** What is left of one purchase. */
export interface OpenLot {
  security_id: string;
  symbol: string;
  name: string;
  asset_class: 'equity' | 'fund';
  currency: string;
  quantity_open: string;
  unit_cost_local: string;
  /** `null`: there was no exchange rate on the day of the purchase. */
  unit_cost_base: string | null;
}

export interface CashBalance {
  currency: string;
  amount: string;
}

export type ReasonCodes = Record<string, string>;

export interface Holding {
  symbol: string;
  name: string;
  asset_class: 'equity' | 'fund' | 'cash';
  security_id: string | null;
  currency: string;
  quantity: string;
  cost_local: string | null;
  cost_base: string | null;
  reasons: ReasonCodes;
}

/**
 * Adds up lots and cash. The cost is that of the open part of each lot, in base at the lot's own exchange rate; costs are
 * not rounded. `NO_QUOTE`: a lot has no cost in base; `MIXED_CURRENCIES`: lots of one security were bought in several.
 * Securities by symbol, then cash by currency; a balance of zero is no holding.
 */
export function aggregateHoldings(lots: readonly OpenLot[], cash: readonly CashBalance[]): Holding[] {
  const bySecurity = new Map<string, OpenLot[]>();
  for (const lot of lots) bySecurity.set(lot.security_id, [...(bySecurity.get(lot.security_id) ?? []), lot]);
  return [
    ...[...bySecurity.values()].map(securityHolding).sort((a, b) => compare(a.symbol, b.symbol)),
    ...cash
      .filter(({ amount }) => !new Decimal(amount).isZero())
      .map(cashHolding)
      .sort((a, b) => compare(a.currency, b.currency)),
  ];
}

function securityHolding(lots: readonly OpenLot[]): Holding {
  const { symbol, name, asset_class, security_id, currency } = lots[0] as OpenLot;
  const reasons: ReasonCodes = {};
  const mixed = lots.some((lot) => lot.currency !== currency);
  const unpriced = lots.some((lot) => lot.unit_cost_base === null);
  if (mixed) reasons['cost_local'] = 'MIXED_CURRENCIES';
  if (unpriced) reasons['cost_base'] = 'NO_QUOTE';
  const costOf = (unitCost: (lot: OpenLot) => string) =>
    decimalText(sum(lots.map((lot) => new Decimal(lot.quantity_open).times(unitCost(lot)))));
  return {
    symbol,
    name,
    asset_class,
    security_id,
    currency,
    quantity: decimalText(sum(lots.map((lot) => new Decimal(lot.quantity_open)))),
    cost_local: mixed ? null : costOf((lot) => lot.unit_cost_local),
    cost_base: unpriced ? null : costOf((lot) => lot.unit_cost_base as string),
    reasons,
  };
}

function cashHolding({ currency, amount }: CashBalance): Holding {
  return {
    symbol: currency,
    name: `${currency} cash`,
    asset_class: 'cash',
    security_id: null,
    currency,
    quantity: decimalText(new Decimal(amount)),
    cost_local: null,
    cost_base: null,
    reasons: { cost_local: 'NOT_APPLICABLE', cost_base: 'NOT_APPLICABLE' },
  };
}

/** By code units: an order that no locale changes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
