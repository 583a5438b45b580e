/** Handlers of `cycles.aggregate_overview` and `risk.overlay_cycle_phases`: what follows from the cycles. */
import { amplifiedChart, cyclesChart, overlayHeatmap } from '../../src/services/chart-cycles';
import { multipliersVersion, overlayPhases, overlayThresholds } from '../../src/services/cycle-overlay';
import { EngineError } from '../../src/contract/errors';
import type { Handler } from '../agent';

export const aggregateOverview: Handler<'cycles.aggregate_overview'> = ({ stdc, ltdc, empire, civil }) => {
  const cycles = [stdc, ltdc, empire, civil];
  const asof_date = oneDayOf({ stdc, ltdc, empire, civil });
  const result = {
    asof_date,
    cards: cycles.map(({ cycle, name, phase, label, score, margin, coverage, missing, reasons }) => {
      const { runner_up: _, phase_number: __, ...why } = reasons;
      return { cycle, name, phase, label, score, margin, coverage, missing, reasons: why };
    }),
    drivers: cycles.flatMap(({ cycle, drivers }) => drivers.map((driver) => ({ cycle, ...driver }))),
    available: cycles.filter(({ phase }) => phase !== null).length,
    chart: cyclesChart(asof_date, cycles),
    reasons: {},
  };
  return Promise.resolve({ result, asof_date });
};

export const overlayCyclePhases: Handler<'risk.overlay_cycle_phases'> = ({
  factor_exposures,
  stdc,
  ltdc,
}) => {
  const asof_date = oneDayOf({ stdc, ltdc });
  const { betas, to } = factor_exposures;
  const overlay = overlayPhases(betas, [
    { cycle: 'short_term', phase: stdc.phase },
    { cycle: 'long_term', phase: ltdc.phase },
  ]);
  const heatmap = overlay.factors.flatMap(({ factor, beta }) =>
    overlay.cycles.map(({ cycle, phase, multiplier }) => {
      const amplified_beta = beta === null || multiplier === null ? null : beta * multiplier;
      return { factor, cycle, phase, multiplier, amplified_beta };
    }),
  );
  const result = {
    asof_date,
    exposures_to: to,
    ...overlay,
    heatmap,
    charts: {
      heatmap: overlayHeatmap(asof_date, heatmap),
      amplified_factors: amplifiedChart(asof_date, overlay.factors),
    },
    thresholds: overlayThresholds,
    multipliers_version: multipliersVersion,
    reasons: { ...overlay.reasons, ...(to === null && { exposures_to: 'MISSING_INPUT' }) },
  };
  return Promise.resolve({ result, asof_date });
};

/** @throws EngineError ARGS_INVALID: the cycles are not of one day, so no one day could stand beside what is made of them */
function oneDayOf(cycles: Readonly<Record<string, { asof_date: string }>>): string {
  const [[firstName, first], ...others] = Object.entries(cycles) as [[string, { asof_date: string }]];
  for (const [name, { asof_date }] of others as [string, { asof_date: string }][])
    if (asof_date !== first.asof_date)
      throw new EngineError(
        'ARGS_INVALID',
        `/${name} is of ${asof_date} and /${firstName} of ${first.asof_date}: compute both at one pack.`,
        { pointer: `/${name}/asof_date` },
      );
  return first.asof_date;
}
