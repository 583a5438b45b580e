/** What of a portfolio can be traded, what is cash, and what no rule may move. */
import { Decimal, sum } from './decimal';
import type { ReasonCodes } from './holdings';

export interface ValuedLine {
  symbol: string;
  asset_class: string;
  security_id: string | null;
  currency: string;
  quantity: string;
  price: string | null;
  rate_base_per_local: string | null;
  value: string | null;
  reasons: ReasonCodes;
}

export interface TradableLine {
  security_id: string;
  symbol: string;
  currency: string;
  price: string | null;
  rate: string | null;
  quantity: Decimal;
  /** One share in base. */
  unit: Decimal;
  reasons: ReasonCodes;
}

export interface Universe {
  lines: TradableLine[];
  cash: Decimal;
  value: Decimal;
  /** Symbol → why it has no value. */
  not_valued: ReasonCodes;
}

/** Rows of one security are added up. */
export function universeOf(positions: readonly ValuedLine[]): Universe {
  const lines = new Map<string, TradableLine>();
  const not_valued: ReasonCodes = {};
  let cash = new Decimal(0);
  for (const position of positions) {
    const { symbol, security_id, currency, price, rate_base_per_local: rate, value, reasons } = position;
    const quantity = new Decimal(position.quantity);
    if (value === null) not_valued[symbol] = reasons['value'] ?? 'NO_QUOTE';
    else if (security_id === null) cash = cash.plus(value);
    else if (quantity.lte(0) || Number(value) <= 0) not_valued[symbol] = 'ZERO_TOTAL';
    else {
      const before = lines.get(security_id);
      if (before) before.quantity = before.quantity.plus(quantity);
      else {
        const unit = price && rate ? new Decimal(price).times(rate) : new Decimal(value).div(quantity);
        lines.set(security_id, { security_id, symbol, currency, price, rate, quantity, unit, reasons });
      }
    }
  }
  const all = [...lines.values()].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const value = sum(all.map(({ quantity, unit }) => quantity.times(unit))).plus(cash);
  return { lines: all, cash, value, not_valued };
}
