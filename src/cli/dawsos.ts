/** `dawsos`: the command line. Finds the command, runs it, and ends with a code of the table in exit-codes.ts. */
import { Command, CommanderError } from 'commander';
import { commandNames, loadCommand } from './commands';
import { CliError } from './cli-error';
import { exitCodes, exitCodeText } from './exit-codes';
import { problemText } from './output/problem';
import { projectVersion } from './places';

const helpText = `
Examples:
  $ dawsos start                                start everything on this machine and run the demo
  $ dawsos run portfolio_overview               run a pattern and watch its steps
  $ dawsos check my/patterns                    find mistakes before anything runs
  $ dawsos trace 108fe221-aa95-4aa2-afa7-…      what ran, on which sources

Environment:
  DAWSOS_URL     the server (default: the one that \`dawsos start\` runs here, else http://127.0.0.1:8080)
  DAWSOS_TOKEN   a bearer token (default: one of the demo's Alice, signed with the key that \`dawsos start\` made)
  NO_COLOR       no colours; there are none anyway where the output is no terminal

Exit codes:
${exitCodeText()}`;

/** @param only names of commands to load; loading all takes longer than most of them need */
export function buildProgram(only: readonly string[] = commandNames): Command {
  const program = new Command('dawsos')
    .description('Runs, checks, explains and proves patterns.')
    .usage('<command> [options]')
    .version(projectVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print the help of a command')
    // A command's own options may be named like the program's.
    .enablePositionalOptions()
    .addHelpText('after', helpText);
  for (const name of only) program.addCommand(loadCommand(name));
  behave(program);
  return program;
}

/** Ends the process by its exit code only, so that what was written gets out. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `dawsos … | head` has read enough.
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const [asked = ''] = argv.slice(2);
  const program = buildProgram(needed(asked));
  try {
    await program.parseAsync([...argv.slice(0, 2), ...askedOf(argv.slice(2))]);
  } catch (error) {
    process.exitCode = report(error, argv.includes('--json'));
  }
}

/** Commander answers `--help` before it looks whether there is such a command; here a wrong name is an error first. */
function askedOf(args: readonly string[]): string[] {
  const [asked = ''] = args;
  const named = asked === 'help' ? (args[1] ?? '') : asked;
  const isUnknown = named !== '' && !/^-|^help$/.test(named) && !commandNames.includes(named);
  return isUnknown ? [named] : [...args];
}

/** What has to be loaded for what is asked. */
function needed(asked: string): readonly string[] {
  if (commandNames.includes(asked)) return [asked];
  return ['-V', '--version'].includes(asked) ? [] : commandNames;
}

/** Commander writes its own messages; it is told here only not to end the process. Also for commands of commands. */
function behave(command: Command): void {
  command.exitOverride().showSuggestionAfterError(true);
  command.configureOutput({
    outputError: (text, write) => {
      write(`${text.trimEnd()}\n  next: see \`${fullName(command)} --help\`\n`);
    },
  });
  command.commands.forEach(behave);
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}

function report(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof CliError) {
    if (json) process.stdout.write(`${JSON.stringify(error.problem, null, 2)}\n`);
    process.stderr.write(problemText(error.problem));
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`error: something nobody foresaw\n${text}\n`);
  return exitCodes.internal;
}

if (require.main === module) void main(process.argv);
