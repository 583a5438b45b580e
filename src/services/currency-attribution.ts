/**
 * Splits the return of a portfolio into what its assets did in their own currencies, what the currencies did, and both
 * together; by position, by currency and by month.
 *
 * Day by day and position by position, at the weights of the beginning of the day; flows come at the end of the day.
 * Dividends, interest and fees are local. What a conversion between currencies gained or lost against the day's rates is
 * local to the base currency. The days are linked with Carino, so every list adds up to the linked total.
 */
import { linkDays, type NotLinked } from './linked-days';
import { monthRuns } from './month-runs';
import type { InteractionTo } from './position-attribution';
import { type Effects, heldDays, visitEffects } from './position-effects';
import type { PositionHistory } from './position-history';

export interface LinkedEffects extends Effects {
  /** Local + fx + interaction. */
  total: number;
}

export interface CurrencyEffects extends LinkedEffects {
  currency: string;
  /** Mean of the weights at the beginning of each day; a fraction. */
  average_weight: number;
}

export interface PositionEffects extends CurrencyEffects {
  /** `null`: the cash of `currency`, with its fees and taxes. */
  security_id: string | null;
}

export interface MonthEffects extends LinkedEffects {
  /** `2012-07`. */
  period: string;
  /** Exclusive: the last valued day before. */
  from: string;
  to: string;
  /** The month's own return: months multiply to the total, while their effects add up to it. */
  period_return: number;
}

export interface CurrencyAttribution extends LinkedEffects {
  /** In the order of their codes. */
  by_currency: CurrencyEffects[];
  /** In the order of the history: securities, then cash. */
  by_position: PositionEffects[];
  by_period: MonthEffects[];
}

/** Effects over the days after the opening; the interaction stands apart, or belongs to the currency or to the asset. */
export function attributeByCurrency(
  history: PositionHistory,
  interaction: InteractionTo = 'separate',
): CurrencyAttribution | NotLinked {
  const linked = linkDays(history);
  if ('reason' in linked) return linked;
  const { runs, runOf } = monthRuns(history.dates, linked.returns);
  const by_period = runs.map((run): MonthEffects => ({ ...run, ...noEffects }));
  const positions = new Map<string, PositionEffects>();
  const held = heldDays(history);
  for (const position of history.positions) {
    const { security_id, currency } = position;
    const blank = { security_id, currency, average_weight: 0, ...noEffects };
    const sum = entryOf(positions, security_id ?? currency, blank);
    // A month is added up in locals first: millions of additions to members of objects take three times as long.
    let [run, local, fx, both, weight] = [0, 0, 0, 0, 0];
    const endRun = (): void => {
      const effects = { local_return: local, fx_return: fx, interaction: both };
      addEffects(sum, effects, 1);
      addEffects(by_period[run] as MonthEffects, effects, 1);
      [local, fx, both] = [0, 0, 0];
    };
    visitEffects(position, history, held.get(currency) as Uint8Array, (effect) => {
      const { day } = effect;
      if (runOf[day] !== run) {
        endRun();
        run = runOf[day] as number;
      }
      const factor = linked.factor[day] as number;
      local += effect.local_return * factor;
      fx += effect.fx_return * factor;
      both += effect.interaction * factor;
      weight += effect.begin * (linked.share[day] as number);
    });
    endRun();
    sum.average_weight += weight / linked.returns.length;
  }
  const by_position = [...positions.values()];
  for (const sum of [...by_position, ...by_period]) assign(sum, interaction);
  const by_currency = sumByCurrency(by_position);
  const whole = { ...noEffects };
  for (const one of by_currency) addEffects(whole, one, 1);
  return { ...whole, total: totalOf(whole), by_currency, by_position, by_period };
}

const noEffects: LinkedEffects = { local_return: 0, fx_return: 0, interaction: 0, total: 0 };

function sumByCurrency(positions: readonly PositionEffects[]): CurrencyEffects[] {
  const sums = new Map<string, CurrencyEffects>();
  for (const one of positions) {
    const { currency } = one;
    const sum = entryOf(sums, currency, { currency, average_weight: 0, ...noEffects });
    addEffects(sum, one, 1);
    sum.average_weight += one.average_weight;
    sum.total = totalOf(sum);
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function entryOf<T>(entries: Map<string, T>, key: string, blank: T): T {
  const known = entries.get(key) ?? blank;
  entries.set(key, known);
  return known;
}

function addEffects(sum: Effects, effect: Effects, factor: number): void {
  sum.local_return += effect.local_return * factor;
  sum.fx_return += effect.fx_return * factor;
  sum.interaction += effect.interaction * factor;
}

function assign(sum: LinkedEffects, interaction: InteractionTo): void {
  sum.total = totalOf(sum);
  if (interaction === 'separate') return;
  sum[interaction === 'currency' ? 'fx_return' : 'local_return'] += sum.interaction;
  sum.interaction = 0;
}

function totalOf({ local_return, fx_return, interaction }: Effects): number {
  return local_return + fx_return + interaction;
}
