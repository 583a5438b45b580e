/** `dawsos packs build`: starts the nightly order for one day, shows its stages as they go, and ends as it ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { Command } from 'commander';
import type { NightlyPackInput, NightlyPackResult, NightlyProgress, PackStage } from '../../contract/nightly';
import { isDay } from '../../services/dates';
import { usageError } from '../cli-error';
import { withTemporal } from '../client/temporal';
import { exitCodes } from '../exit-codes';
import { detailText } from '../output/pack-stages';
import { printJson, say } from './options';
import { orderFailure } from './packs-failure';
import {
  nightlyQueue,
  nightlyTimeout,
  nightlyWorkflow,
  type SourceOptions,
  sourceOf,
  withSource,
} from './packs-options';

interface BuildOptions extends SourceOptions {
  date: string;
  json?: boolean;
}

/** The order goes on when this one failed, so no error tells of it. */
const goesOnWithout: PackStage = 'prewarm';
const pollMs = 300;
const askMs = 3000;
/** Without an answer for so long, the reader is told why nothing happens. */
const silentMs = 5000;

const help = `
prices.csv is \`symbol,date,close\` (more columns are left alone), fx.csv is \`date,USD,CAD,…\` with units for one euro;
index.csv, factors.csv and dividends.csv are taken where they are there (docs/packs.md). A pack that is there with the same
content is taken as it is; one with other content is an error: packs change by \`dawsos correct\`.

Ends with 0 when the pack is fresh, with 1 when it is not, or when nothing was traded on that day. Ctrl-C leaves the order
running; the same command finds it again.

Example:
  $ dawsos packs build --date 2013-03-01 --from my/data`;

export function packsBuildCommand(): Command {
  return withSource(
    new Command('build')
      .description('build the pack of a day now, through all stages')
      .requiredOption('--date <date>', 'the trading day, such as 2013-03-01'),
  )
    .option('--json', 'print how it ended as JSON')
    .addHelpText('after', help)
    .action(build);
}

async function build({ date, json = false, ...options }: BuildOptions): Promise<void> {
  if (!isDay(date)) throw usageError(`"${date}" is no day; name one such as 2013-03-01.`);
  const source = sourceOf(options);
  const result = await withTemporal(async (client) => {
    const handle = await client.workflow.start(nightlyWorkflow, {
      workflowId: `pack-${date}`,
      taskQueue: nightlyQueue,
      args: [{ date, zone: 'UTC', source } satisfies NightlyPackInput],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      // One that runs is watched instead.
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowExecutionTimeout: nightlyTimeout,
      priority: { priorityKey: 5 },
      staticSummary: `pricing pack of ${date}`,
    });
    return watch(client, handle);
  });
  if (json) printJson(result);
  else process.stdout.write(`${endText(result)}\n`);
  if (result.outcome === 'no_trading_day') process.exitCode = exitCodes.problems;
}

async function watch(client: Client, handle: WorkflowHandle): Promise<NightlyPackResult> {
  const ended = handle.result().then(
    (result) => ({ result: result as NightlyPackResult }),
    (error: unknown) => ({ error }),
  );
  const shown = new Set<string>();
  let heardAt = Date.now();
  for (;;) {
    const end = await Promise.race([ended, sleep(pollMs, null)]);
    const progress = await client
      .withDeadline(Date.now() + askMs, () => handle.query<NightlyProgress>('nightly_progress'))
      .catch(() => null);
    if (progress) {
      show(progress, shown);
      heardAt = Infinity;
    } else if (Date.now() - heardAt > silentMs) {
      say('no worker has taken it up yet; is one running? (dawsos doctor)');
      heardAt = Infinity;
    }
    if (end === null) continue;
    if ('result' in end) return end.result;
    throw orderFailure(end.error);
  }
}

/** One line for each stage that began or ended since. What ends the order is told by its error, below all stages. */
function show({ stages }: NightlyProgress, shown: Set<string>): void {
  for (const { stage, status, detail } of stages) {
    if (status === 'pending' || shown.has(`${stage} ${status}`)) continue;
    shown.add(`${stage} ${status}`);
    const found = status === 'failed' && stage !== goesOnWithout ? '' : detailText(detail);
    say(`  ${stage.padEnd(9)}  ${status.padEnd(7)}  ${found}`.trimEnd());
  }
}

function endText({ outcome, pack_id, date }: NightlyPackResult): string {
  if (outcome === 'no_trading_day')
    return `no pack: the source has no price of ${date}, so nothing was traded`;
  if (outcome === 'under_way') return `another order is at the pack of ${date}`;
  const known = outcome === 'already_fresh' ? ' already, with this content' : '';
  return `${pack_id ?? ''} is fresh${known}`;
}
