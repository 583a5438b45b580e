/** Runs the demo as any client would: over HTTP, with a token of the demo's user. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../contract/execution';
import { embeddedRights } from '../contract/shipped-rights';
import { signEmbeddedToken } from '../executor/embedded-keys';

export interface DemoRun {
  portfolioName: string;
  execution: Execution;
}

interface DemoFile {
  portfolios: { id: string; user_id: string; name: string }[];
}

const patternId = 'portfolio_overview';
const timeoutMs = 60_000;

/**
 * Resolves when the run has ended, also when it failed; to `null` when the demo's pattern is not among those of the API.
 * @throws Error with the problem when the API refuses it otherwise
 */
export async function runDemo(apiUrl: string, dataDir: string): Promise<DemoRun | null> {
  const file = path.resolve(__dirname, '../../demo/demo.json');
  const [portfolio] = (JSON.parse(readFileSync(file, 'utf8')) as DemoFile).portfolios;
  if (portfolio === undefined) throw new Error(`${file} names no portfolio.`);
  const token = await signEmbeddedToken(dataDir, {
    sub: portfolio.user_id,
    rights: embeddedRights,
    ttl: '10m',
  });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const response = await fetch(`${apiUrl}/v1/execute`, {
    method: 'POST',
    headers: { ...headers, Prefer: 'wait=30' },
    body: JSON.stringify({ pattern_id: patternId, portfolio_id: portfolio.id }),
  });
  const body = (await response.json()) as Partial<Execution> & { detail?: string; code?: string };
  if (body.code === 'PATTERN_NOT_FOUND') return null;
  if (body.execution === undefined) {
    throw new Error(
      `The API refused the demo: ${String(response.status)} ${body.code ?? ''} ${body.detail ?? ''}`,
    );
  }
  const execution = await awaitEnd(`${apiUrl}/v1/executions/${body.execution.id}`, headers);
  return { portfolioName: portfolio.name, execution };
}

async function awaitEnd(url: string, headers: Record<string, string>): Promise<Execution> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const response = await fetch(url, { headers });
    if (!response.ok) throw new Error(`${url} answers ${String(response.status)}`);
    const execution = (await response.json()) as Execution;
    const { status } = execution.execution;
    if (status !== 'running' && status !== 'waiting') return execution;
    if (Date.now() > deadline) throw new Error(`The demo did not end within ${String(timeoutMs / 1000)} s.`);
    await sleep(200);
  }
}
