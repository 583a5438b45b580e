import { openProgress } from './direct-progress';
import type { Plan } from '../pattern/plan';
import type { StepRun } from '../pattern/run/step-run';

const running = { status: 'running', started_at: 1, ended_at: null, attempts: 0 } as StepRun;
const ended = { ...running, status: 'success', ended_at: 4, attempts: 1 } as StepRun;
const common = { condition: null, edges: [], effect: 'none', optional: false, handlers: [], timeoutMs: null };
const compute = (as: string) => ({ ...common, kind: 'compute', as, expressions: '1' });
const plan = {
  steps: [compute('a'), { ...common, kind: 'pattern', as: 'sub', plan: { steps: [compute('deep')] } }],
} as unknown as Plan;

describe('a direct run’s progress', () => {
  it('is the steps that began, those of sub-patterns under their path', () => {
    const progress = openProgress(plan);
    expect(progress.read()).toEqual([]);
    const runs = new Map([['a', ended]]);
    progress.watch(runs);
    runs.set('sub', running);
    progress.watchChild('sub.', new Map([['deep', running]]));
    expect(progress.read().map(({ path, status, duration_ms }) => [path, status, duration_ms])).toEqual([
      ['a', 'success', 3],
      ['sub', 'running', null],
      ['sub.deep', 'running', null],
    ]);
  });
});
