/** What a client draws: for each panel a Vega-Lite specification or a table, and how old its source is. */
import type { Chart } from '../contract/execution';
import type { PanelStaleness } from '../contract/trace';
import { linesOf } from './lines';
import type { Plan, PlannedPanel, PlannedStep } from './plan';
import { parseReference, resolveReference, stepOf } from './reference';
import type { StepRun } from './run/step-run';
import type { Scope } from './scope';

const day = 86_400;

export function chartsOf(panels: readonly PlannedPanel[], scope: Scope): Chart[] {
  return panels.map((panel) => {
    const head = { panel_id: panel.id, title: panel.title, type: panel.type };
    try {
      const resolved = resolveReference(parseReference(panel.source), scope);
      if (resolved.missing !== undefined) return { ...head, reason: `missing: ${resolved.missing}` };
      if (resolved.value === null) return { ...head, reason: 'not available' };
      return isSpecification(resolved.value)
        ? { ...head, spec: resolved.value }
        : { ...head, table: toTable(resolved.value) };
    } catch (error) {
      return { ...head, reason: error instanceof Error ? error.message : String(error) };
    }
  });
}

/** `age_days` counts from the context's as-of date, not from today: a result must not change overnight. */
export function stalenessOf(
  plan: Plan,
  asofDate: string,
  runs: ReadonlyMap<string, StepRun>,
): PanelStaleness[] {
  return plan.panels.map((panel) => {
    const name = stepOf(parseReference(panel.source));
    const step = plan.steps.find(({ as }) => as === name);
    const dated = step ? oldestOf(plan.steps, step, runs) : null;
    const capability = dated?.capability ?? (step?.kind === 'capability' ? step.call.capability : '');
    const ttl = panel.refresh_ttl ?? dated?.ttl ?? null;
    const head = { panel_id: panel.id, capability };
    if (!dated?.asof_date) {
      const status = (step && runs.get(step.as)?.status) ?? 'not_run';
      const reason = dated ? 'the result has no date' : `the step is ${status}`;
      return { ...head, asof_date: null, age_days: null, ttl, stale: null, reason };
    }
    const age_days = Math.round((Date.parse(asofDate) - Date.parse(dated.asof_date)) / (day * 1000));
    const stale = age_days * day > Math.max(ttl ?? 0, day);
    return { ...head, asof_date: dated.asof_date, age_days, ttl, stale };
  });
}

interface Dated {
  capability: string;
  asof_date: string | null;
  ttl: number | null;
}

/** Of the capabilities that a panel's step called, or that fed it, the one whose data is oldest: the panel is no newer. */
function oldestOf(
  steps: readonly PlannedStep[],
  step: PlannedStep,
  runs: ReadonlyMap<string, StepRun>,
): Dated | null {
  const own = linesOf([step], runs).flatMap(({ step: inner, run }): Dated[] => {
    if (inner.kind !== 'capability' || !run?.meta) return [];
    const { asof_date, ttl } = run.meta;
    return [{ capability: inner.call.capability, asof_date, ttl }];
  });
  const fed = (): Dated[] =>
    step.edges
      .filter(({ reason }) => reason !== 'gate' && reason !== 'write' && reason !== 'after')
      .flatMap(({ step: name }) => steps.find(({ as }) => as === name) ?? [])
      .flatMap((feeder) => oldestOf(steps, feeder, runs) ?? []);
  const found = own.length > 0 || step.kind === 'capability' ? own : fed();
  const age = ({ asof_date }: Dated): string => asof_date ?? '9999';
  return found.sort((a, b) => (age(a) < age(b) ? -1 : 1))[0] ?? null;
}

function isSpecification(value: unknown): boolean {
  const schema = (value as { $schema?: unknown } | null)?.$schema;
  return typeof schema === 'string' && schema.includes('vega-lite');
}

/** Rows of a list of objects; names and values of an object; one cell of anything else. */
function toTable(value: unknown): { columns: string[]; rows: unknown[][] } {
  if (Array.isArray(value)) {
    const rows = value.map((item) => (isObject(item) ? item : { value: item as unknown }));
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    return { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) };
  }
  if (isObject(value)) return { columns: ['name', 'value'], rows: Object.entries(value) };
  return { columns: ['value'], rows: [[value]] };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
