/** An explanation as people read it: the paragraphs, the arithmetic, then the evidence in tables. */
import type { Explanation, Inputs } from '../../contract/explanation';
import { membersText, type ValueLimits } from './value';
import { short } from './short-decimal';
import { shorten } from './steps';
import { type Column, formatTable } from './table';

/** Rows at each end of a long list. */
const shown = 5;
const paragraphWidth = 100;
const cellWidth = 60;

/** Ends with a newline. @param all every row that the answer has */
export function explanationText(told: Explanation, limits: ValueLimits, all: boolean): string {
  const width = Math.min(limits.width, paragraphWidth);
  return [
    ...told.text.flatMap((paragraph) => [...wrap(paragraph, width), '']),
    ...section(
      'Calculation',
      told.calculation.flatMap((line) => wrap(line, width - 4).map((part, at) => `${at === 0 ? '  ' : '    '}${part}`)),
    ),
    ...tablesOf(told.inputs).flatMap((table) => section(table.title, [tableText(table, all)])),
    ...section('Arguments', argumentLines(told.inputs.arguments, limits)),
    ...section('Steps behind it', [stepTable(told)]),
  ].join('\n');
} // prettier-ignore

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}

/** A number and what it counts stay on one line. */
const unitAfterNumber = /(\d) (%|[A-Z]{3}\b)/g;

/** Words are not cut, whatever the width. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replace(unitAfterNumber, '$1\u00a0$2').split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return (line === '' ? lines : [...lines, line]).map((one) => one.replaceAll('\u00a0', ' '));
}

interface Table {
  title: string;
  columns: Column[];
  rows: string[][];
  /** Left out of the answer's own middle. */
  more: number;
}

function tablesOf(inputs: Inputs): Table[] {
  const table = (list: string, title: string, columns: string, rows: string[][]): Table => {
    const { count = rows.length, more = 0 } = inputs.lists[list] ?? {};
    const total = inputs.lists[list]?.total;
    const size = total === undefined ? String(count) : `${String(count)}, together ${short(total)} in base`;
    return { title: `${title} (${size})`, columns: columns.split(' ').map(toColumn), rows, more };
  };
  return [
    table('lots', 'Lots', 'Lot Bought Open> Unit_cost> Currency FX> Cost_in_base>', inputs.lots.map((lot) => [
      lot.lot_id, lot.acquired_on, short(lot.quantity_open), short(lot.unit_cost_local), lot.currency, short(lot.fx_base_per_local), short(lot.cost_base),
    ])),
    table('prices', 'Prices', 'Date Symbol Close> Currency Source', inputs.prices.map((price) => [
      price.date, price.symbol, short(price.close), price.currency, price.source,
    ])),
    table('fx', 'Exchange rates', 'Date Pair Rate> How From Quoted Age>', inputs.fx.map((rate) => [
      rate.date, rate.pair, short(rate.rate), rate.derivation,
      rate.quotes.map(({ pair, rate: quoted }) => `${pair} ${short(quoted)}`).join(', '), rate.quote_date, String(rate.age_days),
    ])),
    table('flows', 'Payments from and to the outside', 'Date Amount> Currency Rate> Rate_of In_base> What', inputs.flows.map((flow) => [
      flow.date, short(flow.amount), flow.currency, short(flow.rate), flow.rate_date ?? '', short(flow.base_amount), flow.narration,
    ])),
    table('days', 'Days', 'Date Value> Flow> Return>', inputs.days.map((day) => [
      day.date, short(day.value), short(day.external_flow), day.return === null ? '' : day.return.toFixed(8),
    ])),
    table('transactions', 'Ledger entries', 'Date Type Symbol Quantity> Amount> Currency Line> What', inputs.transactions.map((entry) => [
      entry.date, entry.type, entry.symbol ?? '', entry.quantity === null ? '' : short(entry.quantity), short(entry.amount), entry.currency, String(entry.line), entry.narration,
    ])),
  ].filter(({ rows }) => rows.length > 0);
} // prettier-ignore

function toColumn(text: string): Column {
  const title = text.replace('>', '').replaceAll('_', ' ');
  return text.endsWith('>') ? { title, align: 'right' } : { title };
}

function tableText({ columns, rows, more }: Table, all: boolean): string {
  const cells = rows.map((row) => row.map((cell) => shorten(cell, cellWidth)));
  const isCut = more > 0 || (!all && rows.length > 2 * shown + 1);
  if (!isCut) return formatTable(columns, cells);
  const half = all ? Math.ceil(rows.length / 2) : shown;
  const hidden = more + rows.length - 2 * half;
  const gap = [`… ${String(hidden)} more`];
  return formatTable(columns, [...cells.slice(0, half), gap, ...cells.slice(-half)]);
}

function argumentLines(args: Record<string, unknown>, limits: ValueLimits): string[] {
  return Object.keys(args).length === 0 ? [] : [membersText(args, limits)];
}

function stepTable({ steps }: Explanation): string {
  return formatTable(
    ['Step', 'Capability', 'Agent', 'Status', 'Source'].map((title) => ({ title })),
    steps.map(({ path, capability, version, kind, agent, status, error, source }) => [
      path,
      capability === null ? kind : `${capability}${version === null ? '' : `@${version}`}`,
      agent ?? '',
      error === null ? status : `${status} (${error})`,
      shorten(source ?? '', 40),
    ]),
  );
}
