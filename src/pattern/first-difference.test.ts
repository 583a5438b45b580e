import type { StepTrace, Trace } from '../contract/trace';
import { firstDifference } from './first-difference';

const step = (path: string, second: number | null, change: Partial<StepTrace> = {}): StepTrace => ({
  path, as: path, kind: 'compute', capability: null, agent: null, status: 'success', args: null, args_digest: 'a',
  result_digest: 'r', started_at: second === null ? null : `2026-01-01T00:00:0${String(second)}.000Z`,
  duration_ms: 1, attempts: 1, cache: 'off', source: null, ...change,
}); // prettier-ignore
const traceOf = (...steps: StepTrace[]): Trace => ({ steps }) as Trace;

describe('the first difference', () => {
  it('is none between runs that did the same', () => {
    expect(firstDifference(traceOf(step('a', 0)), traceOf(step('a', 5)))).toBeNull();
  });

  it('is the cause, also where the file writes what it caused first', () => {
    const left = traceOf(step('sum', 2), step('source', 1));
    const right = traceOf(
      step('sum', 2, { args_digest: 'b' }),
      step('source', 1, { result_digest: 'other' }),
    );
    expect(firstDifference(left, right)).toEqual({
      path: 'source',
      what: 'result',
      left: 'r',
      right: 'other',
    });
  });

  it('is the step inside and not the group around it', () => {
    const left = traceOf(step('all', 1), step('all.0', 1), step('all.1', 1));
    const right = traceOf(
      step('all', 1, { result_digest: 'x' }),
      step('all.0', 1),
      step('all.1', 1, { result_digest: 'y' }),
    );
    expect(firstDifference(left, right)).toMatchObject({ path: 'all.1', what: 'result' });
  });

  it('is never a step that another one kept from starting', () => {
    const left = traceOf(step('late', 3), step('early', 1));
    const right = traceOf(step('late', null, { status: 'not_run' }), step('early', 1, { status: 'error' }));
    expect(firstDifference(left, right)).toMatchObject({ path: 'early', what: 'status', right: 'error' });
  });

  it('is a step that only one of them has', () => {
    expect(firstDifference(traceOf(step('a', 0)), traceOf(step('a', 0), step('a.1', 1)))).toMatchObject({
      path: 'a.1',
      what: 'steps',
    });
  });
});
