/** Ports nobody listens on. A hint only: between looking and binding another process may be faster. */
import { createServer } from 'node:net';

/** The first free port from `from` upwards, or any free one when `from` is 0. */
export async function findFreePort(from: number, avoid: readonly number[] = []): Promise<number> {
  for (let port = from; port <= 65_535; port += 1) {
    const bound = avoid.includes(port) && port !== 0 ? null : await tryPort(port);
    if (bound !== null) return bound;
  }
  throw new Error(`No port is free from ${String(from)} upwards.`);
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(null);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(address !== null && typeof address === 'object' ? address.port : null);
      });
    });
  });
}
