/** Fault F18: the interpreter is deployed with a change that saved histories do not fit; replaying them says so, and a worker of the old build ends its runs. */
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { temporal } from '@temporalio/proto';
import { readConfig } from '../../src/config';
import { createLogger } from '../../src/telemetry/logger';
import { startTracing } from '../../src/telemetry/tracing';
import { type RunningWorker, startWorker } from '../../workers/main';
import { type Engine, type Started, startEngine } from '../support/engine';
import { until } from '../support/process';
import '../support/quiet-temporal';
import { requireService } from '../support/services';
import { temporalAddress } from '../support/temporal';
import { testAgents, testCatalogue } from '../support/test-agents';

const folder = 'tests/histories';
/** Those of the interpreter; the nightly order has a workflow of its own. */
const recorded = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .filter((file) => readFileSync(path.join(folder, file), 'utf8').includes('"runPattern"'));

/** The names of the histories that a bundle does not fit. */
async function misfits(codePath: string): Promise<string[]> {
  const { plugin } = startTracing('test-replay', {});
  const histories = recorded.map((file) => {
    const history = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as {
      events: { workflowExecutionStartedEventAttributes?: { workflowId?: string } }[];
    };
    const started = history.events[0]?.workflowExecutionStartedEventAttributes;
    return { workflowId: started?.workflowId ?? file, history };
  });
  const results = Worker.runReplayHistories({ workflowBundle: { codePath }, plugins: [plugin] }, histories);
  const wrong: string[] = [];
  for await (const { workflowId, error } of results) {
    if (!error) continue;
    expect([workflowId, error instanceof DeterminismViolationError]).toEqual([workflowId, true]);
    wrong.push(workflowId);
  }
  return wrong;
}

/** Today's bundle with one text of it replaced, as somebody's edit would. */
function changedBundle(from: string, to: string): string {
  const code = readFileSync(requireService('workflowBundle'), 'utf8');
  expect(code).toContain(from);
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'dawsos-changed-')), 'workflows.js');
  // Without the map of its sources, which no longer fits.
  writeFileSync(file, code.replaceAll(from, to));
  return file;
}

type Event = temporal.api.history.v1.IHistoryEvent;

const waiting = {
  steps: [
    { wait: { for: 'PT2S' }, as: 'pause' },
    { capability: 'probe.echo', args: { value: 1 }, as: 'one', after: 'pause' },
  ],
  outputs: ['one'],
};

async function eventsOf({ handle }: Started): Promise<Event[]> {
  return (await handle.fetchHistory()).events ?? [];
}

/** The builds that took part in a run, each once. */
async function buildsOf(run: Started): Promise<string[]> {
  const builds = (await eventsOf(run)).flatMap(
    ({ workflowTaskCompletedEventAttributes: task }) => task?.deploymentVersion?.buildId ?? [],
  );
  return [...new Set(builds)];
}

/** As `temporal worker deployment set-current-version` does; the server learns of a worker a moment after it polls. */
async function makeCurrent({ client, namespace }: Engine, buildId: string): Promise<void> {
  const request = { namespace, deploymentName: 'dawsos-engine', buildId, identity: 'test' };
  await until(`build ${buildId} is current`, () =>
    client.workflowService.setWorkerDeploymentCurrentVersion(request).then(
      () => true,
      () => false,
    ),
  );
}

it('today’s interpreter fits every recorded history', async () => {
  expect(recorded.length).toBeGreaterThan(5);
  expect(await misfits(requireService('workflowBundle'))).toEqual([]);
}, 60_000);

it('one that names the last activity otherwise fits none that had it', async () => {
  const wrong = await misfits(changedBundle('engine:store_execution', 'engine:store_outcome'));
  // A sub-pattern's run stores nothing: its parent does.
  expect(wrong).toHaveLength(recorded.length - 1);
}, 60_000);

it('runs in flight end on the build they began on', async () => {
  // A timer as its first command, which no run of today's interpreter began with.
  const begins = 'async function runPattern(input) {';
  const changed = changedBundle(begins, `${begins} await new Promise((go) => setTimeout(go, 1));`);
  expect(await misfits(changed)).toHaveLength(recorded.length);

  const engine = await startEngine({ worker: false });
  const start = (buildId: string, bundlePath: string): Promise<RunningWorker> =>
    startWorker({
      config: readConfig({
        TEMPORAL_ADDRESS: temporalAddress(),
        TEMPORAL_NAMESPACE: engine.namespace,
        DATABASE_URL: engine.databaseUrl,
        WORKER_BUILD_ID: buildId,
      }),
      ...{ log: createLogger('silent'), tracing: startTracing('test', {}) },
      ...{ agents: testAgents, catalogue: testCatalogue, bundlePath },
    });
  const workers: RunningWorker[] = [];
  try {
    workers.push(await start('old', requireService('workflowBundle')));
    await makeCurrent(engine, 'old');
    const before = await engine.start(waiting);
    await until('the run waits', async () =>
      (await eventsOf(before)).some((event) => event.timerStartedEventAttributes),
    );

    workers.push(await start('new', changed));
    await makeCurrent(engine, 'new');
    const after = await engine.start(waiting);

    const rows = await Promise.all([before.ended(), after.ended()]);
    expect(rows.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    expect(await buildsOf(before)).toEqual(['old']);
    expect(await buildsOf(after)).toEqual(['new']);
    // The new one began with its own command, so the old run really could not have gone on there.
    const timers = (await eventsOf(after)).filter((event) => event.timerStartedEventAttributes);
    expect(timers).toHaveLength(2);
  } finally {
    await Promise.all(workers.map((worker) => worker.shutdown()));
    await engine.close();
  }
}, 60_000);
