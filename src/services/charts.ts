/** Charts as data: Vega-Lite specifications, each with the day it is of in its title. */

export type VegaLite = Record<string, unknown>;

const schema = 'https://vega.github.io/schema/vega-lite/v5.json';
const percent = '.1%';

export interface WeightedHolding {
  symbol: string;
  asset_class: string;
  currency: string;
  /** `null` weights are left out of the bars and named in the subtitle. */
  weight: number | null;
}

/** Bars of the weights, largest first. */
export function allocationChart(holdings: readonly WeightedHolding[], asofDate: string | null): VegaLite {
  const known = holdings.filter(({ weight }) => weight !== null);
  const unknown = holdings.filter(({ weight }) => weight === null).map(({ symbol }) => symbol);
  return {
    $schema: schema,
    title: title(
      'Allocation',
      asOf(asofDate),
      unknown.length > 0 ? `without a weight: ${unknown.join(', ')}` : null,
    ),
    data: {
      values: known.map(({ symbol, asset_class, currency, weight }) => ({
        symbol,
        asset_class,
        currency,
        weight,
      })),
    },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: { field: 'weight', type: 'quantitative', title: 'Weight', axis: { format: percent } },
      y: { field: 'symbol', type: 'nominal', title: null, sort: '-x' },
      color: { field: 'currency', type: 'nominal', title: 'Currency' },
    },
  };
}

export interface CurrencyBars {
  from: string | null;
  to: string | null;
  by_currency: readonly {
    currency: string;
    local_return: number | null;
    fx_return: number | null;
    interaction: number | null;
  }[];
}

/** Stacked bars of the effects by currency; `timeWeightedReturn` is set beside them in the subtitle. */
export function currencyAttributionChart(
  { from, to, by_currency }: CurrencyBars,
  timeWeightedReturn: number | null,
): VegaLite {
  const values = by_currency.flatMap(({ currency, local_return, fx_return, interaction }) =>
    Object.entries({ local: local_return, currency: fx_return, interaction })
      .filter(([, value]) => value !== null)
      .map(([effect, value]) => ({ currency, effect, value })),
  );
  const subtitle =
    timeWeightedReturn === null
      ? 'time-weighted return not available'
      : `time-weighted return ${(timeWeightedReturn * 100).toFixed(2)} %`;
  return {
    $schema: schema,
    title: title('Currency attribution', period(from, to), subtitle),
    data: { values },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: { field: 'value', type: 'quantitative', title: 'Contribution to return', axis: { format: percent } },
      y: { field: 'currency', type: 'nominal', title: null },
      color: {
        field: 'effect',
        type: 'nominal',
        title: 'Effect',
        scale: { domain: ['local', 'currency', 'interaction'] },
      },
    },
  };
}

/** A line over the points `{ date, value }` that are handed to it as the data set `nav`; `value` may be a decimal text. */
export function navChart(from: string | null, to: string | null, currency: string): VegaLite {
  return {
    $schema: schema,
    title: title('Value over time', period(from, to), null),
    data: { name: 'nav' },
    transform: [{ calculate: 'toNumber(datum.value)', as: 'amount' }],
    mark: { type: 'line', tooltip: true },
    encoding: {
      x: { field: 'date', type: 'temporal', title: null },
      y: { field: 'amount', type: 'quantitative', title: currency, scale: { zero: false } },
    },
  };
}

function title(name: string, when: string, subtitle: string | null): { text: string; subtitle?: string } {
  return { text: `${name}, ${when}`, ...(subtitle !== null && { subtitle }) };
}

function asOf(date: string | null): string {
  return date === null ? 'date not available' : `as of ${date}`;
}

function period(from: string | null, to: string | null): string {
  return from === null || to === null ? asOf(to) : `${from} to ${to}`;
}
