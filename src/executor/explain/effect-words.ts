/** The effects of a currency attribution in words, and who the interaction belongs to. */
import { type DayEffect, type EffectName, effectNames } from './currency-effects';
import { percentText, rateText } from './words';

type Effects = Record<EffectName, number>;

export const named: Record<EffectName, string> = {
  local_return: 'what assets did in their own currencies',
  fx_return: 'what exchange rates did',
  interaction: 'what both did together',
};

export interface EffectSubject {
  /** As it stands in a sentence. */
  what: string;
  currency: string;
  days: readonly DayEffect[];
}

export function isEffect(name: string): name is EffectName {
  return (effectNames as readonly string[]).includes(name);
}

export function totalOf({ local_return, fx_return, interaction }: Effects): number {
  return local_return + fx_return + interaction;
}

/** The interaction stands apart unless the call gave it to one of the others. */
export function assignInteraction<T extends { linked: Effects }>(
  one: T,
  args: Readonly<Record<string, unknown>>,
): T {
  const { interaction: to } = args;
  if (to !== 'currency' && to !== 'local') return one;
  const { local_return, fx_return, interaction } = one.linked;
  const linked =
    to === 'currency'
      ? { local_return, fx_return: fx_return + interaction, interaction: 0 }
      : { local_return: local_return + interaction, fx_return, interaction: 0 };
  return { ...one, linked };
}

export function sumWords({ local_return, fx_return, interaction }: Effects, total: number): string {
  return `local ${percentText(local_return)} + exchange rates ${percentText(fx_return)} + interaction ${percentText(interaction)} = ${percentText(total)}`;
}

export function effectText(
  member: EffectName,
  { what, currency, days }: EffectSubject,
  base: string,
): string {
  const [start, end] = [days[0]?.rates[0] ?? 0, days.at(-1)?.rates[1] ?? 0];
  switch (member) {
    case 'local_return':
      return `It is what ${what} gained in ${currency}, dividends and interest with it and fees taken off, each day as a fraction of the whole portfolio.`;
    case 'fx_return':
      return currency === base
        ? `${currency} is the portfolio’s own currency, so exchange rates did nothing to what is held in it.`
        : `One ${currency} was worth ${rateText(start)} ${base} at the beginning and ${rateText(end)} ${base} at the end, a change of ${percentText(end / start - 1)}. It counted each day for what was held that day.`;
    case 'interaction':
      return `It is what the gains in ${currency} gained or lost once more because the exchange rate moved on the same day.`;
  }
}

/** The first day and the one that counted most, multiplied out. */
export function dayWords({ what, currency, days }: EffectSubject, member: EffectName, base: string): string[] {
  const [first] = days;
  if (first === undefined) return [];
  const largest = days.reduce(
    (most, day) => (Math.abs(day[member]) > Math.abs(most[member]) ? day : most),
    first,
  );
  return [...new Set([first, largest])].map((day) => {
    const weight = `${percentText(day.weight)} of the portfolio in ${what.replace(/,$/, '').replace(`shares and cash in ${currency}`, currency)}`;
    const local = day.weight === 0 ? null : percentText(day.local_return / day.weight);
    const moved = rateMove(day, currency, base);
    const gained = local === null ? `gains in ${currency}` : `${weight} × ${local} in ${currency}`;
    const working =
      member === 'fx_return' ? `${weight} × ${moved}` : member === 'local_return' ? gained : `${gained} × ${moved}`;
    return `${day.date}: ${working} = ${percentText(day[member])}`;
  });
} // prettier-ignore

function rateMove({ rates: [before, after] }: DayEffect, currency: string, base: string): string {
  const change = before === 0 ? 0 : after / before - 1;
  return `change of ${base} per ${currency} from ${rateText(before)} to ${rateText(after)} (${percentText(change)})`;
}
