/** Sectors as slices of a pie, as a Vega-Lite specification. */
import type { VegaLite } from './charts';

/** A weight below zero (an overdrawn account) is no slice: it is named in the subtitle, as is what has no weight. */
export function sectorPieChart(
  sectors: readonly { sector: string; weight: number | null }[],
  asofDate: string,
): VegaLite {
  const slices = sectors.filter(({ weight }) => weight !== null && weight > 0);
  const others = sectors.filter(({ weight }) => weight === null || weight < 0).map(({ sector }) => sector);
  const subtitle = others.length > 0 ? { subtitle: `not drawn: ${others.join(', ')}` } : {};
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    title: { text: `Allocation by sector, as of ${asofDate}`, ...subtitle },
    data: {
      values: slices.map(({ sector, weight }, at) => ({
        sector: `${sector} (${((weight ?? 0) * 100).toFixed(1)} %)`,
        weight,
        at,
      })),
    },
    mark: { type: 'arc', tooltip: true, stroke: 'white' },
    encoding: {
      theta: { field: 'weight', type: 'quantitative', stack: true },
      order: { field: 'at', type: 'quantitative' },
      color: {
        field: 'sector',
        type: 'nominal',
        title: 'Sector',
        sort: { field: 'at' },
        legend: { labelLimit: 320 },
      },
    },
  };
}
