/** A scenario's result as charts: Vega-Lite specifications with the day they are of in their titles. */
import { Decimal, decimalText } from './decimal';

type VegaLite = Record<string, unknown>;

const schema = 'https://vega.github.io/schema/vega-lite/v5.json';
const amount = ',.0f';

export interface DrawnScenario {
  scenario: { name: string };
  asof_date: string;
  base_currency: string;
  value_of_known: string;
  change_of_known: string;
  factor_contributions: readonly { factor: string; change: string }[];
  positions: readonly { symbol: string; kind: string | null; change: string | null }[];
  without_change: readonly string[];
}

/** Positions without a change are named in the subtitle, not drawn as 0. */
export function scenarioCharts(result: DrawnScenario): { position_deltas: VegaLite; waterfall: VegaLite } {
  return { position_deltas: positionDeltas(result), waterfall: waterfall(result) };
}

function positionDeltas(result: DrawnScenario): VegaLite {
  const drawn = result.positions.filter(({ change }) => change !== null);
  return {
    $schema: schema,
    title: title(`${result.scenario.name}: change by position`, result),
    data: { values: drawn.map(({ symbol, kind, change }) => ({ symbol, kind, change: Number(change) })) },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: {
        field: 'change',
        type: 'quantitative',
        title: `Change, ${result.base_currency}`,
        axis: { format: amount },
      },
      y: { field: 'symbol', type: 'nominal', title: null, sort: 'x' },
      color: {
        condition: { test: 'datum.change < 0', value: '#b2182b' },
        value: '#2166ac',
      },
    },
  };
}

/** From the value before, factor by factor (largest loss first), to the value after. */
function waterfall(result: DrawnScenario): VegaLite {
  const { value_of_known, change_of_known, factor_contributions, base_currency } = result;
  const before = new Decimal(value_of_known);
  let level = before;
  const steps = factor_contributions.map(({ factor, change }) => {
    const from = level;
    level = level.plus(change);
    return bar(factor.replaceAll('_', ' '), from, level, new Decimal(change).lt(0) ? 'loss' : 'gain', change);
  });
  const after = before.plus(change_of_known);
  const zero = new Decimal(0);
  const values = [
    bar('before', zero, before, 'total', value_of_known),
    ...steps,
    bar('after', zero, after, 'total', decimalText(after)),
  ];
  return {
    $schema: schema,
    title: title(`${result.scenario.name}: from before to after by factor`, result),
    data: { values },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: { field: 'step', type: 'nominal', title: null, sort: values.map(({ step }) => step) },
      y: {
        field: 'from',
        type: 'quantitative',
        title: `Value, ${base_currency}`,
        axis: { format: amount },
      },
      y2: { field: 'to' },
      color: {
        field: 'direction',
        type: 'nominal',
        title: null,
        scale: { domain: ['total', 'gain', 'loss'], range: ['#777777', '#2166ac', '#b2182b'] },
      },
    },
  };
}

function bar(step: string, from: Decimal, to: Decimal, direction: 'total' | 'gain' | 'loss', size: string) {
  return { step, from: from.toNumber(), to: to.toNumber(), direction, amount: Number(size) };
}

function title(
  text: string,
  { asof_date, without_change }: DrawnScenario,
): { text: string; subtitle?: string } {
  const left = without_change.length > 0 ? `not known: ${without_change.join(', ')}` : undefined;
  return { text: `${text}, as of ${asof_date}`, ...(left !== undefined && { subtitle: left }) };
}
