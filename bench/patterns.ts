/** What the benchmarks run: the shipped patterns, and chains and rows of trivial steps. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type BenchPattern = Record<string, unknown> & { id: string; category: string; steps: object[] };

export const sizes = [10, 50, 200] as const;
export type Shape = 'wide' | 'deep';

export const overviewId = 'portfolio_overview';
export const sixStepsId = 'bench_six_steps';

/** `wide`: each on its own; `deep`: each takes the result of the one before. No two calls of a run are equal. */
export function stepsPattern(
  shape: Shape,
  count: number,
  id = `bench_${shape}_${String(count)}`,
): BenchPattern {
  const steps = Array.from({ length: count }, (_, index) => ({
    capability: 'calc.annualise',
    args: {
      total_return:
        shape === 'wide' || index === 0 ? '{{inputs.seed}}' : `{{state.s${String(index - 1)}.annualised}}`,
      days: 400 + index,
    },
    as: `s${String(index)}`,
  }));
  return {
    id,
    name: id,
    version: '1.0.0',
    category: 'analysis',
    description: `${String(count)} trivial steps, ${shape}.`,
    inputs: { seed: { type: 'number', required: true } },
    steps,
    outputs: [`s${String(count - 1)}`],
  };
}

const folder = path.resolve(__dirname, '../patterns');

/** The project's own. */
export function shippedPatterns(): BenchPattern[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && file.includes(path.sep))
    .sort()
    .map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as BenchPattern);
}

/** Chains and rows of trivial steps. */
export function stepsPatterns(): BenchPattern[] {
  return [
    stepsPattern('deep', 6, sixStepsId),
    ...(['wide', 'deep'] as const).flatMap((shape) => sizes.map((size) => stepsPattern(shape, size))),
  ];
}

let seeds = 0;

/** Inputs that no run had before. */
export function nextSeed(): { seed: number } {
  seeds += 1;
  return { seed: 0.01 + seeds / 1e6 };
}
