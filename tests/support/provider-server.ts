/** A server on this machine that plays a provider: answers as it is told, and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Play = (res: ServerResponse, asked: Asked) => void;

export interface ProviderServer {
  baseUrl: string;
  /** In the order they came. */
  asked: Asked[];
  play(next: Play): void;
  close(): Promise<void>;
}

export async function startProviderServer(first: Play = notThere): Promise<ProviderServer> {
  let play = first;
  const asked: Asked[] = [];
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const url = new URL(req.url ?? '/', 'http://played');
      const one = {
        method: req.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: req.headers,
        body: Buffer.concat(parts).toString('utf8'),
      };
      asked.push(one);
      play(res, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    play: (next) => {
      play = next;
      asked.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function notThere(res: ServerResponse): void {
  res.writeHead(404).end();
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Play {
  return (res) => {
    res.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}
