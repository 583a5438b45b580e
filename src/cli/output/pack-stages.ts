/** Stages of a pack as people read them. */
import type { PackStage } from '../../executor/packs';
import { formatTable } from './table';

export function stageTable(stages: readonly PackStage[]): string {
  return formatTable(
    [
      { title: 'Stage' },
      { title: 'Status' },
      { title: 'Attempt', align: 'right' },
      { title: 'Started' },
      { title: 'Took', align: 'right' },
      { title: 'Found' },
    ],
    stages.map(({ stage, status, attempt, started_at, ended_at, detail }) => [
      stage,
      status,
      String(attempt),
      started_at.slice(0, 19).replace('T', ' '),
      ended_at === null ? '' : tookText(Date.parse(ended_at) - Date.parse(started_at)),
      detailText(detail),
    ]),
  );
}

function tookText(ms: number): string {
  return ms < 10_000 ? `${String(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The order in which facts are told; the database keeps none. Others, such as digests and sources, are for `--json`. */
const told = [
  ...['portfolios', 'prices', 'missing', 'rates', 'carried_rates', 'observations', 'actions'],
  ...['different', 'failed', 'computed', 'measures'],
];

/** `prices 5, missing SP500, …` */
export function detailText(detail: Readonly<Record<string, unknown>>): string {
  const { code, message, ...facts } = detail;
  if (typeof message === 'string') return `${String(code)}: ${message}`;
  return told
    .map((name) => [name, facts[name]] as const)
    .filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value !== undefined))
    .map(
      ([name, value]) =>
        `${name.replaceAll('_', ' ')} ${Array.isArray(value) ? value.join(' ') : String(value)}`,
    )
    .join(', ');
}
