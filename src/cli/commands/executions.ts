/** `dawsos executions`: own runs, newest first; one with its result; following one that goes on. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { type Execution, executionStatuses } from '../../contract/execution';
import { type Api, openApi } from '../client/api';
import { readExecution } from '../client/follow';
import { formatTable } from '../output/table';
import { printJson, say, serverCommand, type ServerOptions } from './options';
import { printRun, watchRun } from './watch-run';

interface ExecutionsOptions extends ServerOptions {
  follow?: boolean;
  pattern?: string;
  portfolio?: string;
  status?: string;
  pack?: string;
  date?: string;
  restated?: boolean;
  limit?: string;
  cursor?: string;
}

const help = `
Examples:
  $ dawsos executions --status failed --limit 5
  $ dawsos executions 108fe221-aa95-4aa2-afa7-3497d1d406b2             one, with its result
  $ dawsos executions 108fe221-aa95-4aa2-afa7-3497d1d406b2 --follow    until it ends`;

export function executionsCommand(): Command {
  return serverCommand('executions')
    .helpGroup('Look at runs:')
    .description('list your runs, read one, or follow it')
    .argument('[execution]', "an execution's id")
    .option('--follow', 'watch its steps until it ends')
    .option('--pattern <id>', 'only those of this pattern')
    .option('--portfolio <id>', 'only those of this portfolio')
    .addOption(new Option('--status <status>', 'only those that stand so').choices(executionStatuses))
    .option('--pack <id>', 'only those on this pricing pack')
    .option('--date <date>', 'only those as of this day')
    .option('--restated', 'only those whose pricing pack was corrected since')
    .option('--limit <n>', 'how many (1 to 100, default 20)')
    .option('--cursor <cursor>', 'go on where an earlier list ended')
    .addHelpText('after', help)
    .action(async (id: string | undefined, options: ExecutionsOptions) => {
      const api = await openApi(options);
      await (id === undefined ? list(api, options) : readOne(api, id, options));
    });
}

async function readOne(api: Api, id: string, { follow, json = false }: ExecutionsOptions): Promise<void> {
  const told = await readExecution(api, id);
  if (follow === true && told.finished_at === null) {
    await watchRun(api, told.execution, { title: told.pattern.id, json });
  } else printRun(told, json);
}

async function list(api: Api, options: ExecutionsOptions): Promise<void> {
  const { pattern, portfolio, status, pack, date, restated, limit, cursor } = options;
  const query = {
    pattern,
    portfolio,
    status,
    pack,
    date,
    limit,
    cursor,
    ...(restated && { restated: 'true' }),
  };
  const { body } = await api.get<{ executions: Execution[]; next_cursor: string | null }>(
    '/v1/executions',
    query,
  );
  if (options.json === true) {
    printJson(body);
    return;
  }
  process.stdout.write(body.executions.length === 0 ? 'none\n' : `${listText(body.executions)}\n`);
  if (body.next_cursor !== null) say(`more: --cursor ${body.next_cursor}`);
}

function listText(executions: readonly Execution[]): string {
  const isAnyRestated = executions.some(({ restated_by }) => restated_by !== null);
  const titles = ['Execution', 'Pattern', 'Status', 'As of', 'Started', 'Failed with', ...(isAnyRestated ? ['Restated by'] : [])]; // prettier-ignore
  return formatTable(
    titles.map((title) => ({ title })),
    executions.map(({ execution, pattern, asof_date, created_at, error, restated_by }) => [
      execution.id,
      `${pattern.id} ${pattern.version}`,
      execution.status,
      asof_date,
      created_at.slice(0, 19).replace('T', ' '),
      error === null ? '' : `${error.code} in ${error.step}`,
      restated_by ?? '',
    ]),
    '',
  );
}
