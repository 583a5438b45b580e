/** Steps as a table: the trace in short. */
import type { StepTrace } from '../../contract/trace';
import { formatTable } from './table';

export function stepTable(
  steps: readonly StepTrace[],
  nameOf: (step: StepTrace) => string = ({ path }) => path,
): string {
  return formatTable(
    [
      { title: 'Step' },
      { title: 'Capability' },
      { title: 'Agent' },
      { title: 'Status' },
      { title: 'ms', align: 'right' },
      { title: 'Attempts', align: 'right' },
      { title: 'Source' },
    ],
    steps.map((step) => [
      nameOf(step),
      step.capability ?? step.kind,
      step.agent ?? '',
      statusText(step),
      step.duration_ms === null ? '' : String(step.duration_ms),
      String(step.attempts),
      shorten(step.source ?? '', 40),
    ]),
  );
}

function statusText({ status, reason, error, cache }: StepTrace): string {
  const why = error?.code ?? reason ?? (cache === 'hit' ? 'remembered' : undefined);
  return why === undefined ? status : `${status} (${why})`;
}

export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
