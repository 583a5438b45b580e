/**
 * Money-weighted return: the internal rate of return of dated cash flows (Excel's XIRR), and Modified Dietz beside it.
 * Σ CFᵢ·(1 + r)^(−tᵢ) = 0 with tᵢ in years from the earliest flow. Signs are the investor's: what is paid in is negative,
 * what is taken out and the final value are positive. An opening value enters as a deposit, a final value as a withdrawal.
 */
import { daysBetween } from './dates';
import { type DayCount, yearsBetween } from './day-count';
import type { ReasonCodes } from './holdings';
import { modifiedDietz } from './modified-dietz';
import { presentValue, timedAmounts } from './present-value';
import { rateRoots } from './rate-roots';

export interface CashFlow {
  date: string;
  amount: number;
}

export interface MoneyWeightedReturn {
  /** A fraction per year. */
  xirr: number | null;
  /** (1 + xirr)^t − 1 over the whole time t, which is (1 + xirr)^(days/365) − 1 with `act_365f`. */
  period_return: number | null;
  /** Calendar days from the first flow to the last. */
  days: number;
  multiple_roots: boolean;
  /** Nothing came back at all: the return is −1 by convention, not as a root. */
  total_loss: boolean;
  /** Net present value at the rate found, in the flows' currency. */
  npv_residual: number | null;
  modified_dietz: number | null;
  day_count: DayCount;
  /** Why `xirr` is null. */
  reason?: string;
  reasons: ReasonCodes;
}

/** What is valued at the ends of the period, in the portfolio's sign: what is held is positive. */
export interface Valuations {
  /** Without a date of its own: on the earliest day of all that is given. */
  opening?: { date?: string | undefined; amount: number } | undefined;
  final?: CashFlow | undefined;
}

/**
 * Flows in any order; several on one day count together, and one of 0 changes nothing, but for a total loss: no inflow
 * and a last flow of 0. Of several roots the rate nearest 0 counts.
 * `TOO_FEW_FLOWS`: fewer than two; `ONE_DATE`: no time between them; `ONE_SIGN`; `NO_ROOT`: no rate above −1 solves it.
 */
export function moneyWeightedReturn(
  cashFlows: readonly CashFlow[],
  { opening, final }: Valuations = {},
  dayCount: DayCount = 'act_365f',
): MoneyWeightedReturn {
  const given = [...cashFlows, ...(final ? [final] : [])];
  const openingDate = opening && (opening.date ?? earliest(given));
  if (opening && openingDate !== undefined) given.unshift({ date: openingDate, amount: -opening.amount });
  const isLost = isTotalLoss(given, final?.amount === 0);
  const flows = isLost ? given : given.filter(({ amount }) => amount !== 0);
  const ends = [
    ...flows,
    ...(final ? [final] : []),
    ...(openingDate === undefined ? [] : [{ date: openingDate }]),
  ];
  const [start = '', end = ''] = [earliest(ends), latest(ends)];
  const days = ends.length === 0 ? 0 : daysBetween(start, end);
  const years = ends.length === 0 ? 0 : yearsBetween(start, end, dayCount);
  const reasons: ReasonCodes = {};
  const dietz = modifiedDietz(flows, start, days);
  if ('reason' in dietz) reasons['modified_dietz'] = dietz.reason;
  const shared = {
    days,
    modified_dietz: 'reason' in dietz ? null : dietz.value,
    day_count: dayCount,
    reasons,
  };
  if (isLost) {
    reasons['npv_residual'] = 'NO_ROOT';
    return {
      ...shared,
      xirr: -1,
      period_return: -1,
      multiple_roots: false,
      total_loss: true,
      npv_residual: null,
    };
  }
  const solution = solutionOf(flows, start, years, dayCount);
  if ('reason' in solution) {
    const { reason } = solution;
    for (const field of ['xirr', 'period_return', 'npv_residual']) reasons[field] = reason;
    const none = { xirr: null, period_return: null, npv_residual: null };
    return { ...shared, ...none, multiple_roots: false, total_loss: false, reason };
  }
  const { x, count, npv_residual } = solution;
  const period_return = Math.expm1(x * years);
  // The period's return may be larger than a double holds where the year's is not.
  if (!Number.isFinite(period_return)) reasons['period_return'] = 'NO_ROOT';
  if (!Number.isFinite(npv_residual)) reasons['npv_residual'] = 'NO_ROOT';
  return {
    ...shared,
    xirr: Math.expm1(x),
    period_return: Number.isFinite(period_return) ? period_return : null,
    multiple_roots: count > 1,
    total_loss: false,
    npv_residual: Number.isFinite(npv_residual) ? npv_residual : null,
  };
}

function earliest(rows: readonly { date: string }[]): string | undefined {
  return rows.reduce<string | undefined>(
    (a, { date }) => (a === undefined || date < a ? date : a),
    undefined,
  );
}

function latest(rows: readonly { date: string }[]): string | undefined {
  return rows.reduce<string | undefined>(
    (a, { date }) => (a === undefined || date > a ? date : a),
    undefined,
  );
}

/**
 * Money went out, none came in, and the last flow, later than the first, says that nothing is left. A final value of 0 says
 * so of what went out on its own day too.
 */
function isTotalLoss(flows: readonly CashFlow[], endsAtNothing: boolean): boolean {
  if (flows.some(({ amount }) => amount > 0)) return false;
  const last = latest(flows) ?? '';
  return (
    (endsAtNothing || flows.every(({ date, amount }) => date !== last || amount === 0)) &&
    flows.some(({ date, amount }) => date < last && amount < 0)
  );
}

type Solution = { x: number; count: number; npv_residual: number };

function solutionOf(
  flows: readonly CashFlow[],
  start: string,
  years: number,
  dayCount: DayCount,
): Solution | { reason: string } {
  if (flows.length < 2) return { reason: 'TOO_FEW_FLOWS' };
  if (years <= 0) return { reason: 'ONE_DATE' };
  if (!flows.some(({ amount }) => amount < 0) || !flows.some(({ amount }) => amount > 0))
    return { reason: 'ONE_SIGN' };
  const timed = timedAmounts(
    flows.map(({ date, amount }) => ({ time: yearsBetween(start, date, dayCount), amount })),
  );
  const roots = rateRoots(timed);
  const [first, ...others] = roots;
  if (first === undefined) return { reason: 'NO_ROOT' };
  // By the rate, not by its logarithm; of two at the same distance the gain.
  const x = others.reduce((a, b) => (Math.abs(Math.expm1(b)) <= Math.abs(Math.expm1(a)) ? b : a), first);
  return { x, count: roots.length, npv_residual: presentValue(timed, x) };
}
