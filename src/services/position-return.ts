/**
 * Time-weighted return of one position, in its own currency and in base, dividends included: the chain of its daily
 * returns. Trades come at the end of the day; on the day a position is opened its purchases are the capital, so what the
 * close is above or below the price paid counts. Fees stand apart.
 */
import type { ReasonCodes } from './holdings';
import { baseGain } from './linked-days';
import type { PositionSeries } from './position-history';
import type { RateSeries } from './rate-series';

export interface PositionReturn {
  /** Π(1 + r) − 1 over the days on which it was held; fractions. */
  base: number | null;
  local: number | null;
  /** (1 + base)/(1 + local) − 1. */
  fx: number | null;
  /** In base, one for each day after the opening; `null`: nothing was held, or see `warnings`. */
  returns: (number | null)[];
  /** Days with a return. */
  observations: number;
  warnings: { day: number; code: string }[];
  /** Of `base`, `local`, `fx`. */
  reasons: ReasonCodes;
}

/**
 * `TOO_FEW_OBSERVATIONS`: not held on any day. Days without a return are left out, with a warning where something was
 * gained on them: `ZERO_START` (overdrawn), `TOTAL_LOSS` (more than everything), `GAIN_WITHOUT_CAPITAL` (a dividend after
 * the last share was sold), `NO_QUOTE` (something was paid in a currency without any rate: then there is no chain).
 */
export function positionReturn(position: PositionSeries, rates: RateSeries): PositionReturn {
  const rate = rates.of(position.currency);
  const warnings: PositionReturn['warnings'] = [];
  const returns: (number | null)[] = [];
  let [base, local] = [1, 1];
  for (let day = 1; day < position.value.length; day += 1) {
    const own = dayReturn(position, rate, day);
    const isReturn = own !== null && typeof own !== 'string';
    if (typeof own === 'string') warnings.push({ day, code: own });
    returns.push(isReturn ? own.base : null);
    if (!isReturn) continue;
    base *= 1 + own.base;
    local *= 1 + own.local;
  }
  const observations = returns.reduce<number>((count, value) => count + (value === null ? 0 : 1), 0);
  const shared = { returns, observations, warnings };
  if (observations === 0) return { ...shared, ...none('TOO_FEW_OBSERVATIONS', ['base', 'local', 'fx']) };
  if (warnings.some(({ code }) => code === 'NO_QUOTE'))
    return { ...shared, ...none('NO_QUOTE', ['base', 'local', 'fx']) };
  const known = { ...shared, base: base - 1, local: local - 1 };
  return local === 0
    ? { ...known, ...none('TOTAL_LOSS', ['fx']) }
    : { ...known, fx: base / local - 1, reasons: {} };
}

function dayReturn(
  { value, gain, flows }: PositionSeries,
  rate: Float64Array,
  day: number,
): { local: number; base: number } | string | null {
  const [begin, own] = [value[day - 1] as number, gain[day] as number];
  if (Number.isNaN(own)) return 'NO_QUOTE';
  if (begin > 0) {
    const local = own / begin;
    const base = baseGain(value, gain, rate, day) / (begin * (rate[day - 1] as number));
    return local < -1 ? 'TOTAL_LOSS' : { local, base };
  }
  if (begin < 0) return 'ZERO_START';
  const bought = flows.get(day)?.bought ?? 0;
  if (bought > 0) return own < -bought ? 'TOTAL_LOSS' : { local: own / bought, base: own / bought };
  return own === 0 ? null : 'GAIN_WITHOUT_CAPITAL';
}

function none<K extends string>(
  code: string,
  fields: readonly K[],
): Record<K, null> & { reasons: ReasonCodes } {
  const entries = fields.map((field) => [field, null] as const);
  return {
    ...(Object.fromEntries(entries) as Record<K, null>),
    reasons: Object.fromEntries(fields.map((field) => [field, code])),
  };
}
