/** What a client draws: for each panel a Vega-Lite specification or a table, and how old its source is. */
import type { Chart } from '../contract/execution';
import type { PanelStaleness } from '../contract/trace';
import type { Plan, PlannedPanel } from './plan';
import { parseReference, resolveReference, type Scope, stepOf } from './reference';
import type { StepRun } from './step';

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
    const step = plan.steps.find(({ as }) => as === stepOf(parseReference(panel.source)));
    const run = step && runs.get(step.path);
    const meta = run?.envelope?.meta;
    const capability = step?.capability ?? '';
    const ttl = panel.refresh_ttl ?? meta?.ttl ?? null;
    if (!meta?.asof_date) {
      const reason = meta ? 'the result has no date' : `the step is ${run?.status ?? 'not_run'}`;
      return { panel_id: panel.id, capability, asof_date: null, age_days: null, ttl, stale: null, reason };
    }
    const age_days = Math.round((Date.parse(asofDate) - Date.parse(meta.asof_date)) / (day * 1000));
    const stale = age_days * day > Math.max(ttl ?? 0, day);
    return { panel_id: panel.id, capability, asof_date: meta.asof_date, age_days, ttl, stale };
  });
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
