/** One execution as people read it: how it ended, its result, what it rests on. */
import { errorCodes, isErrorCode } from '../../contract/errors';
import type { Execution } from '../../contract/execution';
import { problemText } from './problem';
import { styleOf } from './style';
import { type ValueLimits, valueText } from './value';

const shownRows = 10;

/** As wide as the terminal; a file or a pipe gets more. */
export function limitsOf(stream: NodeJS.WriteStream): ValueLimits {
  return { rows: shownRows, width: stream.isTTY ? Math.max(60, stream.columns) : 160 };
}

/** Ends with a newline. */
export function executionText(told: Execution, stream: NodeJS.WriteStream = process.stdout): string {
  const limits = limitsOf(stream);
  const outputs = Object.entries(told.data ?? {});
  return [
    headOf(told, stream),
    '',
    ...outputs.map(([name, value]) => `${valueText(name, value, limits)}\n`),
    ...chartsOf(told),
    ...footOf(told),
    '',
  ].join('\n');
}

function headOf(
  { execution, pattern, created_at, finished_at, asof_date }: Execution,
  stream: NodeJS.WriteStream,
): string {
  const paint = styleOf(stream);
  const { status } = execution;
  const colour =
    status === 'succeeded' ? 'green' : status === 'running' || status === 'waiting' ? 'cyan' : 'red';
  return [
    `${paint('bold', pattern.id)} ${pattern.version}`,
    paint(colour, status),
    ...(finished_at === null ? [] : [`${seconds(Date.parse(finished_at) - Date.parse(created_at))} s`]),
    `as of ${asof_date}`,
    ...(execution.mode === 'direct' ? ['direct'] : []),
    ...(execution.cached === true ? ['answered by this earlier run (--no-cache runs it anew)'] : []),
  ].join(' · ');
}

function chartsOf({ charts = [] }: Execution): string[] {
  if (charts.length === 0) return [];
  const titles = charts.map(({ title, reason }) => (reason === undefined ? title : `${title} (${reason})`));
  return [`  ${String(charts.length)} charts (--json has them): ${titles.join(', ')}`, ''];
}

function footOf({ execution, pricing_pack_id, ledger_commit_hash, degraded, trace }: Execution): string[] {
  const lines: [string, string][] = [
    ...(degraded.length > 0 ? [['Degraded', degraded.join(', ')] as [string, string]] : []),
    ['Execution', execution.id],
    ['Pricing pack', pricing_pack_id],
    ...(ledger_commit_hash === null ? [] : [['Ledger commit', ledger_commit_hash] as [string, string]]),
    ...(trace ? [['Fingerprint', trace.fingerprint] as [string, string]] : []),
  ];
  return lines.map(([name, value]) => `  ${name.padEnd(13)}  ${value}`);
}

/** Why it failed, with what to do next; ends with a newline. */
export function failureText(
  { execution, error }: Execution,
  stream: NodeJS.WriteStream = process.stderr,
): string {
  const { code, message, step, attempts } = error ?? {
    code: fallback(execution.status),
    message: `The run ended as ${execution.status}.`,
    step: null,
    attempts: 0,
  };
  const detail = attempts > 1 ? `${message} (after ${String(attempts)} attempts)` : message;
  const action = isErrorCode(code) ? errorCodes[code].action : undefined;
  const next = `See what ran: dawsos trace ${execution.id}`;
  return problemText(
    { code, detail, step, action: action === undefined ? next : `${action} ${next}` },
    stream,
  );
}

function fallback(status: Execution['execution']['status']): string {
  if (status === 'cancelled') return 'EXECUTION_CANCELLED';
  return status === 'timed_out' ? 'EXECUTION_TIMED_OUT' : 'EXECUTION_FAILED';
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(ms < 10_000 ? 2 : 0);
}
