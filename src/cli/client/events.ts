/** One connection to a run's event stream: what the server sends, parsed, until it ends or breaks. */
import { createParser } from 'eventsource-parser';
import type { ExecutionStatus } from '../../contract/execution';
import type { StepProgress } from '../../contract/progress';
import { type Api, read } from './api';

/** Who is told how a run goes on. */
export interface Watcher {
  step(step: StepProgress): void;
  status(status: ExecutionStatus): void;
}

export interface StreamEnd {
  /** `null`: the stream ended before the run did. */
  status: ExecutionStatus | null;
  /** Where to go on. */
  lastId: string | null;
  /** Whether anything came at all. */
  heard: boolean;
}

/** @throws CliError when the server refuses; what `fetch` throws when the connection breaks or `signal` aborts */
export async function listen(
  api: Api,
  id: string,
  lastId: string | null,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<StreamEnd> {
  const headers = { Accept: 'text/event-stream', ...(lastId !== null && { 'Last-Event-ID': lastId }) };
  const response = await api.open(`/v1/executions/${id}/events`, headers, signal);
  if (!response.ok) await read(response, api.url);
  const end: StreamEnd = { status: null, lastId, heard: false };
  const parser = createParser({
    onEvent: ({ id: eventId, event, data }) => {
      end.heard = true;
      end.lastId = eventId ?? end.lastId;
      const told = JSON.parse(data) as { status: ExecutionStatus };
      if (event === 'step') watcher.step(told as unknown as StepProgress);
      if (event === 'status') watcher.status(told.status);
      if (event === 'end') end.status = told.status;
    },
  });
  const decoder = new TextDecoder();
  const body = (response.body ?? []) as AsyncIterable<Uint8Array>;
  for await (const chunk of body) parser.feed(decoder.decode(chunk, { stream: true }));
  return end;
}
