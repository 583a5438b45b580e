import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StepProgress } from '../../contract/progress';
import { CliError } from '../cli-error';
import { openApi } from './api';
import type { Watcher } from './events';
import { followRun } from './follow';

const id = '108fe221-aa95-4aa2-afa7-3497d1d406b2';
const progress = (path: string, status: string): object => ({
  path, as: path, kind: 'capability', capability: 'x.y', status, duration_ms: 1, attempts: 1, cache: 'off',
}); // prettier-ignore
const event = (number: number, name: string, data: object): string =>
  `id: l-${String(number)}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function follow(
  answer: Answer,
  signal = new AbortController().signal,
): Promise<{ status: string; seen: string[] }> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const api = await openApi({ url, token: 't' });
  const seen: string[] = [];
  const watcher: Watcher = {
    step: ({ path, status }: StepProgress) => seen.push(`${path} ${status}`),
    status: (status) => seen.push(status),
  };
  return { status: await followRun(api, id, watcher, signal), seen };
}

const stream = (res: ServerResponse, text: string): void => {
  res.setHeader('Content-Type', 'text/event-stream').end(text);
};

describe('followRun', () => {
  it('tells steps and status as they come, and ends with the run', async () => {
    const told = await follow((_req, res) => {
      const parts = [event(1, 'step', progress('a', 'running')), event(2, 'status', { status: 'running' }), event(3, 'step', progress('a', 'success')), event(4, 'end', { status: 'succeeded', links: {} })].join('');
      // Cut in the middle of an event, and of a character.
      res.setHeader('Content-Type', 'text/event-stream').write(parts.slice(0, 40));
      setTimeout(() => res.end(parts.slice(40)), 20);
    }); // prettier-ignore
    expect(told).toEqual({ status: 'succeeded', seen: ['a running', 'running', 'a success'] });
  });

  it('goes on where a broken connection left off', async () => {
    const asked: unknown[] = [];
    const told = await follow((req, res) => {
      asked.push(req.headers['last-event-id']);
      if (asked.length === 1) stream(res, event(7, 'step', progress('a', 'running')));
      else if (asked.length === 2) res.destroy();
      else stream(res, event(8, 'end', { status: 'failed', links: {} }));
    });
    expect(told).toEqual({ status: 'failed', seen: ['a running'] });
    expect(asked).toEqual([undefined, 'l-7', 'l-7']);
  });

  it('asks again and again where there are no events to be had', async () => {
    let polls = 0;
    const told = await follow((req, res) => {
      res.setHeader('Content-Type', 'application/json');
      if (req.url?.endsWith('/events') === true) {
        res.statusCode = 429;
        res.end(JSON.stringify({ code: 'RATE_LIMITED', detail: 'too many listeners' }));
        return;
      }
      polls += 1;
      const ended = polls > 1;
      res.end(
        JSON.stringify({
          execution: { id, status: ended ? 'succeeded' : 'running' },
          finished_at: ended ? '2026-01-01T00:00:00Z' : null,
          trace: { steps: [progress('a', 'success')] },
        }),
      );
    });
    expect(told).toEqual({ status: 'succeeded', seen: ['running', 'succeeded', 'a success'] });
  });

  it('says so when the run is not there', async () => {
    const refuse: Answer = (_req, res) => {
      res.statusCode = 404;
      res.end(JSON.stringify({ code: 'EXECUTION_NOT_FOUND', detail: 'no such execution' }));
    };
    await expect(follow(refuse)).rejects.toThrow(CliError);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const told = follow((_req, res) => {
      res.setHeader('Content-Type', 'text/event-stream').write(': there\n\n');
      controller.abort();
    }, controller.signal);
    await expect(told).rejects.toThrow();
    expect(controller.signal.aborted).toBe(true);
  });
});
