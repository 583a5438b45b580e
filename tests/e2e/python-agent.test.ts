/** A pattern whose steps run in two languages: the demo's daily values from this engine, simulated by NumPy in a process of its own. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { alice } from '../support/ask-analyst';
import { type PythonAgent, pythonAgentDir, startPythonAgent } from '../support/python-agent';
import { type Stack, startStack } from '../support/stack';

let stack: Stack;
let agent: PythonAgent;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-python-'));
  const patterns = path.join(folder, 'patterns');
  for (const from of [path.resolve('patterns'), path.join(pythonAgentDir, 'patterns')])
    cpSync(from, patterns, { recursive: true });
  stack = await startStack('shipped', { folders: { patterns, agents: pythonAgentDir } });
  agent = await startPythonAgent({
    TEMPORAL_ADDRESS: stack.config.temporalAddress,
    TEMPORAL_NAMESPACE: stack.config.temporalNamespace,
    JOURNAL: path.join(folder, 'journal.jsonl'),
  });
}, 240_000);
afterAll(async () => {
  await agent.stop();
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Simulated {
  simulated: { returns: number; quantiles: Record<string, number>; loss_probability: number; method: string };
  money: { today: string; poor: string };
  currency: string;
}

const run = async (inputs: object): ReturnType<Stack['call']> =>
  stack.call('/v1/execute', {
    as: alice.user_id,
    body: { pattern_id: 'simulated_value', portfolio_id: alice.portfolio_id, inputs },
    headers: { Prefer: 'wait=30' },
  });

it('hands our daily values to NumPy in another process, and reckons on with what comes back', async () => {
  const { status, body } = await run({ horizon_days: 21 });
  expect(status).toBe(200);
  const { simulated, money, currency } = body['data'] as Simulated;
  expect(simulated).toMatchObject({
    returns: 1549,
    method: 'circular block bootstrap, blocks of 10 days, PCG64 seed 7',
  });
  const { p05 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0 } = simulated.quantiles;
  expect([p05, p25, p50, p75, p95]).toEqual([p05, p25, p50, p75, p95].sort((a, b) => a - b));
  expect(p05).toBeLessThan(0);
  expect(p95).toBeGreaterThan(0);
  expect(currency).toBe('CAD');
  expect(money.today).toBe('251642.552468581');
  expect(Number(money.poor)).toBeCloseTo(251642.552468581 * (1 + p05), 4);
  const { steps } = body['trace'] as { steps: { path: string; agent: string | null }[] };
  expect(steps.map((step) => [step.path, step.agent])).toEqual([
    ['nav', 'financial_analyst'],
    ['simulated', 'statistics_desk'],
    ['money', null],
  ]);
}, 60_000);

it('tells a failure in Python by the code that the file declares', async () => {
  const { body } = await stack.call('/v1/execute', {
    as: alice.user_id,
    body: {
      pattern_id: 'simulated_value',
      portfolio_id: alice.portfolio_id,
      asof_date: '2007-01-31',
      inputs: {},
    },
    headers: { Prefer: 'wait=30' },
  });
  expect(body).toMatchObject({
    step: 'simulated',
    step_code: 'TOO_FEW_RETURNS',
    details: { returns: 19 },
    trace: { agents_used: ['financial_analyst', 'statistics_desk'] },
  });
}, 60_000);
