import type { StepProgress } from '../contract/progress';
import { isEnd, openEventLog } from './event-log';

function step(
  path: string,
  status: StepProgress['status'],
  change: Partial<StepProgress> = {},
): StepProgress {
  return { path, as: path, kind: 'capability', capability: 'a.b', status, duration_ms: null, attempts: 0, cache: 'off', ...change }; // prettier-ignore
}

describe('the log of a run’s events', () => {
  it('tells of each step what is new, in numbers that go up', () => {
    const log = openEventLog('x');
    expect(log.steps([step('a', 'running')])).toEqual([
      { id: 'x-1', event: 'step', data: step('a', 'running') },
    ]);
    expect(log.steps([step('a', 'running')])).toEqual([]);
    const ended = step('a', 'success', { duration_ms: 5, attempts: 1 });
    expect(log.steps([ended, step('b', 'running')]).map(({ id }) => id)).toEqual(['x-2', 'x-3']);
    expect(log.status('waiting')).toEqual([{ id: 'x-4', event: 'status', data: { status: 'waiting' } }]);
    expect(log.status('waiting')).toEqual([]);
    expect(log.end('succeeded', { self: '/x' })).toEqual([
      { id: 'x-5-end', event: 'end', data: { status: 'succeeded', links: { self: '/x' } } },
    ]);
  });

  it('tells whoever comes back what came since, and a stranger everything as it stands', () => {
    const log = openEventLog('x');
    log.steps([step('a', 'running'), step('b', 'running')]);
    log.steps([step('a', 'success')]);
    log.status('running');
    const idsAfter = (id: string | null): string[] => log.after(id).map((event) => event.id);
    expect(idsAfter(null)).toEqual(['x-2', 'x-3', 'x-4']);
    expect(idsAfter('x-1')).toEqual(['x-2', 'x-3', 'x-4']);
    expect(idsAfter('x-3')).toEqual(['x-4']);
    expect(idsAfter('x-4')).toEqual([]);
    for (const foreign of ['y-4', 'x-', 'x-four', '4', '']) {
      expect(idsAfter(foreign)).toEqual(['x-2', 'x-3', 'x-4']);
    }
  });

  it('knows the id of an end, also of another log', () => {
    expect([isEnd('x-5-end'), isEnd('y-9-end'), isEnd('x-5'), isEnd(null)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
