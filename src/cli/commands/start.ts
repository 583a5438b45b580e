/** `dawsos start`, which is `npm start` without the installation of dependencies before it. */
import { Command } from 'commander';
import { lazy } from '../lazy';
import { type StartArguments, startOptions } from '../start-options';

const help = `
Starts Temporal, PostgreSQL, a worker and the API on this machine, runs the pattern portfolio_overview for the demo
portfolio, prints the result, and stays up until Ctrl-C (a second Ctrl-C forces).

Servers that exist already are used in place of own ones:
  TEMPORAL_ADDRESS (TEMPORAL_UI_URL), DATABASE_URL with DATABASE_OWNER_URL, REDIS_URL

Examples:
  $ dawsos start                      until Ctrl-C; \`npm start\` is the same and installs what is missing
  $ dawsos start --once --port 0      run the demo on any free port and end; exit code 0 when it succeeded
  $ dawsos start --data /var/dawsos   all data elsewhere`;

export function startCommand(): Command {
  return new Command('start')
    .helpGroup('Operate:')
    .description('start everything on this machine and run the demo')
    .option('--once', 'end after printing')
    .option('--port <N>', "the API's port (default 8080, or PORT); when taken, the next free one")
    .option('--data <DIR>', 'where all data are kept (default .data, or DATA_DIR)')
    .addHelpText('after', help)
    .action(async (given: StartArguments) => {
      const options = startOptions(given, process.env);
      // Servers that ended leave timers and sockets behind that nobody needs.
      process.exit(await lazy.start().supervise(options));
    });
}
