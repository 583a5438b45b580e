/** Charts of the economy and of what it means for a portfolio: Vega-Lite, each with the day it is of in its title. */
import type { VegaLite } from './charts';

const schema = 'https://vega.github.io/schema/vega-lite/v5.json';

/** @param subtitle `null`: none @param more mark and encoding */
export function economyChart(
  text: string,
  subtitle: string | null,
  values: readonly object[],
  more: VegaLite,
): VegaLite {
  return {
    $schema: schema,
    title: { text, ...(subtitle !== null && { subtitle }) },
    data: { values },
    ...more,
  };
}

const bar = { type: 'bar', tooltip: true };
const line = { type: 'line', point: true, tooltip: true };

interface Scored {
  date: string;
  regime: string | null;
  scores: Readonly<Record<string, number>> | null;
}

/** Scores of all regimes over time; days without a regime are gaps. */
export function regimeHistoryChart(points: readonly Scored[]): VegaLite {
  const values = points.flatMap(({ date, scores }) =>
    Object.entries(scores ?? {}).map(([regime, score]) => ({ date, regime, score })),
  );
  const last = points.at(-1);
  return economyChart(
    `Regimes, ${points[0]?.date ?? ''} to ${last?.date ?? ''}`,
    last?.regime == null ? 'regime not available' : `at the end ${last.regime}`,
    values,
    {
      mark: line,
      encoding: {
        x: { field: 'date', type: 'temporal', title: null },
        y: { field: 'score', type: 'quantitative', title: 'Score, 0 to 100', scale: { domain: [0, 100] } },
        color: { field: 'regime', type: 'nominal', title: 'Regime' },
      },
    },
  );
}

/** Scores of the regimes on one day. */
export function regimeChart(day: string, { regime, scores }: Omit<Scored, 'date'>): VegaLite {
  const values = Object.entries(scores ?? {}).map(([name, score]) => ({
    ...{ regime: name, score, is_regime: name === regime },
  }));
  return economyChart(`Regime as of ${day}`, regime ?? 'not available', values, {
    mark: bar,
    encoding: {
      x: { field: 'score', type: 'quantitative', title: 'Score, 0 to 100', scale: { domain: [0, 100] } },
      y: { field: 'regime', type: 'nominal', title: null, sort: null },
      color: { field: 'is_regime', type: 'nominal', title: 'Highest score' },
    },
  });
}

/** How far indicators are from what was usual; those without a z-score are named in the subtitle. */
export function indicatorsChart(
  day: string,
  readings: readonly { id: string; name: string; z_score: number | null; period_end: string | null }[],
): VegaLite {
  const unknown = readings.filter(({ z_score }) => z_score === null).map(({ id }) => id);
  const values = readings
    .filter(({ z_score }) => z_score !== null)
    .map(({ id, name, z_score, period_end }) => ({ id, name, z_score, period_end }));
  const subtitle = unknown.length > 0 ? `not available: ${unknown.join(', ')}` : null;
  return economyChart(`Indicators as of ${day}`, subtitle, values, {
    mark: bar,
    encoding: {
      x: {
        field: 'z_score',
        type: 'quantitative',
        title: 'z-score: sample deviations from the mean of its window',
      },
      y: { field: 'id', type: 'nominal', title: null, sort: null },
    },
  });
}

interface Betas {
  betas: Readonly<Record<string, number | null>>;
}

/** Exposures to factors on one day. */
export function exposuresChart(to: string | null, { betas }: Betas): VegaLite {
  const values = Object.entries(betas).flatMap(([factor, beta]) => (beta === null ? [] : [{ factor, beta }]));
  const subtitle = values.length === 0 ? 'not available' : null;
  return economyChart(`Exposures to factors as of ${to ?? 'an unknown date'}`, subtitle, values, {
    mark: bar,
    encoding: {
      x: { field: 'beta', type: 'quantitative', title: 'Return for a factor return of 1' },
      y: { field: 'factor', type: 'nominal', title: null, sort: null },
    },
  });
}

/** Exposures to factors over time. */
export function exposureHistoryChart(points: readonly (Betas & { date: string })[]): VegaLite {
  const values = points.flatMap(({ date, betas }) =>
    Object.entries(betas).flatMap(([factor, beta]) => (beta === null ? [] : [{ date, factor, beta }])),
  );
  return economyChart(
    `Exposures to factors, ${points[0]?.date ?? ''} to ${points.at(-1)?.date ?? ''}`,
    values.length === 0 ? 'not available' : null,
    values,
    {
      mark: line,
      encoding: {
        x: { field: 'date', type: 'temporal', title: null },
        y: { field: 'beta', type: 'quantitative', title: 'Return for a factor return of 1' },
        color: { field: 'factor', type: 'nominal', title: 'Factor' },
      },
    },
  );
}

interface Drawdowns {
  median_drawdown: number | null;
  drawdown_at_risk: number | null;
  conditional_drawdown_at_risk: number | null;
  confidence: number;
  horizon_days: number;
}

/** Falls from a peak over the coming days: the usual one, the one at risk, and the mean beyond it. */
export function drawdownChart(to: string | null, drawdowns: Drawdowns): VegaLite {
  const { confidence, horizon_days, median_drawdown, drawdown_at_risk, conditional_drawdown_at_risk } =
    drawdowns;
  const bars = {
    median: median_drawdown,
    'at risk': drawdown_at_risk,
    'mean beyond it': conditional_drawdown_at_risk,
  };
  const values = Object.entries(bars).flatMap(([kind, drawdown]) =>
    drawdown === null ? [] : [{ kind, drawdown }],
  );
  const about = `over ${String(horizon_days)} trading days, confidence ${(confidence * 100).toFixed(1)} %`;
  return economyChart(
    `Drawdown at risk as of ${to ?? 'an unknown date'}`,
    values.length === 0 ? 'not available' : about,
    values,
    {
      mark: bar,
      encoding: {
        x: {
          field: 'drawdown',
          type: 'quantitative',
          title: 'Fall from the peak',
          axis: { format: '.1%' },
        },
        y: { field: 'kind', type: 'nominal', title: null, sort: null },
      },
    },
  );
}
