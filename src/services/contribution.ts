/**
 * What each position, the cash of each currency, fees and taxes added to the time-weighted return of a portfolio: gain of
 * the day over the capital of the day, linked after Carino so that all rows add up to the compounded return.
 */
import type { ReasonCodes } from './holdings';
import { baseGain, linkDays, type NotLinked } from './linked-days';
import type { PositionHistory, PositionKind, PositionSeries } from './position-history';
import { positionReturn } from './position-return';

export interface Contribution {
  kind: PositionKind;
  security_id: string | null;
  currency: string;
  /** Held at the end. */
  is_open: boolean;
  /** Fraction of the portfolio’s return. */
  contribution: number;
  /** Mean of the weights at the beginning of each day; `null` for fees and taxes. */
  average_weight: number | null;
  /** Its own time-weighted return, in base and in its own currency, and that of its rate. */
  position_return: number | null;
  local_return: number | null;
  fx_return: number | null;
  observations: number;
  reasons: ReasonCodes;
}

/** In the order of the history. Fees and taxes have neither weight nor return: `NOT_APPLICABLE`. */
export function contributions(history: PositionHistory): { total: number; rows: Contribution[] } | NotLinked {
  const linked = linkDays(history);
  if ('reason' in linked) return linked;
  const rows = history.positions.map((position): Contribution => {
    const { kind, security_id, currency, value } = position;
    const rate = history.rates.of(currency);
    let [contribution, weights] = [0, 0];
    for (let day = 1; day < value.length; day += 1) {
      const begin = value[day - 1] as number;
      contribution += baseGain(value, position.gain, rate, day) * (linked.factor[day] as number);
      if (begin !== 0) weights += begin * (rate[day - 1] as number) * (linked.share[day] as number);
    }
    return {
      ...{ kind, security_id, currency, is_open: (value.at(-1) ?? 0) !== 0, contribution },
      ...figuresOf(position, history, weights / linked.returns.length),
    };
  });
  return { total: rows.reduce((sum, row) => sum + row.contribution, 0), rows };
}

const ownFigures = ['average_weight', 'position_return', 'local_return', 'fx_return'] as const;

function figuresOf(
  position: PositionSeries,
  { rates }: PositionHistory,
  average_weight: number,
): Omit<Contribution, 'kind' | 'security_id' | 'currency' | 'is_open' | 'contribution'> {
  if (position.kind === 'fees' || position.kind === 'taxes') {
    const reasons = Object.fromEntries(ownFigures.map((name) => [name, 'NOT_APPLICABLE']));
    return {
      ...{ average_weight: null, position_return: null, local_return: null, fx_return: null },
      ...{ observations: 0, reasons },
    };
  }
  const { base, local, fx, observations, reasons } = positionReturn(position, rates);
  return {
    ...{ average_weight, position_return: base, local_return: local, fx_return: fx, observations },
    reasons: renamed(reasons),
  };
}

function renamed({ base, local, fx }: ReasonCodes): ReasonCodes {
  return {
    ...(base !== undefined && { position_return: base }),
    ...(local !== undefined && { local_return: local }),
    ...(fx !== undefined && { fx_return: fx }),
  };
}
