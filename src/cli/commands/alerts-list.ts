/** `dawsos alerts list`. */
import type { Command } from 'commander';
import type { Alert } from '../../contract/alert';
import { openApi } from '../client/api';
import { formatTable } from '../output/table';
import { printJson, serverCommand, type ServerOptions } from './options';
import { allOf } from './alerts-pages';

interface ListOptions extends ServerOptions {
  portfolio?: string;
}

export function alertsListCommand(): Command {
  return serverCommand('list')
    .description('list your alerts, each with what was last found of it')
    .option('--portfolio <id>', 'those on it, and those on none')
    .addHelpText('after', '\nExamples:\n  $ dawsos alerts list\n  $ dawsos alerts list --json')
    .action(list);
}

async function list(options: ListOptions): Promise<void> {
  const api = await openApi(options);
  const alerts = await allOf<Alert>(api, '/v1/alerts', 'alerts', { portfolio_id: options.portfolio });
  if (options.json === true) {
    printJson({ alerts });
    return;
  }
  if (alerts.length === 0) {
    process.stdout.write('none\n');
    return;
  }
  const rows = alerts.map(({ title, condition, active, last_evaluation, id }) => [
    title,
    condition.type,
    active ? 'active' : 'paused',
    last_evaluation === null ? '(never)' : `${last_evaluation.asof_date} ${last_evaluation.outcome}`,
    id,
  ]);
  const titles = ['Title', 'Type', 'State', 'Last found', 'Id'].map((title) => ({ title }));
  process.stdout.write(`${formatTable(titles, rows)}\n`);
}
