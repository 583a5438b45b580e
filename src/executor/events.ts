/** `GET /v1/executions/{id}/events`: steps as they start and end, as server-sent events. */
import type { RequestHandler } from 'express';
import type { ExecutionRow } from '../db/executions';
import { progressOfLine } from '../pattern/progress';
import { type TemporalUi, toHandle } from './answer';
import type { DirectRuns } from './direct-runs';
import { createFeeds, type FeedTimes, type RunView } from './event-feeds';
import { type EventLog, isEnd, openEventLog, type RunEvent } from './event-log';
import { type EventStream, openEventStream } from './event-stream';
import { requireOwn } from './executions';
import { type FollowDeps, refresh, requireExecution } from './follow';
import { progressReader } from './progress-reader';

export interface EventsDeps extends FollowDeps {
  direct: Pick<DirectRuns, 'progress'>;
  draining: AbortSignal;
  now: () => number;
}

/** How often Temporal itself is asked whether a run that says "running" still does. */
const doubtedAfterMs = 10_000;

export function events(deps: EventsDeps, times?: FeedTimes): RequestHandler {
  const feeds = createFeeds(deps.draining, times);
  const readProgress = progressReader(deps);
  /** A look costs one query and one row; Temporal is asked for the run's state only now and then. */
  const viewer = (row: ExecutionRow): (() => Promise<RunView>) => {
    let askedAt = deps.now();
    return async () => {
      const stored = await requireExecution(deps.pool, row.user_id, row.id);
      const isDoubted = deps.now() - askedAt > doubtedAfterMs;
      if (isDoubted) askedAt = deps.now();
      const present = isDoubted ? await refresh(deps, stored, deps.now()) : stored;
      deps.metrics?.executionSeen(present);
      if (present.finished_at !== null) return viewOfEnd(present, deps.ui);
      const lines = await readProgress(present);
      return {
        ended: false,
        note: (log) => [...log.status(present.status), ...(lines === null ? [] : log.steps(lines))],
      };
    };
  };
  return async (req, res) => {
    const row = await requireOwn(deps, req, res);
    const lastId = req.get('Last-Event-ID') ?? null;
    if (row.finished_at !== null && isEnd(lastId)) {
      // Which tells an EventSource not to come back.
      res.status(204).end();
      return;
    }
    // Gone while its row was read: then nothing would ever say that it is.
    if (res.closed) return;
    if (req.method === 'HEAD') {
      res.setHeader('Content-Type', 'text/event-stream; charset=utf-8').end();
      return;
    }
    if (row.finished_at !== null) {
      const log = openEventLog('stored');
      viewOfEnd(row, deps.ui).note(log);
      const stream = openEventStream(res, () => undefined);
      log.after(lastId).forEach(stream.send);
      stream.end();
      return;
    }
    if (deps.draining.aborted) {
      // The caller comes back in a second, and to another server.
      openEventStream(res, () => undefined).end();
      return;
    }
    let stream: EventStream | null = null;
    const before: RunEvent[] = [];
    const stop = feeds.listen(row, lastId, viewer(row), {
      // The head of the answer goes out when it is certain that there is a place.
      send: (event) => {
        if (stream) stream.send(event);
        else before.push(event);
      },
      end: () => stream?.end(),
    });
    stream = openEventStream(res, stop);
    before.forEach(stream.send);
  };
}

function viewOfEnd(row: ExecutionRow, ui: TemporalUi | null): RunView {
  const lines = (row.trace?.steps ?? []).map(progressOfLine);
  const note = (log: EventLog): RunEvent[] => [
    ...log.steps(lines),
    ...log.status(row.status),
    ...log.end(row.status, toHandle(row, ui).links),
  ];
  return { ended: true, note };
}
