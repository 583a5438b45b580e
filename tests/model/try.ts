import fc from 'fast-check';
import { programs, localLimits } from './generate';
import { runLocally, startOfTime } from './run-local';
import { judge, schedulesInMemory } from './compare';
async function main() {
  const n = Number(process.argv[2] ?? 100);
  const seed = Number(process.argv[3] ?? 1);
  const stats: Record<string, number> = {};
  const bump = (k: string) => {
    stats[k] = (stats[k] ?? 0) + 1;
  };
  const t0 = Date.now();
  let shown = 0;
  for (const [i, program] of fc.sample(programs(localLimits), { numRuns: n, seed }).entries()) {
    try {
      const o = await runLocally(program);
      bump(o.outcome.status);
      const v = await judge(program, o, {
        schedules: schedulesInMemory(30, Math.random),
        startedAt: startOfTime,
      });
      if (v.isAmbiguous) {
        bump('ambiguous');
        continue;
      }
      if (v.differences.length) {
        bump('DIFF');
        if (shown++ < 5) console.log(i, JSON.stringify(program), '\n', v.differences.join('\n'));
      } else bump('same');
    } catch (e) {
      const m = (e as Error).message;
      bump('ERR ' + m.replace(/[a-z]+\d+|\d+/g, '#').slice(0, 150));
      if (shown++ < 5) console.log(i, m.slice(0, 600));
    }
  }
  console.log(stats, (Date.now() - t0) / n, 'ms each');
}
void main();
