/** What Prometheus is told: requests, executions, waiting callers, connections, breakers, and the process itself. */
import type { RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { ExecutionStatus } from '../contract/execution';
import { gaugesOf, type GaugeSources } from './metrics-gauges';
import { routeOf } from './request-scope';

/** What is counted as it happens. Labels are patterns, statuses and routes: never a user, an id or a path. */
export interface Metrics {
  requestAnswered(request: AnsweredRequest): void;
  /** @param id with it, `executionSeen` can count the end */
  executionStarted(pattern: string, id?: string): void;
  executionFinished(pattern: string, status: ExecutionStatus, degraded?: boolean): void;
  /** To be told of every row read: the end of a run that was seen unfinished counts, once. */
  executionSeen(row: SeenExecution): void;
  /** The text that Prometheus reads, and its media type. */
  render(): Promise<{ type: string; text: string }>;
}

export interface AnsweredRequest {
  route: string;
  method: string;
  status: number;
  seconds: number;
}

export interface SeenExecution {
  id: string;
  pattern: { id: string };
  status: ExecutionStatus;
  degraded: readonly string[];
  finished_at: Date | null;
}

/** Ids of runs under way that are kept in mind; a run forgotten is one end not counted. */
const remembered = 10_000;
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Each call has a registry of its own, so two servers in one process do not mix. */
export function createMetrics(sources: GaugeSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gaugesOf(registry, sources);
  const requests = new Counter({
    name: 'dawsos_http_requests_total',
    help: 'Requests answered.',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'dawsos_http_request_duration_seconds',
    help: 'From a request’s first line to the end of its answer; a waiting caller’s wait is part of it.',
    labelNames: ['route', 'method'],
    buckets,
    registers: [registry],
  });
  return {
    requestAnswered: ({ route, method, status, seconds }) => {
      requests.inc({ route, method, status: String(status) });
      durations.observe({ route, method }, seconds);
    },
    ...countExecutions(registry),
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

/** Early in the chain: counts every request, also those refused before they reach a route. */
export function countRequests(metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    res.once('close', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      metrics.requestAnswered({ route: routeOf(req), method: req.method, status: res.statusCode, seconds });
    });
    next();
  };
}

function countExecutions(
  registry: Registry,
): Pick<Metrics, 'executionStarted' | 'executionFinished' | 'executionSeen'> {
  const underWay = new LRUCache<string, true>({ max: remembered });
  const started = new Counter({
    name: 'dawsos_executions_started_total',
    help: 'Executions that this process started.',
    labelNames: ['pattern'],
    registers: [registry],
  });
  const finished = new Counter({
    name: 'dawsos_executions_finished_total',
    help: 'Executions whose end this process saw.',
    labelNames: ['pattern', 'status', 'degraded'],
    registers: [registry],
  });
  const executionFinished: Metrics['executionFinished'] = (pattern, status, degraded = false) => {
    finished.inc({ pattern, status, degraded: String(degraded) });
  };
  return {
    executionFinished,
    executionStarted: (pattern, id) => {
      started.inc({ pattern });
      if (id !== undefined) underWay.set(id, true);
    },
    executionSeen: ({ id, pattern, status, degraded, finished_at }) => {
      if (finished_at === null) underWay.set(id, true);
      else if (underWay.delete(id)) executionFinished(pattern.id, status, degraded.length > 0);
    },
  };
}
