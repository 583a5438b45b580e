/** The API as a process of its own: it starts from the environment alone, and SIGTERM ends it cleanly. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { startProcess } from '../support/process';
import { type Stack, startStack } from '../support/stack';

const entry = path.join(__dirname, '../../src/executor/server.ts');
let stack: Stack;

beforeAll(async () => {
  stack = await startStack([]);
}, 120_000);

afterAll(async () => {
  await stack.close();
}, 60_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it('answers with the shipped patterns once it says that it is ready, and ends with code 0', async () => {
  const port = await freePort();
  const { config } = stack;
  const child = await startProcess(entry, {
    PORT: String(port),
    LOG_LEVEL: 'silent',
    TEMPORAL_ADDRESS: config.temporalAddress,
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    DATABASE_URL: config.databaseUrl,
    JWT_PUBLIC_KEY_FILE: config.jwt.publicKeyFile ?? '',
  });
  const url = `http://127.0.0.1:${String(port)}`;
  const patterns = await stack.call('/v1/patterns', { url });
  expect(patterns.body as unknown as object[]).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: 'portfolio_overview', broken: false })]),
  );
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
});
