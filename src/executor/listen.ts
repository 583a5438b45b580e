/** The HTTP server around the app: limits of time and size below Express, and an orderly end. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Express } from 'express';
import { errorCodes } from '../contract/errors';

export interface ListenOptions {
  host: string;
  port: number;
  /** When the port is taken, tries the ones after it. */
  nextPortIfTaken: boolean;
}

/** How many ports are tried before the first one's error is reported. */
const portsTried = 20;
/** Longer than the longest `Prefer: wait` is not needed: waiters are answered when draining begins. */
const drainMs = 25_000;

/** @throws Error EADDRINUSE when no port of those allowed is free */
export async function listen(app: Express, options: ListenOptions): Promise<{ server: Server; url: string }> {
  const attempts = options.nextPortIfTaken && options.port !== 0 ? portsTried : 1;
  let taken: unknown;
  for (let port = options.port; port < options.port + attempts && port <= 65_535; port += 1) {
    const server = createHttpServer(app);
    try {
      await bind(server, options.host, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      taken ??= error;
      continue;
    }
    const bound = (server.address() as AddressInfo).port;
    const host = options.host.includes(':') ? `[${options.host}]` : options.host;
    return { server, url: `http://${host}:${String(bound)}` };
  }
  throw taken;
}

/** Takes no new connections, lets answers under way go out, then cuts what is left. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  // A connection kept alive turns idle only after its answer; it has to be closed then.
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, 100);
  const force = setTimeout(() => {
    server.closeAllConnections();
  }, drainMs);
  await closed;
  clearInterval(idle);
  clearTimeout(force);
}

function createHttpServer(app: Express): Server {
  // Node decides between the parsers; the strict one refuses what proxies and servers could read differently.
  const server = createServer(
    { insecureHTTPParser: false, requestTimeout: 30_000, headersTimeout: 10_000 },
    app,
  );
  server.keepAliveTimeout = 5000;
  server.maxRequestsPerSocket = 1000;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    refuseUnreadable(error, socket);
  });
  return server;
}

/** Such a request never reaches Express; it gets the same form of answer all the same. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const reason = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' }[
    status
  ];
  const body = JSON.stringify({
    type: 'urn:dawsos:error:REQUEST_INVALID',
    title: errorCodes.REQUEST_INVALID.summary,
    status,
    detail: 'The request is not readable HTTP.',
    code: 'REQUEST_INVALID',
  });
  const head = `HTTP/1.1 ${String(status)} ${reason ?? ''}\r\nContent-Type: application/problem+json\r\n`;
  socket.end(`${head}Content-Length: ${String(Buffer.byteLength(body))}\r\nConnection: close\r\n\r\n${body}`);
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
