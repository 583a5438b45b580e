/** Charts of the economy: every value drawn, every gap named, a date in each title. */
import { amplifiedChart, cyclesChart, overlayHeatmap } from './chart-cycles';
import {
  drawdownChart,
  exposureHistoryChart,
  exposuresChart,
  indicatorsChart,
  regimeChart,
  regimeHistoryChart,
} from './chart-economy';
import type { VegaLite } from './charts';

const day = '2013-02-28';
const scores = { A: 80, B: 60 };
const phases = [{ phase: 'P', label: 'Pp', score: 1.5 }, { phase: 'Q', label: 'Qq', score: null }]; // prettier-ignore
const drawdowns = { median_drawdown: 0.04, drawdown_at_risk: 0.1, conditional_drawdown_at_risk: 0.13 };
const cells = [
  { factor: 'f', cycle: 'short_term', amplified_beta: 1.2 },
  { factor: 'f', cycle: 'long_term', amplified_beta: null },
];
const charts: Record<string, VegaLite> = {
  regime: regimeChart(day, { regime: 'A', scores }),
  regimes: regimeHistoryChart([{ date: day, regime: 'A', scores }]),
  indicators: indicatorsChart(day, [
    { id: 'X', name: 'Ex', z_score: 1, period_end: day },
    { id: 'Y', name: 'Why', z_score: null, period_end: null },
  ]),
  exposures: exposuresChart(day, { betas: { f: 1, g: null } }),
  exposureHistory: exposureHistoryChart([{ date: day, betas: { f: 1, g: null } }]),
  drawdown: drawdownChart(day, { ...drawdowns, confidence: 0.95, horizon_days: 21 }),
  cycles: cyclesChart(day, [
    { name: 'One', phase: 'P', phases },
    { name: 'Two', phase: null, phases: [] },
  ]),
  amplified: amplifiedChart(day, [{ factor: 'f', beta: 1, amplified_beta: 1.2 }]),
  heatmap: overlayHeatmap(day, cells),
};
const valuesOf = (name: string) => (charts[name]?.['data'] as { values: object[] }).values;
const titleOf = (name: string) => charts[name]?.['title'] as { text: string; subtitle?: string };

it.each(Object.keys(charts))(
  'the chart of %s draws members that its values have, with its day in the title',
  (name) => {
    const chart = charts[name] as {
      $schema: string;
      mark: { type: string };
      encoding: Record<string, { field: string }>;
    };
    expect(chart.$schema).toContain('vega-lite');
    expect(chart.mark.type).toMatch(/^(bar|line|rect)$/);
    const values = valuesOf(name);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values)
      expect(Object.keys(value)).toEqual(
        expect.arrayContaining(Object.values(chart.encoding).map(({ field }) => field)),
      );
    expect(titleOf(name).text).toContain(day);
  },
);

it('draws what is known and names what is not', () => {
  expect(valuesOf('indicators')).toEqual([{ id: 'X', name: 'Ex', z_score: 1, period_end: day }]);
  expect(titleOf('indicators').subtitle).toBe('not available: Y');
  expect(valuesOf('exposures')).toEqual([{ factor: 'f', beta: 1 }]);
  expect(valuesOf('heatmap')).toEqual([cells[0]]);
  expect(valuesOf('cycles')).toEqual([{ cycle: 'One', phase: 'Pp', score: 1.5, is_phase: true }]);
  expect(titleOf('cycles').subtitle).toBe('phase not available: Two');
  expect(valuesOf('drawdown').map((row) => Object.values(row)[1] as unknown)).toEqual([0.04, 0.1, 0.13]);
});

it('says so where there is nothing to draw', () => {
  const none = { median_drawdown: null, drawdown_at_risk: null, conditional_drawdown_at_risk: null };
  const chart = drawdownChart(null, { ...none, confidence: 0.95, horizon_days: 21 });
  expect(chart['title']).toEqual({
    text: 'Drawdown at risk as of an unknown date',
    subtitle: 'not available',
  });
  expect(regimeChart(day, { regime: null, scores: null })['title']).toMatchObject({
    subtitle: 'not available',
  });
});
