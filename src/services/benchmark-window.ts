/** Return of a portfolio and of its benchmark over one window, side by side. */
import { annualise } from './annualise';
import { daysBetween } from './dates';
import { type Figures, figures } from './figures';
import type { ReasonCodes } from './holdings';
import { joinReturns } from './joined-returns';
import { chain } from './returns';
import type { History, NoWindow, Window } from './window';

type Measures = 'portfolio_return' | 'benchmark_return' | 'active_return';
type Annualised = 'portfolio_annualised' | 'benchmark_annualised';

export interface BenchmarkWindow extends Record<Measures | Annualised, number | null> {
  from: string | null;
  to: string | null;
  days: number | null;
  observations: number;
  reasons: ReasonCodes;
}

/**
 * Over the days that both have, from the window's first to its last: `NO_QUOTE` where the benchmark has no level on one of
 * these two, since it would then be over a shorter time. A portfolio that began from nothing had nothing at risk before the
 * end of its first day, so there the comparison may begin. Annualised from a year on: (1 + R)^(365/days) − 1.
 */
export function benchmarkWindow(
  window: Window | NoWindow,
  history: Pick<History, 'unvalued'>,
  levels: ReadonlyMap<string, number>,
): BenchmarkWindow {
  const { figure, reasons } = figures();
  const from = 'reason' in window ? null : startOf(window, levels);
  const to = 'reason' in window || from === null || !levels.has(window.to) ? null : window.to;
  const { returns, benchmark } = joinReturns(window, history, levels);
  const none = 'reason' in window ? window.reason : to === null ? 'NO_QUOTE' : undefined;
  const code = none ?? (returns.length === 0 ? 'TOO_FEW_OBSERVATIONS' : undefined);
  if (none !== undefined) for (const name of ['from', 'to', 'days']) reasons[name] = none;
  const days = from === null || to === null ? null : daysBetween(from, to);
  return {
    portfolio_return: figure('portfolio_return', code, () => chain(returns)),
    benchmark_return: figure('benchmark_return', code, () => chain(benchmark)),
    active_return: figure('active_return', code, () => chain(returns) - chain(benchmark)),
    portfolio_annualised: yearly(figure, 'portfolio_annualised', code, returns, days),
    benchmark_annualised: yearly(figure, 'benchmark_annualised', code, benchmark, days),
    from: to === null ? null : from,
    to,
    days,
    observations: none === undefined ? returns.length : 0,
    reasons,
  };
}

function startOf({ values, from }: Window, levels: ReadonlyMap<string, number>): string | null {
  if (levels.has(from)) return from;
  const [opening, first] = values;
  return opening?.value === 0n && first && levels.has(first.date) ? first.date : null;
}

function yearly(
  figure: Figures['figure'],
  name: Annualised,
  code: string | undefined,
  returns: readonly number[],
  days: number | null,
): number | null {
  const short = days === null || days < 365 ? 'PERIOD_UNDER_ONE_YEAR' : undefined;
  const { annualised, reasons } = annualise(chain(returns), { days: days ?? 0 });
  return figure(name, code ?? short ?? reasons.annualised, () => annualised as number);
}
