/** `dawsos alerts`: conditions that one wants to hear of, what they told, and what could not be evaluated. */
import { Command } from 'commander';
import { alertsCheckCommand } from './alerts-check';
import { createAlertCommand, deleteAlertCommand, pauseAlertCommand } from './alerts-change';
import { alertsListCommand } from './alerts-list';
import { deadLettersCommand, notificationsCommand, replayCommand } from './alerts-notifications';

const help = `
Alerts are evaluated whenever a pricing pack has become fresh. What a condition may be: docs/alerts.md

Examples:
  $ dawsos alerts create --title "Deep fall" --portfolio a11ce000-0000-4000-8000-0000000000a1 \\
      --condition '{"type":"drawdown_limit","threshold":0.1,"unit":"fraction"}'
  $ dawsos alerts check
  $ dawsos alerts notifications --unread`;

export function alertsCommand(): Command {
  return new Command('alerts')
    .helpGroup('Operate:')
    .description('what you want to hear of: create and check alerts, read notifications')
    .usage('<command> [options]')
    .addHelpText('after', help)
    .addCommand(alertsListCommand())
    .addCommand(createAlertCommand())
    .addCommand(pauseAlertCommand())
    .addCommand(deleteAlertCommand())
    .addCommand(alertsCheckCommand())
    .addCommand(notificationsCommand())
    .addCommand(deadLettersCommand())
    .addCommand(replayCommand());
}
