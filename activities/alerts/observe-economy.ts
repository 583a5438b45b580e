/** Indicators of the economy and its regime, now and at an earlier pack. */
import { macroGetIndicators } from '../../src/capabilities/macro/indicators';
import { macroDetectRegime } from '../../src/capabilities/macro/regime';
import { type IndicatorId, regimeNames } from '../../src/contract/macro-names';
import type { Observed } from '../../src/services/alert-evaluation';
import { Decimal } from '../../src/services/decimal';
import type { World } from './world';

interface Reading {
  name: string;
  value: number | null;
  unit: string | null;
  reason: string | null;
}

async function readingAt({ ask }: World, indicator: IndicatorId, pack_id: string): Promise<Reading> {
  const { indicators } = await ask(
    macroGetIndicators,
    { pack_id, indicators: [indicator] },
    { pricing_pack_id: pack_id },
  );
  const [one] = indicators;
  return {
    name: one?.name ?? indicator,
    value: one?.value ?? null,
    unit: one?.unit ?? null,
    reason: one?.reasons['value'] ?? 'MISSING_INPUT',
  };
}

export async function observeLevel(indicator: IndicatorId, world: World): Promise<Observed> {
  const { asof_date, pricing_pack_id } = world.ctx;
  const { name, value, unit, reason } = await readingAt(world, indicator, pricing_pack_id);
  return { subject: name, value, unit: unit ?? '', asof_date, reason };
}

export async function observeChange(indicator: IndicatorId, days: number, world: World): Promise<Observed> {
  const { asof_date, pricing_pack_id } = world.ctx;
  const now = await readingAt(world, indicator, pricing_pack_id);
  const subject = `The change of ${now.name} over ${String(days)} days`;
  const unit = now.unit === 'percent' ? 'percentage_points' : (now.unit ?? '');
  const before = await world.packBefore(days);
  if (before === null) return { subject, value: null, unit, asof_date, reason: 'NO_EARLIER_PACK' };
  const then = await readingAt(world, indicator, before.id);
  if (now.value === null || then.value === null || now.unit !== then.unit) {
    const reason = now.value === null ? now.reason : then.value === null ? then.reason : 'UNIT_DIFFERS';
    return { subject, value: null, unit, asof_date, reason };
  }
  const note = `It was ${String(then.value)} as of ${before.date} and is ${String(now.value)}.`;
  // In decimals: 7.9 − 8 in doubles is above −0.1, and a threshold must not hang on that.
  const value = new Decimal(now.value).minus(then.value).toNumber();
  return { subject, value, unit, asof_date, reason: null, note };
}

/** How many phases apart the regimes are, in the usual order of the five, in which the first follows the last. */
export async function observeRegimeShift(days: number, world: World): Promise<Observed> {
  const { asof_date, pricing_pack_id } = world.ctx;
  const common = { subject: `The shift of the regime over ${String(days)} days`, unit: 'phases', asof_date };
  const before = await world.packBefore(days);
  if (before === null) return { ...common, value: null, reason: 'NO_EARLIER_PACK' };
  const regimeAt = (pack_id: string) =>
    world.ask(macroDetectRegime, { pack_id }, { pricing_pack_id: pack_id });
  const [now, then] = [await regimeAt(pricing_pack_id), await regimeAt(before.id)];
  if (now.regime === null || then.regime === null) {
    const missing = now.regime === null ? now : then;
    return { ...common, value: null, reason: missing.reasons['regime'] ?? 'MISSING_INPUT' };
  }
  const apart = Math.abs(regimeNames.indexOf(now.regime) - regimeNames.indexOf(then.regime));
  const value = Math.min(apart, regimeNames.length - apart);
  const note = `From ${then.label ?? then.regime} as of ${before.date} to ${now.label ?? now.regime}.`;
  return { ...common, value, reason: null, note, margin: now.margin };
}
