/** What a rebalancing is asked with, checked and in decimals. */
import { Decimal, type Numeric, sum } from './decimal';
import { refuseArgument } from './invalid-argument';

export interface RebalanceRequest {
  current: readonly { id: string; quantity: Numeric; price: Numeric; fx?: Numeric | undefined }[];
  /** Weight by id; `cash` may stand for what is left of 1. An id that is not named is sold. */
  targets: Readonly<Record<string, Numeric>>;
  /** In base; negative: a debt, paid by sales. */
  cash: Numeric;
  whole_shares?: boolean | undefined;
  /** Trades below this amount, in base, are left out. */
  min_ticket?: Numeric | undefined;
  /** Largest Σ|amount| / V. */
  max_turnover?: Numeric | undefined;
  /** In base, for each trade. */
  cost_per_trade?: Numeric | undefined;
  /** Share of a trade's amount. */
  cost_rate?: Numeric | undefined;
}

export interface Line {
  id: string;
  quantity: Decimal;
  /** price × fx: one share in base. */
  unit: Decimal;
  weight: Decimal;
}

const cashName = 'cash';

export function linesOf({ current, targets, cost_rate, ...limits }: RebalanceRequest): Line[] {
  const ids = new Set<string>();
  const lines = current.map(({ id, quantity, price, fx = 1 }, i) => {
    const at = `/current/${String(i)}`;
    if (ids.has(id)) refuseArgument(`${at}/id`, `"${id}" is there twice; add its quantities up`);
    ids.add(id);
    const weight = new Decimal(Object.hasOwn(targets, id) ? (targets[id] as Numeric) : 0);
    notNegative(`${at}/quantity`, quantity);
    notNegative(`${at}/price`, price);
    if (!new Decimal(fx).gt(0)) refuseArgument(`${at}/fx`, 'base per 1 local has to be above 0');
    const unit = new Decimal(price).times(fx);
    if (weight.gt(0) && unit.isZero())
      refuseArgument(`${at}/price`, `"${id}" has a target, so it needs a price above 0`);
    return { id, quantity: new Decimal(quantity), unit, weight };
  });
  for (const [id, weight] of Object.entries(targets)) {
    notNegative(`/targets/${id}`, weight);
    if (!ids.has(id) && id !== cashName)
      refuseArgument(`/targets/${id}`, 'has no row in current; give it one with quantity 0 and its price');
  }
  const all = sum(Object.values(targets).map((weight) => new Decimal(weight)));
  if (all.gt('1.000000001')) refuseArgument('/targets', `add up to ${all.toFixed()}, more than 1`);
  for (const name of ['min_ticket', 'max_turnover', 'cost_per_trade'] as const)
    notNegative(`/${name}`, limits[name] ?? 0);
  notNegative('/cost_rate', cost_rate ?? 0);
  if (new Decimal(cost_rate ?? 0).gte(1))
    refuseArgument('/cost_rate', 'is a share of the amount and has to be below 1');
  return lines;
}

function notNegative(pointer: string, value: Numeric): void {
  if (new Decimal(value).isNegative() && !new Decimal(value).isZero()) refuseArgument(pointer, 'is negative');
}
