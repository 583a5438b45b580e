/** Charts of cycles: Vega-Lite, each with the day it is of in its title. */
import { economyChart } from './chart-economy';
import type { VegaLite } from './charts';

interface Scores {
  name: string;
  phase: string | null;
  phases: readonly { phase: string; label: string; score: number | null }[];
}

/** A row of bars for each cycle: how much speaks for each of its phases. */
export function cyclesChart(day: string, cycles: readonly Scores[]): VegaLite {
  const unknown = cycles.filter(({ phase }) => phase === null).map(({ name }) => name);
  const values = cycles.flatMap(({ name, phase: current, phases }) =>
    phases.flatMap(({ phase, label, score }) =>
      score === null ? [] : [{ cycle: name, phase: label, score, is_phase: phase === current }],
    ),
  );
  const subtitle = unknown.length > 0 ? `phase not available: ${unknown.join(', ')}` : null;
  return economyChart(`Phases of cycles as of ${day}`, subtitle, values, {
    mark: { type: 'bar', tooltip: true },
    encoding: {
      row: { field: 'cycle', type: 'nominal', title: null },
      x: { field: 'score', type: 'quantitative', title: 'Score: mean z-score; of the internal order 0 to 1' },
      y: { field: 'phase', type: 'nominal', title: null, sort: null },
      color: { field: 'is_phase', type: 'nominal', title: 'Highest score' },
    },
    resolve: { scale: { y: 'independent', x: 'independent' } },
  });
}

interface Amplified {
  factor: string;
  beta: number | null;
  amplified_beta: number | null;
}

/** Exposures as they are and as the phases amplify them. */
export function amplifiedChart(day: string | null, factors: readonly Amplified[]): VegaLite {
  const values = factors.flatMap(({ factor, beta, amplified_beta }) =>
    Object.entries({ 'as it is': beta, amplified: amplified_beta }).flatMap(([kind, exposure]) =>
      exposure === null ? [] : [{ factor, kind, exposure }],
    ),
  );
  return economyChart(
    `Exposures under the cycles’ phases as of ${day ?? 'an unknown date'}`,
    values.length === 0 ? 'not available' : null,
    values,
    {
      mark: { type: 'bar', tooltip: true },
      encoding: {
        x: { field: 'exposure', type: 'quantitative', title: 'Return for a factor return of 1' },
        y: { field: 'factor', type: 'nominal', title: null, sort: null },
        yOffset: { field: 'kind' },
        color: { field: 'kind', type: 'nominal', title: 'Exposure' },
      },
    },
  );
}

interface Cell {
  factor: string;
  cycle: string;
  amplified_beta: number | null;
}

/** A cell for each factor and cycle: the exposure times that cycle's multiplier. */
export function overlayHeatmap(day: string | null, cells: readonly Cell[]): VegaLite {
  const values = cells.filter(({ amplified_beta }) => amplified_beta !== null);
  return economyChart(
    `Exposure by factor and cycle as of ${day ?? 'an unknown date'}`,
    values.length === 0 ? 'not available' : null,
    values,
    {
      mark: { type: 'rect', tooltip: true },
      encoding: {
        x: { field: 'cycle', type: 'nominal', title: 'Cycle' },
        y: { field: 'factor', type: 'nominal', title: 'Factor', sort: null },
        color: {
          field: 'amplified_beta',
          type: 'quantitative',
          title: 'Exposure times multiplier',
          scale: { scheme: 'redblue', domainMid: 0 },
        },
      },
    },
  );
}
