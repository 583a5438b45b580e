/** Charts of taxes, as Vega-Lite specifications. */
import type { VegaLite } from './charts';
import type { Benefit } from './tax-benefit';

/** Bars of the loss of each security: what counts and what a recent purchase disallows. */
export function harvestChart(benefits: readonly Benefit[], asofDate: string, currency: string): VegaLite {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    title: {
      text: `Losses that could be taken as of ${asofDate}`,
      ...(benefits.length === 0 && { subtitle: 'none' }),
    },
    data: {
      values: benefits.flatMap(({ symbol, allowed_base, disallowed_base, excluded }) => [
        { symbol, part: excluded === null ? 'allowed' : 'left out', amount: Number(allowed_base) },
        { symbol, part: 'disallowed', amount: Number(disallowed_base) },
      ]),
    },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: { field: 'amount', type: 'quantitative', title: `Loss in ${currency}`, stack: 'zero' },
      y: { field: 'symbol', type: 'nominal', title: null, sort: '-x' },
      color: { field: 'part', type: 'nominal', title: 'Loss' },
    },
  };
}
