import type { BreakerState } from '../contract/breaker';
import { createMetrics, type Metrics } from './metrics';

const closed: BreakerState = { fails: 0, open_until: 0, probe_until: 0, generation: 0 };

function metricsWith(states: Record<string, BreakerState> = {}): Metrics {
  return createMetrics({
    pool: { totalCount: 3, idleCount: 2, waitingCount: 1 },
    breakers: { read: () => Promise.resolve(states) },
    agents: Object.keys(states),
    waiting: { waiters: () => 4 },
    now: () => 1000,
  });
}

/** The samples of ours, as Prometheus reads them. */
async function samplesOf(metrics: Metrics): Promise<string[]> {
  const { text } = await metrics.render();
  return text.split('\n').filter((line) => line.startsWith('dawsos_'));
}

const row = (finished: boolean) => ({
  id: 'x',
  pattern: { id: 'p' },
  status: finished ? ('failed' as const) : ('running' as const),
  degraded: ['y'],
  finished_at: finished ? new Date(0) : null,
});

describe('the metrics', () => {
  it('look up waiting callers, connections and breakers when they are asked', async () => {
    const metrics = metricsWith({
      well: closed,
      resting: { ...closed, open_until: 2000 },
      probed: { ...closed, open_until: 500 },
    });
    expect(await samplesOf(metrics)).toEqual([
      'dawsos_waiters 4',
      'dawsos_pool_connections{state="total"} 3',
      'dawsos_pool_connections{state="idle"} 2',
      'dawsos_pool_connections{state="waiting"} 1',
      'dawsos_breaker_state{agent="well"} 0',
      'dawsos_breaker_state{agent="resting"} 2',
      'dawsos_breaker_state{agent="probed"} 1',
    ]);
  });

  it('count starts and ends by pattern, status and whether degraded', async () => {
    const metrics = metricsWith();
    metrics.executionStarted('p');
    metrics.executionFinished('p', 'succeeded');
    metrics.executionFinished('p', 'succeeded', true);
    expect(await samplesOf(metrics)).toEqual(
      expect.arrayContaining([
        'dawsos_executions_started_total{pattern="p"} 1',
        'dawsos_executions_finished_total{pattern="p",status="succeeded",degraded="false"} 1',
        'dawsos_executions_finished_total{pattern="p",status="succeeded",degraded="true"} 1',
      ]),
    );
  });

  it('count an end once, and only of a run that was seen unfinished', async () => {
    const metrics = metricsWith();
    metrics.executionSeen(row(true));
    expect((await samplesOf(metrics)).join()).not.toContain('finished_total{');
    metrics.executionSeen(row(false));
    metrics.executionSeen(row(true));
    metrics.executionSeen(row(true));
    metrics.executionStarted('p', 'z');
    metrics.executionSeen({ ...row(true), id: 'z' });
    expect(await samplesOf(metrics)).toContain(
      'dawsos_executions_finished_total{pattern="p",status="failed",degraded="true"} 2',
    );
  });

  it('count requests with their time, in a registry of each server’s own', async () => {
    const metrics = metricsWith();
    metrics.requestAnswered({ route: '/v1/packs/:id', method: 'GET', status: 404, seconds: 0.02 });
    const samples = await samplesOf(metrics);
    expect(samples).toContain(
      'dawsos_http_requests_total{route="/v1/packs/:id",method="GET",status="404"} 1',
    );
    expect(samples).toContain(
      'dawsos_http_request_duration_seconds_bucket{le="0.025",route="/v1/packs/:id",method="GET"} 1',
    );
    expect((await samplesOf(metricsWith())).join()).not.toContain('requests_total{');
    expect((await metrics.render()).text).toContain('process_cpu_seconds_total');
  });
});
