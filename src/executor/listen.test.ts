/** The HTTP server below Express: what Node's parser refuses, ports that are taken, and the end. */
import { connect } from 'node:net';
import express from 'express';
import { drain, listen } from './listen';

const app = express();
app.get('/slow', (_req, res) => {
  setTimeout(() => res.send('done'), 200);
});
app.use((_req, res) => {
  res.send('ok');
});

/** Sends bytes as they are and returns all that comes back. */
function raw(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('the HTTP server', () => {
  it.each([
    [
      'length and chunks at once',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd'],
    ['no HTTP at all', 'hello\r\n\r\n'],
  ])('answers %s with a problem and closes', async (_name, bytes) => {
    const { server, url } = await listen(app, { host: '127.0.0.1', port: 0, nextPortIfTaken: false });
    const answer = await raw(url, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
    expect(answer).not.toMatch(/\.js:|Parse Error/);
    await drain(server);
  });

  it('tries the next port only when it may', async () => {
    const first = await listen(app, { host: '127.0.0.1', port: 0, nextPortIfTaken: false });
    const port = Number(new URL(first.url).port);
    await expect(listen(app, { host: '127.0.0.1', port, nextPortIfTaken: false })).rejects.toThrow(
      'EADDRINUSE',
    );
    const second = await listen(app, { host: '127.0.0.1', port, nextPortIfTaken: true });
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
    await Promise.all([drain(first.server), drain(second.server)]);
  });

  it('lets an answer under way go out before it ends, and takes no more', async () => {
    const { server, url } = await listen(app, { host: '127.0.0.1', port: 0, nextPortIfTaken: false });
    const slow = fetch(`${url}/slow`).then((response) => response.text());
    await new Promise((resolve) => setTimeout(resolve, 50));
    const drained = drain(server);
    await expect(fetch(url)).rejects.toThrow();
    expect(await slow).toBe('done');
    await drained;
  });
});
