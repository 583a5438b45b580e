/** `dawsos cancel`: asks a run to end; what it did is undone. */
import type { Command } from 'commander';
import type { ExecutionHandle } from '../../contract/execution';
import { openApi } from '../client/api';
import { readExecution } from '../client/follow';
import { printJson, say, serverCommand, type ServerOptions } from './options';
import { followHere } from './watch-run';

interface CancelOptions extends ServerOptions {
  wait: boolean;
}

const help = `
Examples:
  $ dawsos cancel 108fe221-aa95-4aa2-afa7-3497d1d406b2
  $ dawsos cancel 108fe221-aa95-4aa2-afa7-3497d1d406b2 --no-wait`;

export function cancelCommand(): Command {
  return serverCommand('cancel')
    .helpGroup('Run:')
    .description('end a run; what it did is undone')
    .argument('<execution>', "the execution's id")
    .option('--no-wait', 'ask it to end, and do not wait until it has')
    .addHelpText('after', help)
    .action(async (id: string, options: CancelOptions) => {
      const api = await openApi(options);
      const route = `/v1/executions/${encodeURIComponent(id)}/cancel`;
      const { execution } = (await api.post<{ execution: ExecutionHandle }>(route, {})).body;
      if (options.wait) await followHere(api, execution, { title: `cancel ${id}` });
      const told = options.wait ? await readExecution(api, id) : { execution };
      if (options.json === true) printJson(told);
      else process.stdout.write(`${told.execution.status}\n`);
      // It may have ended by itself in the same moment.
      if (options.wait && told.execution.status !== 'cancelled') say('It had ended before it was told to.');
    });
}
