/** `npm run test:model`: thousands of generated programs, in memory and on real Temporal; MODEL_RUNS and MODEL_SEED say how many and which. */
import { randomInt } from 'node:crypto';

process.env.MODEL_RUNS ??= '2000';
process.env.MODEL_SEED ??= String(randomInt(2 ** 31));
const { MODEL_RUNS, MODEL_SEED } = process.env;
console.log(`seed ${MODEL_SEED}: ${MODEL_RUNS} programs in memory, and ${MODEL_RUNS} on Temporal`);
process.argv.push('tests/model/model.test', 'tests/integration/model.test');
await import('../../scripts/test.mjs');
