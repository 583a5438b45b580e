/** Server-sent events on a response: written as they come, kept alive, and ended with everything they hold. */
import type { Response } from 'express';
import type { RunEvent } from './event-log';

export interface EventStream {
  send(event: RunEvent): void;
  end(): void;
}

/** Proxies cut what is silent for longer. */
const heartbeatMs = 15_000;
/** A token is checked when a stream begins; whoever still wants it then asks again, with the token it has by then. */
const longestMs = 60 * 60_000;
/** What a caller may leave unread; it comes back for the rest. */
const maximumUnreadBytes = 1024 * 1024;

/** Sends the head of the answer. `onClose` is called once, however the stream ends. */
export function openEventStream(res: Response, onClose: () => void): EventStream {
  res.status(200).setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  // Some proxies collect an answer before they pass it on.
  res.setHeader('X-Accel-Buffering', 'no');
  res.write('retry: 1000\n\n');
  res.flushHeaders();
  const heartbeat = setInterval(() => {
    res.write(': still there\n\n');
  }, heartbeatMs);
  const end = (): void => {
    res.end();
  };
  const longest = setTimeout(end, longestMs);
  res.once('close', () => {
    clearInterval(heartbeat);
    clearTimeout(longest);
    onClose();
  });
  return {
    send: ({ id, event, data }) => {
      if (res.writableEnded || res.destroyed) return;
      res.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (res.writableLength > maximumUnreadBytes) res.destroy();
    },
    end,
  };
}
