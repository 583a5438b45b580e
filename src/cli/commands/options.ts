/** Options that several commands have, and how their values are read. */
import { Command, Option } from 'commander';

/** For an option that may be given again. */
export function collect(value: string, values: string[] = []): string[] {
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
    .option(
      '--rights <rights>',
      'rights of the embedded token, by commas (default: all that shipped patterns ask for)',
    )
    .option('--json', 'print what the server answers, as JSON');
}

/** The options of a request to run something. Values that only the server can judge go to it as they are. */
export function withRequest(command: Command): Command {
  return command
    .option('--input <name=value>', 'one input; may be given again', collect)
    .option('--inputs <file>', 'all inputs as a JSON object; - reads standard input')
    .option('--portfolio <id>', 'needed where you have several')
    .option(
      '--asof <date>',
      'the day whose prices count, such as 2013-02-28 (default: the newest fresh ones)',
    )
    .option('--version <version>', "the pattern's (default: the newest)");
}

export function withMode(command: Command): Command {
  return command
    .addOption(
      new Option('--mode <mode>', 'durable survives crashes, direct is faster').choices([
        'durable',
        'direct',
      ]),
    )
    .option('--direct', 'the same as --mode direct')
    .addOption(
      new Option('--patience <patience>', 'background: as many attempts as it takes').choices([
        'interactive',
        'background',
      ]),
    );
}

/** What is said beside the result goes to stderr. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
