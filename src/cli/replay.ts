/** `npm run replay FILE`: replays a saved history against today's workflow code; exit 0 when it is deterministic. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { EngineError } from '../contract/errors';
import type { ClaimStore } from '../contract/claims';
import { claimedValues } from '../db/claimed-values';
import { createPool } from '../db/pool';
import { startTracing } from '../telemetry/tracing';
import { claimCodec } from '../temporal/claim-codec';
import { cachedWorkflowBundle } from '../../workers/bundle-workflows';

const usage = `Usage: npm run replay -- FILE [FILE ...]

Replays workflow histories, as \`temporal workflow show -o json\` saves them, against the present workflow code.
A history with values above 256 KiB needs DATABASE_URL: it holds their hashes only.
Exit codes: 0 all replay · 1 one does not (the code is no longer deterministic for it) · 2 a file cannot be read`;

async function main(files: string[]): Promise<number> {
  if (files.length === 0 || files.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return files.length === 0 ? 2 : 0;
  }
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const { plugin } = startTracing('dawsos-replay', {});
  const codePath = await cachedWorkflowBundle(
    path.resolve(process.env['DATA_DIR'] ?? '.data', 'cache'),
    plugin,
  );
  const dataConverter = { payloadCodecs: [claimCodec(claimsOf(process.env['DATABASE_URL']))] };
  let failed = 0;
  for (const file of files) {
    const history: unknown = JSON.parse(readFileSync(file, 'utf8'));
    try {
      await Worker.runReplayHistory(
        { workflowBundle: { codePath }, plugins: [plugin], dataConverter, replayName: file },
        history,
        workflowIdOf(history),
      );
      process.stdout.write(`${file}: replays\n`);
    } catch (error) {
      failed += 1;
      const kind = error instanceof DeterminismViolationError ? 'no longer deterministic' : 'does not replay';
      process.stdout.write(`${file}: ${kind}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return failed === 0 ? 0 : 1;
}

/** A run's id is part of the ids of its sub-patterns and of its effect keys; older servers do not write it down. */
function workflowIdOf(history: unknown): string | undefined {
  const { events } = history as {
    events?: { workflowExecutionStartedEventAttributes?: { workflowId?: string } }[];
  };
  return events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId;
}

/** Most histories have no claims, and are replayed where there is no database. */
function claimsOf(databaseUrl: string | undefined): ClaimStore {
  if (databaseUrl !== undefined && databaseUrl !== '') return claimedValues(createPool(databaseUrl));
  const refuse = async (): Promise<never> => {
    throw new EngineError(
      'DATA_MISSING',
      'The history has values above 256 KiB, which are in PostgreSQL: set DATABASE_URL.',
    );
  };
  return { put: refuse, get: refuse };
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
