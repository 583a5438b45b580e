/** `dawsos alerts notifications`, `dead-letters` and `replay`. */
import type { Command } from 'commander';
import type { DeadLetter, Notification } from '../../contract/alert';
import { openApi } from '../client/api';
import { formatTable } from '../output/table';
import { allOf } from './alerts-pages';
import { printJson, serverCommand, type ServerOptions } from './options';

interface NotificationOptions extends ServerOptions {
  unread?: boolean;
  read?: string;
}

export function notificationsCommand(): Command {
  return serverCommand('notifications')
    .description('show what your alerts have told, the newest first')
    .option('--unread', 'unread ones alone')
    .option('--read <id>', 'mark one as read')
    .addHelpText(
      'after',
      '\nExamples:\n  $ dawsos alerts notifications --unread\n  $ dawsos alerts notifications --read 0c9a7d1e-6f0b-4a51-8e5d-1b2c3d4e5f60',
    )
    .action(notifications);
}

async function notifications(options: NotificationOptions): Promise<void> {
  const api = await openApi(options);
  if (options.read !== undefined) {
    const route = `/v1/notifications/${encodeURIComponent(options.read)}/read`;
    const { body } = await api.post<Notification>(route, {});
    if (options.json === true) printJson(body);
    else process.stdout.write(`read: ${body.title}\n`);
    return;
  }
  const query = { unread: options.unread === true ? 'true' : undefined };
  const found = await allOf<Notification>(api, '/v1/notifications', 'notifications', query);
  if (options.json === true) {
    printJson({ notifications: found });
    return;
  }
  const lines = found.map(({ fired_at, read_at, title, message, id }) =>
    [`${fired_at}${read_at === null ? '  unread' : ''}  ${title}`, `  ${message}`, `  ${id}`].join('\n'),
  );
  process.stdout.write(lines.length === 0 ? 'none\n' : `${lines.join('\n')}\n`);
}

export function deadLettersCommand(): Command {
  return serverCommand('dead-letters')
    .description('list evaluations of your alerts that failed, with when they are tried again')
    .addHelpText('after', '\nExamples:\n  $ dawsos alerts dead-letters')
    .action(async (options: ServerOptions) => {
      const api = await openApi(options);
      const found = await allOf<DeadLetter>(api, '/v1/alerts/dead-letters', 'dead_letters', {});
      if (options.json === true) {
        printJson({ dead_letters: found });
        return;
      }
      const rows = found.map(({ title, asof_date, status, attempts, code, next_retry_at, id }) => [
        title,
        asof_date,
        status,
        String(attempts),
        code,
        next_retry_at ?? '(not by itself)',
        id,
      ]);
      const titles = ['Alert', 'As of', 'Status', 'Attempts', 'Code', 'Next attempt', 'Id'];
      process.stdout.write(
        found.length === 0
          ? 'none\n'
          : `${formatTable(
              titles.map((title) => ({ title })),
              rows,
            )}\n`,
      );
    });
}

export function replayCommand(): Command {
  return serverCommand('replay')
    .description('evaluate the alert of a dead letter again, as of the same day')
    .argument('<dead-letter>', "the dead letter's id")
    .addHelpText('after', '\nExamples:\n  $ dawsos alerts replay 7e1c2d3f-4a5b-4c6d-8e7f-901a2b3c4d5e')
    .action(async (id: string, options: ServerOptions) => {
      const api = await openApi(options);
      const route = `/v1/alerts/dead-letters/${encodeURIComponent(id)}/replay`;
      const { body } = await api.post<{ dead_letter: DeadLetter; workflow_id: string }>(route, {});
      if (options.json === true) printJson(body);
      else if (body.dead_letter.status === 'resolved')
        process.stdout.write(`"${body.dead_letter.title}" is resolved already\n`);
      else process.stdout.write(`"${body.dead_letter.title}" is evaluated again: ${body.workflow_id}\n`);
    });
}
