/** Generated programs on real Temporal and PostgreSQL: outcome, trace and effects are those of the model. */
import fc from 'fast-check';
import { reportOf } from '../model/examine';
import { programs, temporalLimits } from '../model/generate';
import { differenceOfHistory, examineOnTemporal, inLanes, startModelEngine } from '../model/run-temporal';
import { batchesOf, say, seed, seedOf } from '../model/settings';
import type { Engine } from '../support/engine';

const lanes = 20;
/** One in so many is rebuilt from its history. */
const sampled = 4;

let engine: Engine;
beforeAll(async () => {
  engine = await startModelEngine();
});
afterAll(() => engine.close());

say(`seed ${String(seed)}`);
it.each(batchesOf(200, 200))(
  '$count generated programs, from $from on, do what the model says',
  async ({ from, count }) => {
    const its = seedOf(from);
    const all = fc.sample(programs(temporalLimits), { seed: its, numRuns: count });
    const statuses = new Map<string, number>();
    const wrong = await inLanes([...all.entries()], lanes, async ([i, program]) => {
      const examined = await examineOnTemporal(engine, program);
      const { status } = examined.observed.outcome;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (examined.isAmbiguous) return [];
      const { differences } = examined;
      const rebuilt = i % sampled === 0 ? await differenceOfHistory(examined) : [];
      if (rebuilt.length > 0) differences.push(`its history tells otherwise: ${JSON.stringify(rebuilt)}`);
      return differences.length > 0 ? [reportOf(its, program, differences)] : [];
    });
    say(`${String(from + count)} programs on Temporal: ${JSON.stringify(Object.fromEntries(statuses))}`);
    expect(wrong.flat().join('\n\n')).toBe('');
  },
  600_000,
);
