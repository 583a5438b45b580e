/** `npm run bench`: what the engine costs, on the embedded stack in a folder of its own. */
import { randomUUID } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Pool } from 'pg';
import type { RequestContext } from '../src/contract/request-context';
import { createPool, withUser } from '../src/db/pool';
import { type Api, startApi } from './api';
import { benchDirect } from './direct';
import { benchEngineShare } from './engine-share';
import { benchEveryPattern, everyPattern } from './every-pattern';
import { benchHandWritten } from './hand-written-ratio';
import { measure } from './measure';
import { benchNumbers } from './numbers';
import { overviewId, stepsPatterns } from './patterns';
import { benchMemo, benchWholeRun } from './remembered';
import { loadLine, sampleLine } from './report';
import { startBenchStack } from './stack';
import { benchTemporalSteps } from './temporal-steps';

const sections = [
  'numbers',
  'share',
  'direct',
  'remembered',
  'steps',
  'overview',
  'patterns',
  'ratio',
] as const;
type Section = (typeof sections)[number];

const usage = `Usage: npm run bench -- [--quick] [--rounds N] [--only ${sections.join(',')}]

Prints, from one run on the embedded stack in a folder of its own:
  numbers     finance maths: a portfolio of 500 positions over ten years against NumPy, and XIRR a second
  share       the engine's own part of a step, without Temporal, for 10, 50 and 200 steps, wide and deep
  direct      direct mode: six trivial steps over HTTP
  remembered  a whole run answered from the stored one, and one result from memory, each against computing it
  steps       a step on Temporal, for 10, 50 and 200 steps, wide and deep
  overview    POST /v1/execute for portfolio_overview, 1 and 40 at once
  patterns    p95 of every shipped pattern, cold (nothing remembered) and warm (its steps are)
  ratio       runPattern against a workflow written by hand, 1 and 40 at once (rounds alternate; medians)`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Bench {
  quick: boolean;
  rounds: number;
  wants(section: Section): boolean;
}

async function main(args: string[]): Promise<void> {
  if (args.includes('--help')) return say(usage);
  const quick = args.includes('--quick');
  const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : sections;
  const unknown = only.filter((section) => !(sections as readonly string[]).includes(section));
  if (unknown.length > 0) throw new Error(`there is no section ${unknown.join(', ')}; see --help`);
  const bench: Bench = {
    quick,
    rounds: Number(args[args.indexOf('--rounds') + 1]) || (quick ? 3 : 7),
    wants: (section) => only.includes(section),
  };
  build();
  say(loadLine());
  if (bench.wants('numbers')) await benchNumbers(say, { quick });
  if (bench.wants('share')) await benchEngineShare(say, quick ? 20 : 100);
  if (bench.wants('direct')) await withoutTemporal(bench);
  if (only.some((section) => !['numbers', 'share', 'direct'].includes(section))) await onServers(bench);
  say(loadLine());
}

/** What is measured is what is shipped. */
function build(): void {
  execFileSync(process.execPath, [path.resolve('scripts/build.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function withoutTemporal({ quick }: Bench): Promise<void> {
  const stack = await startBenchStack(say, { durable: false });
  const api = await startApi(stack, demoPortfolio().user_id, stepsPatterns());
  try {
    await benchDirect(say, api, quick ? 500 : 3000);
  } finally {
    await api.close();
    await stack.close();
  }
}

async function onServers({ quick, rounds, wants }: Bench): Promise<void> {
  const stack = await startBenchStack(say, { durable: true });
  const pool = createPool(stack.env['DATABASE_URL'] ?? '');
  const ctx = await demoContext(pool);
  const portfolio = ctx.portfolio_id ?? '';
  const api = await startApi(stack, ctx.user_id, [...stepsPatterns(), ...everyPattern()]);
  try {
    if (wants('remembered')) {
      await benchWholeRun(say, api, portfolio, quick ? 10 : 40);
      await benchMemo(say, pool, ctx, quick ? 20 : 100);
    }
    if (wants('steps')) await benchTemporalSteps(say, api, quick ? 5 : 15);
    if (wants('overview')) await benchOverview(api, portfolio, quick ? 20 : 60);
    if (wants('patterns')) await benchEveryPattern(say, api, portfolio, quick ? 5 : 20);
    if (wants('ratio')) await benchHandWritten(say, { stack, pool, ctx }, rounds, quick ? 40 : 80);
  } finally {
    await api.close();
    await pool.end();
    await stack.close();
  }
}

async function benchOverview(api: Api, portfolio: string, calls: number): Promise<void> {
  const body = { pattern_id: overviewId, portfolio_id: portfolio };
  const call = (): Promise<unknown> => api.execute(body, { 'cache-control': 'no-cache' });
  await measure(call, 5, 1);
  for (const [callers, count] of [
    [1, calls],
    [40, calls * 4],
  ] as const) {
    const what = `POST /v1/execute ${overviewId}, ${String(callers)} at once`;
    say(sampleLine(what, await measure(call, count, callers)));
  }
}

function demoPortfolio(): { id: string; user_id: string } {
  const demo = JSON.parse(readFileSync(path.resolve('demo/demo.json'), 'utf8')) as {
    portfolios: { id: string; user_id: string }[];
  };
  const [portfolio] = demo.portfolios;
  if (!portfolio) throw new Error('demo/demo.json has no portfolio');
  return portfolio;
}

/** The demo's first portfolio on its newest pack. */
async function demoContext(pool: Pool): Promise<RequestContext> {
  const portfolio = demoPortfolio();
  const ledger_commit_hash = await withUser(pool, portfolio.user_id, async (tx) => {
    const { rows } = await tx.query<{ hash: string }>(
      'select ledger_commit_hash as hash from ledger_commits where portfolio_id = $1 order by imported_at desc limit 1',
      [portfolio.id],
    );
    return rows[0]?.hash ?? null;
  });
  return {
    trace_id: randomUUID().replaceAll('-', ''),
    request_id: randomUUID(),
    user_id: portfolio.user_id,
    portfolio_id: portfolio.id,
    pricing_pack_id: 'PP_2013-02-28',
    ledger_commit_hash,
    asof_date: '2013-02-28',
    base_currency: 'CAD',
    benchmark_id: null,
    rights: ['portfolio_read'],
  };
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
