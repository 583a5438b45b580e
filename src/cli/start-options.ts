/** What `npm start` may be told on the command line. */
import path from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  dataDir: string;
  port: number;
  /** Print the result and end. */
  once: boolean;
  help: boolean;
}

export const usage = `Usage: npm start -- [--once] [--port N] [--data DIR]

Starts everything on this machine, runs the pattern portfolio_overview for the demo portfolio, prints the
result, and stays up until Ctrl-C (a second Ctrl-C forces).

  --once       end after printing; exit code 0 when the run succeeded
  --port N     the API's port (default 8080, or PORT); when taken, the next free one
  --data DIR   where all data are kept (default .data, or DATA_DIR)
  --help       this text

Servers that exist already are used in place of own ones:
  TEMPORAL_ADDRESS (TEMPORAL_UI_URL), DATABASE_URL with DATABASE_OWNER_URL, REDIS_URL`;

/** @throws Error for an unknown option or an impossible port */
export function parseStartOptions(args: string[], env: NodeJS.ProcessEnv): StartOptions {
  const { values } = parseArgs({
    args,
    options: {
      once: { type: 'boolean', default: false },
      port: { type: 'string', default: env['PORT'] ?? '8080' },
      data: { type: 'string', default: env['DATA_DIR'] ?? '.data' },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port ${values.port} is not a port`);
  return { dataDir: path.resolve(values.data), port, once: values.once, help: values.help };
}
