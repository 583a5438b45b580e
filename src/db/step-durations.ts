/** How long the steps of a pattern took lately: what a plan's longest chain is measured by. */
import type { Tx } from './pool';

const recentRuns = 3;

/** The user's newest successful runs of this content; the median of each step's milliseconds, by path. Items and rounds are left out. */
export async function recentStepDurations(tx: Tx, patternSha256: string): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ path: string; ms: number }>(
    `with recent as (
       select trace from executions
        where user_id = nullif(current_setting('app.user_id', true), '')::uuid
          and pattern_sha256 = $1 and status = 'succeeded'
        order by created_at desc limit ${String(recentRuns)})
     select step->>'path' as path,
            percentile_cont(0.5) within group (order by (step->>'duration_ms')::float) as ms
       from recent, json_array_elements(trace->'steps') as step
      where step->>'duration_ms' is not null and step->>'path' !~ '\\.[0-9]+(\\.|:|$)'
      group by 1`,
    [patternSha256],
  );
  return new Map(rows.map(({ path, ms }) => [path, ms]));
}
