/** `npm run bench`: POST /v1/execute on the embedded stack, and runPattern against a workflow written by hand. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { aliases, catalogue } from '../src/capabilities';
import { readConfig } from '../src/config';
import { insertExecution } from '../src/db/executions';
import { createPool, withUser } from '../src/db/pool';
import { makeEmbeddedKeys, signEmbeddedToken } from '../src/executor/embedded-keys';
import { startServer } from '../src/executor/server';
import { compilePattern } from '../src/pattern/compile';
import type { RunPatternInput } from '../src/pattern/plan';
import { signaturesOf } from '../src/pattern/signatures';
import { createLogger } from '../src/telemetry/logger';
import { startTracing } from '../src/telemetry/tracing';
import { measure, median, quantile, type Sample } from './measure';
import { type BenchStack, startBenchStack } from './stack';

const usage = `Usage: npm run bench -- [--rounds N] [--quick]

Starts the embedded stack in a folder of its own and prints, from this one run:
p50 and p95 of POST /v1/execute for portfolio_overview, and the ratio of runPattern to a hand-written
workflow that calls the same activities in the same order, at concurrency 1 and 40 (rounds alternate; medians).`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const ms = (value: number): string => `${value.toFixed(1)} ms`;

interface Demo {
  portfolios: { id: string; user_id: string }[];
}

async function main(args: string[]): Promise<void> {
  if (args.includes('--help')) return say(usage);
  const quick = args.includes('--quick');
  const rounds = Number(args[args.indexOf('--rounds') + 1]) || (quick ? 3 : 7);
  const demo = JSON.parse(readFileSync(path.resolve('demo/demo.json'), 'utf8')) as Demo;
  const portfolio = demo.portfolios[0];
  if (!portfolio) throw new Error('demo/demo.json has no portfolio');
  const stack = await startBenchStack(say);
  try {
    await benchHttp(stack, portfolio, quick ? 20 : 60);
    await benchWorkflows(stack, portfolio, rounds, quick ? 40 : 80);
  } finally {
    await stack.close();
  }
}

async function benchHttp(
  stack: BenchStack,
  portfolio: Demo['portfolios'][number],
  calls: number,
): Promise<void> {
  const { publicKeyFile } = await makeEmbeddedKeys(stack.dataDir);
  const token = await signEmbeddedToken(stack.dataDir, {
    sub: portfolio.user_id,
    rights: ['portfolio_read'],
    ttl: '1h',
  });
  const config = readConfig({ ...stack.env, JWT_PUBLIC_KEY_FILE: publicKeyFile });
  const server = await startServer(config, { log: createLogger('error') });
  const body = JSON.stringify({ pattern_id: 'portfolio_overview', portfolio_id: portfolio.id });
  const call = async (): Promise<void> => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      prefer: 'wait=30',
    };
    const answer = await fetch(`${server.url}/v1/execute`, { method: 'POST', headers, body });
    const text = await answer.text();
    if (answer.status !== 200)
      throw new Error(`POST /v1/execute answered ${String(answer.status)}: ${text.slice(0, 300)}`);
  };
  try {
    await measure(call, 5, 1);
    for (const [callers, count] of [
      [1, calls],
      [40, calls * 4],
    ] as const) {
      const { latencies, throughput } = await measure(call, count, callers);
      say(
        `POST /v1/execute portfolio_overview, ${String(callers)} at once: p50 ${ms(quantile(latencies, 0.5))}  p95 ${ms(quantile(latencies, 0.95))}  ${throughput.toFixed(1)}/s`,
      );
    }
  } finally {
    await server.close();
  }
}

async function benchWorkflows(
  stack: BenchStack,
  portfolio: Demo['portfolios'][number],
  rounds: number,
  calls: number,
): Promise<void> {
  const connection = await Connection.connect({ address: stack.env['TEMPORAL_ADDRESS'] ?? '' });
  const client = new Client({ connection, plugins: [startTracing('bench', {}).plugin] });
  const pool = createPool(stack.env['DATABASE_URL'] ?? '');
  const runner = (workflow: string) => async (): Promise<void> => {
    const input = overviewInput(portfolio);
    const { execution_id: id, ctx, plan } = input;
    const workflowId = `exec-${id}`;
    await withUser(pool, ctx.user_id, (tx) =>
      insertExecution(tx, {
        id,
        user_id: ctx.user_id,
        request_digest: '',
        pattern: plan.pattern,
        portfolio_id: ctx.portfolio_id,
        pricing_pack_id: ctx.pricing_pack_id,
        ledger_commit_hash: ctx.ledger_commit_hash,
        asof_date: ctx.asof_date,
        workflow_id: workflowId,
        mode: 'durable',
        inputs: input.inputs,
        ctx,
        run_key: null,
        timeout_ms: 60_000,
      }),
    );
    await client.workflow.execute(workflow, { workflowId, taskQueue: 'engine', args: [input] });
  };
  const ledger = await withUser(pool, portfolio.user_id, async (tx) => {
    const { rows } = await tx.query<{ commit_hash: string }>(
      'select ledger_commit_hash as commit_hash from ledger_commits where portfolio_id = $1 order by imported_at desc limit 1',
      [portfolio.id],
    );
    return rows[0]?.commit_hash ?? '';
  });
  const overviewInput = (of: Demo['portfolios'][number]): RunPatternInput => ({
    ...inputFor(of, ledger),
    execution_id: randomUUID(),
  });
  const [generic, byHand] = [runner('runPattern'), runner('handWrittenOverview')];
  await measure(generic, 5, 1);
  await measure(byHand, 5, 1);
  for (const callers of [1, 40]) {
    const count = callers === 1 ? Math.round(calls / 4) : calls;
    const pairs: [Sample, Sample][] = [];
    for (let round = 0; round < rounds; round += 1) {
      // Who goes first alternates, so that neither always meets the warmer machine.
      const first = round % 2 === 0 ? generic : byHand;
      const a = await measure(first, count, callers);
      const b = await measure(first === generic ? byHand : generic, count, callers);
      pairs.push(first === generic ? [a, b] : [b, a]);
    }
    const latency = pairs.map(([g, h]) => median(g.latencies) / median(h.latencies));
    const throughput = pairs.map(([g, h]) => g.throughput / h.throughput);
    say(
      `runPattern / hand-written, ${String(callers)} at once: latency × ${median(latency).toFixed(3)} (${ms(median(pairs.map(([g]) => median(g.latencies))))} / ${ms(median(pairs.map(([, h]) => median(h.latencies))))})` +
        `  throughput × ${median(throughput).toFixed(3)} (${median(pairs.map(([g]) => g.throughput)).toFixed(1)} / ${median(pairs.map(([, h]) => h.throughput)).toFixed(1)} a second), median of ${String(rounds)} rounds of ${String(count)}`,
    );
  }
  await pool.end();
  await connection.close();
}

function inputFor(
  portfolio: Demo['portfolios'][number],
  ledger: string,
): Omit<RunPatternInput, 'execution_id'> {
  const source: unknown = JSON.parse(readFileSync('patterns/analysis/portfolio_overview.json', 'utf8'));
  const { plan, problems } = compilePattern(source, { signatures: signaturesOf(catalogue, aliases) });
  if (!plan) throw new Error(JSON.stringify(problems));
  const ctx = {
    trace_id: randomUUID().replaceAll('-', ''),
    request_id: randomUUID(),
    user_id: portfolio.user_id,
    portfolio_id: portfolio.id,
    pricing_pack_id: 'PP_2013-02-28',
    ledger_commit_hash: ledger,
    asof_date: '2013-02-28',
    base_currency: 'CAD',
    benchmark_id: null,
    rights: ['portfolio_read'],
  };
  return { plan, ctx, inputs: { portfolio_id: portfolio.id, lookback_days: 252 } };
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
