/** Whose data each output of a run rests on, by its lineage, and whether it may be taken away. */
import type { Pool } from 'pg';
import { packSources } from '../db/pack-sources';
import { type ExecutionRow } from '../db/executions';
import { withUser } from '../db/pool';
import { lineageOf } from '../pattern/lineage';
import type { Plan } from '../pattern/plan';
import { byPart } from '../rights/by-part';
import { type Attribution, judgeSources, type RightsRefusal, unresolved } from '../rights/judge-sources';
import type { DataRight } from '../rights/provider-rights';
import { type PackSources, packsIn, type RestsOn, restOn } from '../rights/rest-on';

export interface JudgedOutput {
  name: string;
  refusals: RightsRefusal[];
  providers: string[];
  attributions: Attribution[];
}

/** A run with its trace; `outputs` by name, as templates, whether the pattern gives them or a panel shows them. */
export interface TracedRun {
  row: ExecutionRow;
  trace: NonNullable<ExecutionRow['trace']>;
  plan: Plan;
}

/** @param outputs names and templates: what each is made of */
export async function judgeOutputs(
  pool: Pool,
  run: TracedRun,
  outputs: Readonly<Record<string, unknown>>,
  right: DataRight,
): Promise<JudgedOutput[]> {
  const traced = Object.keys(outputs).map((name) => ({ name, lineage: lineageOfOutput(run, outputs, name) }));
  const ids = packsIn(traced.flatMap(({ lineage }) => lineage.steps));
  const packs = await withUser(pool, run.row.user_id, async (tx) => {
    const found = new Map<string, PackSources>();
    for (const id of ids) {
      const rows = await packSources(tx, id);
      if (rows.length > 0) found.set(id, byPart(rows));
    }
    return found;
  });
  return traced.map(({ name, lineage }) => judge(name, lineage.truncated, restOn(lineage.steps, packs, lineage.output.fed_by), right));
} // prettier-ignore

function judge(name: string, truncated: boolean, rests: RestsOn, right: DataRight): JudgedOutput {
  const judged = judgeSources(rests.sources, right);
  const unknown = [
    ...rests.unresolved,
    ...(truncated ? ['More steps fed it than can be followed, so nobody can say whose the data are.'] : []),
  ];
  // With a step whose source nobody knows, "no source" would say the same again.
  const refusals = judged.refusals.filter(({ source }) => unknown.length === 0 || source !== '(none)');
  return { name, ...judged, refusals: [...unknown.map((why) => unresolved(name, right, why)), ...refusals] };
}

function lineageOfOutput(
  { row, trace, plan }: TracedRun,
  outputs: Readonly<Record<string, unknown>>,
  name: string,
) {
  const data = { [name]: null };
  return lineageOf({ field: name, plan: { ...plan, outputs: { ...outputs } }, trace, data, inputs: row.inputs });
} // prettier-ignore
