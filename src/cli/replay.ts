/** `npm run replay FILE`: replays a saved history against today's workflow code; exit 0 when it is deterministic. */
import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { EngineError } from '../contract/errors';
import type { ClaimStore } from '../contract/claims';
import { claimedValues } from '../db/claimed-values';
import { createPool } from '../db/pool';
import { startTracing } from '../telemetry/tracing';
import { claimCodec } from '../temporal/claim-codec';
import { readHistory, type SavedHistory, workflowIdOf } from './saved-history';
import { cachedWorkflowBundle } from '../../workers/bundle-workflows';

const usage = `Usage: npm run replay -- FILE [FILE ...]

Replays workflow histories, as \`temporal workflow show -o json\` saves them, against the present workflow code.
A history with values above 256 KiB needs DATABASE_URL: it holds their hashes only.
Exit codes: 0 all replay · 1 one does not (the code is no longer deterministic for it) · 2 a file cannot be read, or is no history`;

async function main(files: string[]): Promise<number> {
  if (files.length === 0 || files.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return files.length === 0 ? 2 : 0;
  }
  const histories = files.flatMap((file): [string, SavedHistory][] => {
    const history = readHistory(file);
    if (typeof history !== 'string') return [[file, history]];
    process.stderr.write(`error: ${file} ${history}\n`);
    return [];
  });
  const failed = histories.length === 0 ? 0 : await replayAll(histories);
  if (histories.length < files.length) return 2;
  return failed === 0 ? 0 : 1;
}

/** @returns how many do not replay */
async function replayAll(histories: readonly [string, SavedHistory][]): Promise<number> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const { plugin } = startTracing('dawsos-replay', {});
  const codePath = await cachedWorkflowBundle(
    path.resolve(process.env['DATA_DIR'] ?? '.data', 'cache'),
    plugin,
  );
  const dataConverter = { payloadCodecs: [claimCodec(claimsOf(process.env['DATABASE_URL']))] };
  let failed = 0;
  for (const [file, history] of histories) {
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
  return failed;
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
