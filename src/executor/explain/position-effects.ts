/** What each position did to the return on each day, by the services' own rows: for figures by position and by month. */
import { linkDays } from '../../services/linked-days';
import { heldDays, visitEffects } from '../../services/position-effects';
import type { PositionHistory, PositionSeries } from '../../services/position-history';
import type { CurrencyEffects, DayEffect } from './currency-effects';
import { effectNames } from './currency-effects';

/** @param isWanted which rows; together they are one line of the result. `null`: the days cannot be linked */
export function positionEffects(
  history: PositionHistory,
  isWanted: (row: PositionSeries) => boolean,
): Omit<CurrencyEffects, 'currency'> | null {
  const link = linkDays(history);
  if ('reason' in link) return null;
  const held = heldDays(history);
  const days: DayEffect[] = [];
  const linked = { local_return: 0, fx_return: 0, interaction: 0 };
  let average_weight = 0;
  for (const row of history.positions.filter(isWanted)) {
    const rate = history.rates.of(row.currency);
    visitEffects(row, history, held.get(row.currency) as Uint8Array, ({ day, begin, ...effects }) => {
      const share = link.share[day] as number;
      const weight = begin * share;
      average_weight += weight / link.returns.length;
      const parts = {
        local_return: effects.local_return * share,
        fx_return: effects.fx_return * share,
        interaction: effects.interaction * share,
      };
      const factor = share === 0 ? 0 : (link.factor[day] as number) / share;
      for (const name of effectNames) linked[name] += parts[name] * factor;
      const after = rate[day] as number;
      const before = begin === 0 ? after : (rate[day - 1] as number);
      days.push({ ...parts, date: history.dates[day] ?? '', weight, rates: [before, after], factor });
    });
  }
  return { days, linked, average_weight };
}
