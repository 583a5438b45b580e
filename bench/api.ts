/** The API as built, in a process of its own, with the benchmark's patterns, and a caller that keeps its connections. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { embeddedRights } from '../src/contract/shipped-rights';
import { makeEmbeddedKeys, signEmbeddedToken } from '../src/executor/embedded-keys';
import type { BenchPattern } from './patterns';
import type { BenchStack } from './stack';

export interface Api {
  /** @throws Error unless it is answered with 200 and a run that succeeded */
  execute(body: object, headers?: Record<string, string>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** @param user whose requests they are */
export async function startApi(
  stack: BenchStack,
  user: string,
  patterns: readonly BenchPattern[],
): Promise<Api> {
  const { publicKeyFile } = await makeEmbeddedKeys(stack.dataDir);
  const token = await signEmbeddedToken(stack.dataDir, { sub: user, rights: embeddedRights, ttl: '2h' });
  // As the image starts it.
  const server = spawn(process.execPath, ['--max-semi-space-size=64', 'dist/src/executor/server.js'], {
    cwd: path.resolve(__dirname, '..'),
    env: {
      ...process.env,
      ...stack.env,
      JWT_PUBLIC_KEY_FILE: publicKeyFile,
      PATTERNS_DIR: writePatterns(stack.dataDir, patterns),
      RATE_LIMIT_PER_MINUTE: '0',
      MAX_RUNNING_PER_USER: '0',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const url = await urlOf(server);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  return {
    execute: (body, headers = {}) => post(new URL('/v1/execute', url), agent, token, body, headers),
    close: async () => {
      agent.destroy();
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}

async function urlOf(server: ChildProcess): Promise<string> {
  const failed = once(server, 'exit').then(() => {
    throw new Error('the benchmark’s API ended before it was ready');
  });
  failed.catch(() => undefined);
  const [{ url }] = (await Promise.race([once(server, 'message'), failed])) as [{ url: string }];
  return url;
}

function writePatterns(dataDir: string, patterns: readonly BenchPattern[]): string {
  const folder = path.join(dataDir, 'patterns');
  for (const pattern of patterns) {
    const category = path.join(folder, pattern.category);
    mkdirSync(category, { recursive: true });
    writeFileSync(path.join(category, `${pattern.id}.json`), JSON.stringify(pattern));
  }
  return folder;
}

function post(
  url: URL,
  agent: http.Agent,
  token: string,
  body: object,
  more: Record<string, string>,
): Promise<Record<string, unknown>> {
  const text = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    authorization: `Bearer ${token}`,
    prefer: 'wait=60',
    ...more,
  };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const answer = Buffer.concat(parts).toString();
        if (response.statusCode === 200) resolve(JSON.parse(answer) as Record<string, unknown>);
        else reject(new Error(`POST /v1/execute: ${String(response.statusCode)} ${answer.slice(0, 300)}`));
      });
    });
    request.on('error', reject);
    request.end(text);
  });
}
