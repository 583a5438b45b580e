/** Which securities have lots with a loss worth taking. */
import type { TaxTerm } from '../contract/tax-names';
import { Decimal, decimalText, sum } from './decimal';
import { grouped } from './grouped';
import type { UnrealisedLot } from './tax-unrealised';

export interface LosingLot {
  lot_id: string;
  acquired_on: string;
  term: TaxTerm;
  quantity: string;
  value_base: string;
  /** Above 0. */
  loss_base: string;
}

export interface LosingSecurity {
  security_id: string;
  symbol: string;
  quantity: string;
  value_base: string;
  loss_base: string;
  short_term_loss_base: string;
  long_term_loss_base: string;
  lots: LosingLot[];
}

export interface Losses {
  candidates: LosingSecurity[];
  total_loss_base: string;
  below_threshold: { security_id: string; symbol: string; loss_base: string }[];
  not_known: string[];
}

type Lot = Pick<
  UnrealisedLot,
  'security_id' | 'symbol' | 'lot_id' | 'acquired_on' | 'term' | 'quantity' | 'value_base' | 'gain_base'
>;

/** By symbol, as `lots` come; a security counts with the lots that lost alone. */
export function identifyLosses(lots: readonly Lot[], threshold: Decimal): Losses {
  const losing = [...grouped(lots, ({ security_id }) => security_id).values()].flatMap(
    (own) => losingSecurity(own) ?? [],
  );
  const isEnough = ({ loss_base }: LosingSecurity): boolean =>
    new Decimal(loss_base).greaterThanOrEqualTo(threshold);
  const candidates = losing.filter(isEnough);
  return {
    candidates,
    total_loss_base: total(candidates.map(({ loss_base }) => loss_base)),
    below_threshold: losing
      .filter((one) => !isEnough(one))
      .map(({ security_id, symbol, loss_base }) => ({ security_id, symbol, loss_base })),
    not_known: [...new Set(lots.filter((lot) => lot.gain_base === null).map(({ symbol }) => symbol))],
  };
}

function losingSecurity(own: readonly Lot[]): LosingSecurity | null {
  const lots = own.flatMap(({ lot_id, acquired_on, term, quantity, value_base, gain_base }): LosingLot[] => {
    const loss = new Decimal(gain_base ?? 0).negated();
    if (value_base === null || loss.lessThanOrEqualTo(0)) return [];
    return [{ lot_id, acquired_on, term, quantity, value_base, loss_base: decimalText(loss) }];
  });
  const [first] = own;
  if (!first || lots.length === 0) return null;
  const lossOf = (some: readonly LosingLot[]): string => total(some.map(({ loss_base }) => loss_base));
  return {
    ...{ security_id: first.security_id, symbol: first.symbol },
    quantity: total(lots.map(({ quantity }) => quantity)),
    value_base: total(lots.map(({ value_base }) => value_base)),
    loss_base: lossOf(lots),
    short_term_loss_base: lossOf(lots.filter(({ term }) => term === 'short')),
    long_term_loss_base: lossOf(lots.filter(({ term }) => term === 'long')),
    lots,
  };
}

export function total(amounts: readonly string[]): string {
  return decimalText(sum(amounts.map((amount) => new Decimal(amount))));
}
