/** Options that several commands have, and how their values are read. */
import { Command } from 'commander';

/** For an option that may be given again. */
export function collect(value: string, values: string[]): string[] {
  return [...values, value];
}

/** What every command that talks to a server may be told. */
export interface ServerOptions {
  url?: string;
  token?: string;
  as?: string;
  rights?: string;
  json?: boolean;
}

export function serverCommand(name: string): Command {
  return new Command(name)
    .option('--url <url>', 'the server (default: DAWSOS_URL, else the one that runs here)')
    .option('--token <token>', 'a bearer token (default: DAWSOS_TOKEN, else one of the embedded profile)')
    .option('--as <user>', 'whose embedded token: a (Alice, the default), b (Bob) or a UUID')
    .option('--rights <rights>', 'rights of the embedded token, by commas (default: portfolio_read)')
    .option('--json', 'print what the server answers, as JSON');
}
