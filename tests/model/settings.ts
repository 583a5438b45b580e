/** How many programs, and which: MODEL_RUNS and MODEL_SEED, as `npm run test:model` sets them. */
import { randomInt } from 'node:crypto';

/** Repeats a run, together with the number of programs. */
export const seed = Number(process.env['MODEL_SEED'] ?? randomInt(2 ** 31));

/** Tests of one batch each, so that a long run shows how far it is. */
export function batchesOf(usual: number, size: number): { from: number; count: number }[] {
  const runs = Number(process.env['MODEL_RUNS'] ?? usual);
  return Array.from({ length: Math.ceil(runs / size) }, (_, i) => ({
    from: i * size,
    count: Math.min(size, runs - i * size),
  }));
}

/** A batch has its own seed, so that it can be repeated alone: MODEL_SEED=<it> MODEL_RUNS=<its count>. */
export function seedOf(from: number): number {
  return (seed + from) % 2 ** 31;
}

export function say(text: string): void {
  process.stdout.write(`model: ${text}\n`);
}
