/** Runs a program in memory and holds it against the model. */
import fc from 'fast-check';
import { judge, type Verdict } from './compare';
import type { Program } from './program';
import { randomOf } from './random';
import { type Observed, runLocally, startOfTime } from './run-local';
import { schedulesInMemory } from './schedules';

/** So many orders of what happens at once are tried before the engine is said to be wrong. */
const schedulesInMemoryTried = 400;

export async function examineInMemory(program: Program): Promise<Verdict & { observed: Observed }> {
  const observed = await runLocally(program);
  const schedules = schedulesInMemory(schedulesInMemoryTried, randomOf(1));
  const comparing = { startedAt: startOfTime, isOrderExact: true };
  return { observed, ...(await judge(program, observed, schedules, comparing)) };
}

/** What a person needs to repeat it: the seed, the program, and what is wrong. */
export function reportOf(seed: number, program: Program, differences: string[]): string {
  return [`seed ${String(seed)}`, JSON.stringify(program), ...differences].join('\n');
}

/** @throws Error with the smallest program found on which model and engine disagree */
export async function checkInMemory(
  arbitrary: fc.Arbitrary<Program>,
  seed: number,
  count: number,
): Promise<void> {
  const property = fc.asyncProperty(arbitrary, async (program) => {
    const { differences, isAmbiguous } = await examineInMemory(program);
    return isAmbiguous || differences.length === 0;
  });
  const { failed, counterexample } = await fc.check(property, { seed, numRuns: count });
  if (!failed) return;
  if (!counterexample) throw new Error(`seed ${String(seed)}: too few of the programs are accepted`);
  const [program] = counterexample;
  const differences = await examineInMemory(program).then(
    (verdict) => verdict.differences,
    (error: unknown) => [String(error)],
  );
  throw new Error(reportOf(seed, program, differences));
}
