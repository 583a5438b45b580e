/** What a step costs on Temporal as patterns grow: rows and chains of 10, 50 and 200 trivial steps, over HTTP. */
import type { Api } from './api';
import { measure, median } from './measure';
import { nextSeed, sizes } from './patterns';
import { aimLine, ms, type Say } from './report';

export async function benchTemporalSteps(say: Say, api: Api, calls: number): Promise<void> {
  for (const shape of ['wide', 'deep'] as const) {
    const perStep: number[] = [];
    for (const size of sizes) {
      const body = (): object => ({ pattern_id: `bench_${shape}_${String(size)}`, inputs: nextSeed() });
      const call = (): Promise<unknown> => api.execute(body());
      await measure(call, 2, 1);
      const { latencies } = await measure(call, Math.max(3, Math.round((calls * 20) / size)), 1);
      perStep.push(median(latencies) / size);
    }
    const texts = sizes.map((size, index) => `${String(size)}: ${ms(perStep[index] ?? Number.NaN)}`);
    say(`a step on Temporal, ${shape}: ${texts.join('  ')} (p50 of a run / its steps)`);
    const [ten = Number.NaN] = perStep;
    say(aimLine(`${shape}: a step of 200 / a step of 10`, (perStep.at(-1) ?? Number.NaN) / ten, 1.5, '×'));
  }
}
