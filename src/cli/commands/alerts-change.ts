/** `dawsos alerts create`, `pause` and `delete`. */
import type { Command } from 'commander';
import type { Alert } from '../../contract/alert';
import { usageError } from '../cli-error';
import { openApi } from '../client/api';
import { jsonArgument } from '../client/inputs';
import { printJson, serverCommand, type ServerOptions } from './options';

interface CreateOptions extends ServerOptions {
  title: string;
  condition: string;
  portfolio?: string;
  cooldown?: string;
}

const createHelp = `
A threshold has the unit that stands beside it: 0.1 with "fraction" is 10 %.

Examples:
  $ dawsos alerts create --title "Apple above 500" \\
      --condition '{"type":"price","security_id":"…","op":">","threshold":"500","unit":"USD"}'
  $ dawsos alerts create --title "Jobless" --cooldown 168 \\
      --condition '{"type":"macro","measure":"level","indicator":"UNRATE","op":">","threshold":8,"unit":"percent"}'
  $ dawsos alerts create --title "Deep fall" --portfolio a11ce000-0000-4000-8000-0000000000a1 --condition @fall.json`;

export function createAlertCommand(): Command {
  return serverCommand('create')
    .description('create an alert')
    .requiredOption('--title <title>', 'what its notifications are headed with')
    .requiredOption('--condition <json>', 'what it watches; @file reads a file, @- standard input')
    .option('--portfolio <id>', 'whose measures are meant')
    .option('--cooldown <hours>', 'how long it is silent after a notification (default 24)')
    .addHelpText('after', createHelp)
    .action(create);
}

async function create(options: CreateOptions): Promise<void> {
  const { title, portfolio, cooldown } = options;
  if (cooldown !== undefined && !/^[1-9][0-9]{0,3}$/.test(cooldown))
    throw usageError(`--cooldown ${cooldown} is no whole number of hours from 1 to 8760`);
  const condition = jsonArgument(options.condition, '--condition');
  const api = await openApi(options);
  const { body } = await api.post<Alert>('/v1/alerts', {
    title,
    condition,
    ...(portfolio !== undefined && { portfolio_id: portfolio }),
    ...(cooldown !== undefined && { cooldown_hours: Number(cooldown) }),
  });
  if (options.json === true) printJson(body);
  else process.stdout.write(`Alert "${body.title}": ${body.id}\n`);
}

export function pauseAlertCommand(): Command {
  return serverCommand('pause')
    .description('evaluate an alert no more, until it is resumed')
    .argument('<alert>', "the alert's id")
    .option('--resume', 'evaluate it again')
    .addHelpText('after', '\nExamples:\n  $ dawsos alerts pause 5d0f6c0e-2c3b-4c55-9a55-0d1f3a7b9c10')
    .action(async (id: string, options: ServerOptions & { resume?: boolean }) => {
      const api = await openApi(options);
      const active = options.resume === true;
      const { body } = await api.patch<Alert>(`/v1/alerts/${encodeURIComponent(id)}`, { active });
      if (options.json === true) printJson(body);
      else process.stdout.write(`"${body.title}" is ${body.active ? 'active' : 'paused'}\n`);
    });
}

export function deleteAlertCommand(): Command {
  return serverCommand('delete')
    .description('delete an alert; its notifications stay')
    .argument('<alert>', "the alert's id")
    .addHelpText('after', '\nExamples:\n  $ dawsos alerts delete 5d0f6c0e-2c3b-4c55-9a55-0d1f3a7b9c10')
    .action(async (id: string, options: ServerOptions) => {
      const api = await openApi(options);
      const { body } = await api.delete<{ id: string }>(`/v1/alerts/${encodeURIComponent(id)}`);
      if (options.json === true) printJson(body);
      else process.stdout.write(`deleted ${body.id}\n`);
    });
}
