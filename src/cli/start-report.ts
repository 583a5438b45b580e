/** The result of the demo's run as text: holdings, performance, what it rests on, and what ran. */
import type { Static } from '@sinclair/typebox';
import type { metricsComputeTwr } from '../capabilities/analyst/performance-twr';
import type { metricsCurrencyAttribution } from '../capabilities/analyst/positions-attribution';
import type { portfolioGetValuedPositions } from '../capabilities/analyst/positions-valued';
import type { Execution } from '../contract/execution';
import type { DemoRun } from './start-demo';
import { stepTable } from './output/steps';
import { formatAmount, formatPercent, formatTable } from './output/table';

/** The outputs of portfolio_overview that are printed; an optional step may have left none. */
interface Overview {
  valued_positions?: Static<typeof portfolioGetValuedPositions.result>;
  perf_metrics?: Static<typeof metricsComputeTwr.result>;
  currency_attr?: Static<typeof metricsCurrencyAttribution.result>;
}

export interface ReportLinks {
  apiUrl: string;
  /** `null`: an external Temporal whose Web UI nobody named. */
  temporalUiUrl: string | null;
}

export function formatReport({ portfolioName, execution }: DemoRun, links: ReportLinks): string {
  const { pattern, pricing_pack_id, ledger_commit_hash, asof_date, error } = execution;
  const data: Overview = execution.data ?? {};
  const { status } = execution.execution;
  const heading = `${portfolioName} as of ${asof_date}`;
  return [
    '',
    heading,
    '═'.repeat(heading.length),
    `Pattern ${pattern.id} ${pattern.version}: ${status}. Prices are those of ${asof_date}, not of today.`,
    '',
    ...(error ? [`It failed in step ${error.step}: ${error.code} ${error.message}`, ''] : []),
    ...(data.valued_positions ? [formatHoldings(data.valued_positions), ''] : []),
    ...formatPerformance(data),
    '',
    `  Pricing pack    ${pricing_pack_id}`,
    `  Ledger commit   ${ledger_commit_hash ?? '(none)'}`,
    ...(execution.trace ? [`  Fingerprint     ${execution.trace.fingerprint}`] : []),
    '',
    ...(execution.trace ? ['What ran', stepTable(execution.trace.steps, ({ as }) => as), ''] : []),
    ...formatLinks(execution, links),
    '',
  ].join('\n');
}

function formatHoldings(valued: NonNullable<Overview['valued_positions']>): string {
  const { base_currency: base, positions, total_value, reasons } = valued;
  const rows = positions.map((position) => [
    position.symbol,
    formatAmount(position.quantity, position.asset_class === 'cash' ? 2 : 0),
    position.currency,
    position.price === null || position.asset_class === 'cash' ? '' : formatAmount(position.price),
    position.value === null ? notAvailable(position.reasons, 'value') : formatAmount(position.value),
    position.weight === null
      ? notAvailable(position.reasons, 'weight')
      : formatPercent(position.weight, unsigned),
  ]);
  const total = total_value === null ? notAvailable(reasons, 'total_value') : formatAmount(total_value);
  return formatTable(
    [
      { title: 'Holding' },
      { title: 'Quantity', align: 'right' },
      { title: 'Currency' },
      { title: 'Price', align: 'right' },
      { title: `Value in ${base}`, align: 'right' },
      { title: 'Weight', align: 'right' },
    ],
    [...rows, ['Total', '', '', '', total, '']],
  );
}

const unsigned = { signed: false } as const;

function formatPerformance({ perf_metrics: twr, currency_attr: split }: Overview): string[] {
  const lines: [string, string][] = [];
  if (twr) {
    lines.push([`Time-weighted return in ${twr.currency}`, orReason(twr.value, twr.reasons, 'value')]);
    lines.push([
      '  over',
      twr.from === null || twr.to === null ? 'not available' : `${twr.from} to ${twr.to}`,
    ]);
    const { since_inception: whole } = twr;
    lines.push(['  since inception, per year', orReason(whole.annualised, whole.reasons, 'annualised')]);
  }
  if (split) {
    lines.push(['Currency attribution', '']);
    lines.push(['  local return', orReason(split.local_return, split.reasons, 'local_return')]);
    lines.push(['  exchange rates', orReason(split.fx_return, split.reasons, 'fx_return')]);
    lines.push(['  interaction', orReason(split.interaction, split.reasons, 'interaction')]);
    lines.push(['  total', orReason(split.value, split.reasons, 'value')]);
  }
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`.trimEnd());
}

function formatLinks({ execution }: Execution, { apiUrl, temporalUiUrl }: ReportLinks): string[] {
  const self = execution.links['self'] ?? `/v1/executions/${execution.id}`;
  const ui =
    execution.links['temporal_ui'] ??
    (temporalUiUrl === null ? undefined : `${temporalUiUrl}/namespaces/default`);
  return [
    `  Execution (with a token: npm run token)   ${new URL(self, apiUrl).href}`,
    ...(ui === undefined ? [] : [`  The same run in Temporal’s Web UI         ${ui}`]),
    `  API description                           ${apiUrl}/openapi.json`,
  ];
}

function orReason(value: number | null, reasons: Record<string, string>, field: string): string {
  return value === null ? notAvailable(reasons, field) : formatPercent(value);
}

function notAvailable(reasons: Record<string, string>, field: string): string {
  return `not available (${reasons[field] ?? 'no reason given'})`;
}
