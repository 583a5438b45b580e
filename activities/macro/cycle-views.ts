/** Handlers of `cycles.aggregate_overview` and `risk.overlay_cycle_phases`: what follows from the cycles. */
import { amplifiedChart, cyclesChart, overlayHeatmap } from '../../src/services/chart-cycles';
import { multipliersVersion, overlayPhases, overlayThresholds } from '../../src/services/cycle-overlay';
import type { Handler } from '../agent';

export const aggregateOverview: Handler<'cycles.aggregate_overview'> = ({ stdc, ltdc, empire, civil }) => {
  const cycles = [stdc, ltdc, empire, civil];
  const { asof_date } = stdc;
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
  const { asof_date } = stdc;
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
