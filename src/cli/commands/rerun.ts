/** `dawsos rerun`: the same request again, on another day or with another version where one is named. */
import type { Command } from 'commander';
import { openApi } from '../client/api';
import { serverCommand, type ServerOptions, withMode } from './options';
import { startRun } from './run';
import { printStarted, reportRun, watchRun } from './watch-run';

interface RerunOptions extends ServerOptions {
  asof?: string;
  version?: string;
  mode?: string;
  direct?: boolean;
  patience?: string;
  wait: boolean;
}

const help = `
What is not named stays as it was. No remembered result is used.

Examples:
  $ dawsos rerun 108fe221-aa95-4aa2-afa7-3497d1d406b2
  $ dawsos rerun 108fe221-aa95-4aa2-afa7-3497d1d406b2 --asof 2012-12-31`;

export function rerunCommand(): Command {
  return withMode(serverCommand('rerun'))
    .helpGroup('Run:')
    .description('run the same request again')
    .argument('<execution>', "the execution's id")
    .option('--asof <date>', 'on the prices of another day')
    .option('--version <version>', 'with another version of the pattern')
    .option('--no-wait', 'print the id of the run and end')
    .addHelpText('after', help)
    .action(rerun);
}

async function rerun(id: string, options: RerunOptions): Promise<void> {
  const api = await openApi(options);
  const mode = options.direct === true ? 'direct' : options.mode;
  const { asof: asof_date, version, patience } = options;
  const headers = { Prefer: mode === 'direct' && options.wait ? 'wait=30' : 'respond-async' };
  const route = `/v1/executions/${encodeURIComponent(id)}/rerun`;
  const { handle, ended } = await startRun(api, route, { asof_date, version, mode, patience }, headers);
  const json = options.json === true;
  if (!options.wait) printStarted(handle, json);
  else if (ended) await reportRun(api, handle, { json });
  else await watchRun(api, handle, { title: `rerun of ${id}`, json });
}
