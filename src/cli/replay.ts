/** `npm run replay FILE`: replays a saved history against today's workflow code; exit 0 when it is deterministic. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { startTracing } from '../telemetry/tracing';
import { cachedWorkflowBundle } from '../../workers/bundle-workflows';

const usage = `Usage: npm run replay -- FILE [FILE ...]

Replays workflow histories, as \`temporal workflow show -o json\` saves them, against the present workflow code.
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
  let failed = 0;
  for (const file of files) {
    const history: unknown = JSON.parse(readFileSync(file, 'utf8'));
    try {
      await Worker.runReplayHistory(
        { workflowBundle: { codePath }, plugins: [plugin], replayName: file },
        history,
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

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  },
);
