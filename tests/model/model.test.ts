/** Generated programs in memory: the interpreter does what the model, which knows nothing of it, says. */
import fc from 'fast-check';
import { checkInMemory, examineInMemory, reportOf } from './examine';
import { crowds, localLimits, programs } from './generate';
import type { Program } from './program';
import seeds from './seeds.json';
import { batchesOf, say, seed, seedOf } from './settings';

const found = seeds as unknown as { found: string; seed: number; program: Program }[];

describe('the interpreter in memory', () => {
  it.each(found)('does what the model says where it once did not: $found', async ({ seed: its, program }) => {
    const { differences } = await examineInMemory(program);
    expect(differences.length === 0 ? '' : reportOf(its, program, differences)).toBe('');
  });

  say(`seed ${String(seed)}`);
  it.each(batchesOf(400, 400))(
    'does what the model says in $count generated programs, from $from on',
    async ({ from, count }) => {
      await checkInMemory(programs(localLimits), seedOf(from), count);
      say(`${String(from + count)} programs in memory`);
    },
    120_000,
  );

  it('does what the model says where calls wait for a place', async () => {
    await checkInMemory(crowds, seed, 25);
  });

  it('is given programs that end in every way, and few of which the language leaves open', async () => {
    const verdicts = await Promise.all(
      fc.sample(programs(localLimits), { seed, numRuns: 150 }).map((program) => examineInMemory(program)),
    );
    const counts = { succeeded: 0, failed: 0, cancelled: 0, timed_out: 0 };
    for (const { observed } of verdicts) counts[observed.outcome.status] += 1;
    expect(counts.succeeded).toBeGreaterThan(40);
    expect(counts.failed).toBeGreaterThan(20);
    expect(counts.cancelled).toBeGreaterThan(0);
    expect(verdicts.filter(({ isAmbiguous }) => isAmbiguous).length).toBeLessThan(10);
    const statuses = new Set(
      verdicts.flatMap(({ observed }) => observed.outcome.trace.steps.map(({ status }) => status)),
    );
    expect([...statuses].sort()).toEqual([
      'compensated',
      'degraded',
      'error',
      'not_run',
      'skipped',
      'success',
    ]);
  });
});
