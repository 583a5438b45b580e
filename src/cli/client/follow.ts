/** Following a run to its end: by its events, by asking again and again where those do not come. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution, ExecutionStatus } from '../../contract/execution';
import { CliError } from '../cli-error';
import { exitCodes } from '../exit-codes';
import type { Api } from './api';
import { listen, type Watcher } from './events';

const reconnectMs = 1000;
const pollMs = 1000;
/** So many connections in a row that brought nothing, and the events are given up. */
const silentConnections = 3;
/** A server may be away for so long before it is given up too; the run itself goes on. */
const awayMs = 60_000;

/** @throws CliError when the run is refused or the server stays away; an AbortError when `signal` aborts */
export async function followRun(
  api: Api,
  id: string,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<ExecutionStatus> {
  const patience = openPatience();
  let lastId: string | null = null;
  for (let silent = 0; silent < silentConnections;) {
    try {
      const end = await listen(api, id, lastId, watcher, signal);
      if (end.status !== null) return end.status;
      lastId = end.lastId;
      silent = end.heard ? 0 : silent + 1;
      patience.answered();
    } catch (error) {
      signal.throwIfAborted();
      // Too many listeners, or a proxy that knows no streams: the run can still be asked for.
      if (statusOf(error) !== null) break;
      patience.missed(error);
    }
    await sleep(reconnectMs, undefined, { signal });
  }
  return poll(api, id, watcher, signal);
}

async function poll(api: Api, id: string, watcher: Watcher, signal: AbortSignal): Promise<ExecutionStatus> {
  const patience = openPatience();
  for (;;) {
    try {
      const { execution, finished_at, trace } = await readExecution(api, id);
      patience.answered();
      watcher.status(execution.status);
      if (finished_at !== null) {
        for (const step of trace?.steps ?? []) watcher.step(step);
        return execution.status;
      }
    } catch (error) {
      if (isFinal(error)) throw error;
      patience.missed(error);
    }
    await sleep(pollMs, undefined, { signal });
  }
}

/** With its result, if it has ended. */
export async function readExecution(api: Api, id: string): Promise<Execution> {
  return (await api.get<Execution>(`/v1/executions/${encodeURIComponent(id)}`)).body;
}

/** The server answered, and waiting will not change what it says. */
function isFinal(error: unknown): boolean {
  const status = statusOf(error);
  return status !== null && status < 500 && status !== 429;
}

/** Of an answer; `null` when there was none. */
function statusOf(error: unknown): number | null {
  const status = error instanceof CliError ? error.problem['status'] : null;
  return typeof status === 'number' ? status : null;
}

function openPatience(): { answered(): void; missed(error: unknown): void } {
  let awaySince: number | null = null;
  return {
    answered: () => {
      awaySince = null;
    },
    missed: (error) => {
      awaySince ??= Date.now();
      if (Date.now() - awaySince < awayMs) return;
      throw error instanceof CliError
        ? error
        : new CliError(exitCodes.unreachable, {
            code: 'SERVER_UNREACHABLE',
            detail: `No server answers at this address any more: ${String(error)}`,
          });
    },
  };
}
