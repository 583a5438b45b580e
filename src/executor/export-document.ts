/** From a run to what is exported of it: the outputs that were asked for, all of them allowed, and the panels that show them. */
import type { Pool } from 'pg';
import { EngineError } from '../contract/errors';
import { findPortfolio } from '../db/portfolios';
import { withUser } from '../db/pool';
import type { ExportDocument } from '../export/document';
import type { PlannedPanel } from '../pattern/plan';
import { parseReference, referencesIn, stepOf } from '../pattern/reference';
import type { Pattern } from '../pattern/schema';
import type { Attribution } from '../rights/judge-sources';
import { type DataRight, registerVersion } from '../rights/provider-rights';
import { type JudgedOutput, judgeOutputs, type TracedRun } from './export-sources';
import { refuseQuery } from './query';

export interface Asked {
  pattern: Pattern;
  right: DataRight;
  /** Names of outputs; `null`: all. */
  asked: readonly string[] | null;
}

/** What is exported, and which output each panel shows. @throws EngineError EXPORT_REFUSED, REQUEST_INVALID */
export async function documentOf(
  pool: Pool,
  run: TracedRun,
  { pattern, right, asked }: Asked,
): Promise<{ document: ExportDocument; shownBy: Map<string, string> }> {
  const { row, trace, plan } = run;
  const data = row.data ?? {};
  const names = namesAsked(Object.keys(data), asked);
  const shownBy = outputsShown(plan.panels, plan.outputs);
  const panels = right === 'pdf' ? panelsOf(plan.panels, shownBy, asked === null ? null : names) : [];
  // A panel may show more of a step than the output that shares it, so it is judged by itself.
  const templates = {
    ...Object.fromEntries(names.map((name) => [name, plan.outputs[name]])),
    ...Object.fromEntries(panels.map(({ id, source }) => [panelName(id), `{{${source}}}`])),
  };
  const all = await judgeOutputs(pool, run, templates, right);
  // Of what was asked for by name, a panel that may not be shown is left out and named; asked for as a whole, it refuses.
  const judged = asked === null ? all : all.filter(({ name, refusals }) => names.includes(name) || refusals.length === 0);
  refuseIfAny(judged, right, Object.keys(data));
  const byName = new Map(judged.map((output) => [output.name, output]));
  const shown = panels.filter(({ id }) => byName.has(panelName(id))).map(({ id }) => id);
  const withheld = panels.filter(({ id }) => !shown.includes(id)).map(({ id }) => panelName(id));
  return {
    shownBy,
    document: {
      execution_id: row.id,
      pattern: { ...row.pattern, name: pattern.name },
      portfolio: await portfolioOf(pool, row),
      asof_date: row.asof_date,
      pricing_pack_id: row.pricing_pack_id,
      ledger_commit_hash: row.ledger_commit_hash,
      fingerprint: trace.fingerprint,
      degraded: row.degraded,
      restated_by: row.restated_by,
      outputs: names.map((name) => ({ name, value: data[name], providers: byName.get(name)?.providers ?? [] })),
      panels: (row.charts ?? []).filter(({ panel_id }) => shown.includes(panel_id)),
      attributions: attributionsOf(judged),
      left_out: [...Object.keys(data).filter((name) => !names.includes(name)), ...withheld],
      rights_register: registerVersion,
    },
  };
} // prettier-ignore

function namesAsked(known: readonly string[], asked: readonly string[] | null): string[] {
  const unknown = (asked ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    refuseQuery([
      {
        code: 'REQUEST_INVALID',
        pointer: '/outputs',
        message: `names ${unknown.map((name) => `"${name}"`).join(', ')}; the result has ${known.join(', ')}`,
      },
    ]);
  }
  return known.filter((name) => asked === null || asked.includes(name));
}

/** By the step that both name: a panel shows an output when the output is made of what it draws. */
function outputsShown(
  panels: readonly PlannedPanel[],
  outputs: Readonly<Record<string, unknown>>,
): Map<string, string> {
  const made = Object.entries(outputs).map(([name, template]) => ({
    name,
    steps: referencesIn(template).map(({ reference }) => stepOf(reference)),
  }));
  const shown = panels.flatMap(({ id, source }): [string, string][] => {
    const step = stepOf(parseReference(source));
    const output = made.find(({ steps }) => step !== null && steps.includes(step));
    return output ? [[id, output.name]] : [];
  });
  return new Map(shown);
}

function panelsOf(
  panels: readonly PlannedPanel[],
  shownBy: ReadonlyMap<string, string>,
  names: readonly string[] | null,
): PlannedPanel[] {
  return panels.filter(({ id }) => names === null || names.includes(shownBy.get(id) ?? ''));
}

function panelName(id: string): string {
  return `panel ${id}`;
}

/** @throws EngineError EXPORT_REFUSED with every output that may not be taken away, and what may */
function refuseIfAny(judged: readonly JudgedOutput[], right: DataRight, outputs: readonly string[]): void {
  const refused = judged.filter(({ refusals }) => refusals.length > 0);
  if (refused.length === 0) return;
  const isAllowed = ({ name, refusals }: JudgedOutput): boolean => refusals.length === 0 && outputs.includes(name);
  const allowed = judged.filter(isAllowed).map(({ name }) => name);
  const [first] = refused;
  const what = refused.map(({ name }) => `"${name}"`).join(', ');
  const next =
    allowed.length > 0
      ? `Leave them out: outputs=${allowed.join(',')}.`
      : 'No output of this result may be exported.';
  const message = `The right "${right}" is missing for ${what}: ${first?.refusals[0]?.message ?? ''} ${next}`;
  throw new EngineError('EXPORT_REFUSED', message, {
    refusals: refused.flatMap(({ name, refusals }) => refusals.map((refusal) => ({ output: name, ...refusal }))),
    allowed,
  });
} // prettier-ignore

function attributionsOf(judged: readonly JudgedOutput[]): Attribution[] {
  const all = judged.flatMap(({ attributions }) => attributions.map((given) => [given.provider, given] as const));
  return [...new Map(all).values()].sort((a, b) => (a.provider < b.provider ? -1 : 1));
} // prettier-ignore

async function portfolioOf(
  pool: Pool,
  { portfolio_id, user_id }: TracedRun['row'],
): Promise<ExportDocument['portfolio']> {
  if (portfolio_id === null) return null;
  const found = await withUser(pool, user_id, (tx) => findPortfolio(tx, portfolio_id));
  return found === null ? null : { id: portfolio_id, name: found.name };
}
