/** Chapters of a report about what a portfolio holds: by sector, the largest, how concentrated, and every position. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { grouped, missingText, percentText, quantityText } from '../../src/export/figure-text';
import type { PdfSection } from '../../src/export/pdf-sections';
import { sectorPieChart } from '../../src/services/chart-sectors';
import { concentration } from '../../src/services/concentration';
import { allocateBySector } from '../../src/services/sector-allocation';

export type Holdings = ResultOf<Catalogue['portfolio.get_valued_positions']>;
type Position = Holdings['positions'][number];

/** Of the largest. */
const shownLargest = 10;
/** A report is no place for more; the CSV has all. */
const mostRows = 2000;

/** @param sectorOf by security; `null`: the security master has none */
export function allocationChapter(
  { positions, asof_date, base_currency }: Holdings,
  sectorOf: ReadonlyMap<string, string | null>,
): PdfSection[] {
  const { sectors } = allocateBySector(positions, sectorOf);
  const named = sectors.map((row) => ({ ...row, sector: sectorName(row) }));
  const measures = concentration(positions.map(({ weight }) => weight));
  const told = (text: string | null, member: string): string => text ?? missingText(measures.reasons, member);
  return [
    { kind: 'chapter', title: 'Allocation' },
    {
      kind: 'figures',
      figures: [
        { name: 'Concentration (HHI, 0 to 1)', value: told(grouped(measures.hhi, 4), 'hhi') },
        { name: 'As many equal positions', value: told(grouped(measures.effective_positions, 1), 'effective_positions') },
        { name: 'The ten largest together', value: told(percentText(measures.top_10), 'top_10') },
        { name: 'Positions, cash among them', value: String(positions.length) },
      ],
    },
    { kind: 'chart', title: 'By sector', spec: sectorPieChart(named, asof_date) },
    {
      kind: 'table',
      title: 'Sectors',
      columns: ['Sector', 'Positions', `Value (${base_currency})`, 'Weight'],
      rows: named.map(({ sector, symbols, value, weight, reasons }) => [
        sector,
        symbols.join(', '),
        grouped(value) ?? missingText(reasons, 'value'),
        percentText(weight) ?? missingText(reasons, 'weight'),
      ]),
      note: null,
    },
    largestTable(positions, base_currency),
    currencyTable(positions, base_currency),
  ];
} // prettier-ignore

function sectorName({ kind, sector }: { kind: string; sector: string | null }): string {
  if (sector !== null) return sector;
  return kind === 'cash' ? 'Cash' : 'Not classified';
}

function largestTable(positions: readonly Position[], currency: string): PdfSection {
  const largest = positions
    .filter(({ weight }) => weight !== null)
    .toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0) || (a.symbol < b.symbol ? -1 : 1))
    .slice(0, shownLargest);
  let together = 0;
  return {
    kind: 'table',
    title: `The ${String(largest.length)} largest positions`,
    columns: ['Symbol', 'Name', `Value (${currency})`, 'Weight', 'Together'],
    rows: largest.map(({ symbol, name, value, weight }) => {
      together += weight ?? 0;
      return [symbol, name, grouped(value) ?? 'n/a', percentText(weight) ?? 'n/a', percentText(together) ?? 'n/a'];
    }),
    note: null,
  };
} // prettier-ignore

/** By the currency that positions trade in. */
function currencyTable(positions: readonly Position[], base: string): PdfSection {
  const currencies = [...new Set(positions.map(({ currency }) => currency))].sort();
  return {
    kind: 'table',
    title: 'By currency',
    columns: ['Currency', 'Positions', 'Weight'],
    rows: currencies.map((currency) => {
      const own = positions.filter((position) => position.currency === currency);
      const weights = own.flatMap(({ weight }) => weight ?? []);
      const weight = weights.length < own.length ? null : weights.reduce((a, b) => a + b, 0);
      return [currency, String(own.length), percentText(weight) ?? 'n/a (a position has no value)'];
    }),
    note: `The portfolio is counted in ${base}.`,
  };
}

export function holdingsChapter({ positions, base_currency, total_value, total_of_valued, reasons }: Holdings): PdfSection[] {
  const shown = positions.slice(0, mostRows);
  const left = positions.length - shown.length;
  return [
    { kind: 'chapter', title: 'Holdings' },
    {
      kind: 'table',
      title: `${String(positions.length)} positions, values in ${base_currency}`,
      columns: ['Symbol', 'Name', 'Class', 'Ccy', 'Quantity', 'Price', 'Value', 'Cost', 'Gain', 'Weight'],
      rows: [
        ...shown.map(positionRow),
        ['Total', '', '', '', '', '', grouped(total_value) ?? missingText(reasons, 'total_value'), '', '', ''],
      ],
      totals: 1,
      note: [
        ...(left > 0 ? [`… ${String(left)} more positions: they are in the CSV.`] : []),
        ...(total_value === null ? [`What has a value adds up to ${grouped(total_of_valued) ?? ''} ${base_currency}.`] : []),
        'Price in the position’s currency; cost is that of the open lots, at the exchange rate of each purchase.',
      ].join(' '),
    },
  ];
} // prettier-ignore

function positionRow(position: Position): string[] {
  const { symbol, name, asset_class, currency, quantity, price, value, cost_base, unrealised_gain, weight, reasons } =
    position;
  // Cash has neither lots nor a price.
  const isCash = asset_class === 'cash';
  const told = (text: string | null, member: string): string =>
    text ?? (isCash ? '' : missingText(reasons, member));
  return [
    symbol,
    name,
    asset_class,
    currency,
    quantityText(quantity) ?? '',
    isCash ? '' : told(grouped(price), 'price'),
    told(grouped(value), 'value'),
    told(grouped(cost_base), 'cost_base'),
    told(grouped(unrealised_gain), 'unrealised_gain'),
    told(percentText(weight), 'weight'),
  ];
} // prettier-ignore
