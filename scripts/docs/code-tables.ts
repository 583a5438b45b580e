/** The tables of codes: what a check finds (docs/checks.md), and errors (docs/errors.md). */
import { errorCodes } from '../../src/contract/errors';
import { problemCodes } from '../../src/pattern/problem-codes';
import { type Generated, table } from './generated';

export function problemTable(): Generated {
  const rows = Object.entries(problemCodes).map(([code, { severity, meaning, example }]) => [
    `\`${code}\``,
    severity,
    meaning,
    example,
  ]);
  return {
    file: 'docs/checks.md',
    part: 'codes',
    text: table(['code', 'severity', 'meaning', 'example'], rows),
  };
}

export function errorTable(): Generated {
  const rows = Object.entries(errorCodes).map(([code, { status, retryable, summary, action }]) => [
    `\`${code}\``,
    String(status),
    retryable ? 'yes' : 'no',
    summary,
    action,
  ]);
  const head = ['code', 'HTTP', 'retried', 'meaning', 'what to do'];
  return { file: 'docs/errors.md', part: 'codes', text: table(head, rows) };
}
