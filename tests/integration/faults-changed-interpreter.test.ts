/** Fault F18: the interpreter is deployed with a change that saved histories do not fit; the replay of them says so. */
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { startTracing } from '../../src/telemetry/tracing';
import '../support/quiet-temporal';
import { requireService } from '../support/services';

const folder = 'tests/histories';
const recorded = readdirSync(folder).filter((file) => file.endsWith('.json'));

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

it('today’s interpreter fits every recorded history', async () => {
  expect(recorded.length).toBeGreaterThan(5);
  expect(await misfits(requireService('workflowBundle'))).toEqual([]);
}, 60_000);

it('one that names the last activity otherwise fits none that had it', async () => {
  const wrong = await misfits(changedBundle('engine:store_execution', 'engine:store_outcome'));
  // A sub-pattern's run stores nothing: its parent does.
  expect(wrong).toHaveLength(recorded.length - 1);
}, 60_000);
