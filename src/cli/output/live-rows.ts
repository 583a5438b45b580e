/** The steps of a run as rows of a picture: planned ones from the start, those of items and rounds gathered in one row. */
import type { ExplainedStep } from '../../contract/plan-explanation';
import type { StepProgress } from '../../contract/progress';

type Status = StepProgress['status'] | 'pending';

export interface Row {
  /** Path with `*` for the number of an item or a round. */
  key: string;
  depth: number;
  label: string;
  what: string;
  status: Status;
  /** By whole path; more than one in maps and loops. */
  steps: Map<string, StepProgress>;
  startedAt: number | null;
}

export interface Rows {
  all(): readonly Row[];
  note(step: StepProgress, now: number): void;
}

export function openRows(planned: readonly ExplainedStep[]): Rows {
  const rows = new Map<string, Row>();
  for (const { path, as, capability, pattern, kind } of planned) {
    const key = keyOf(path);
    rows.set(key, { ...emptyRow(key, as, capability ?? pattern ?? kind) });
  }
  return {
    all: () => [...rows.values()],
    note: (step, now) => {
      const key = keyOf(step.path);
      const row = rows.get(key) ?? emptyRow(key, step.as, step.capability ?? step.kind);
      rows.set(key, row);
      row.steps.set(step.path, step);
      row.startedAt ??= now;
      row.status = statusOf([...row.steps.values()]);
    },
  };
}

function emptyRow(key: string, label: string, what: string): Row {
  const depth = key.split('.').length - 1;
  return { key, depth, label, what, status: 'pending', steps: new Map(), startedAt: null };
}

function keyOf(path: string): string {
  return path
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? '*' : part))
    .join('.');
}

/** Of several the one that matters most. */
function statusOf(steps: readonly StepProgress[]): Status {
  const order: Status[] = ['running', 'error', 'compensated', 'degraded', 'success', 'skipped', 'not_run'];
  return order.find((status) => steps.some((step) => step.status === status)) ?? 'pending';
}
