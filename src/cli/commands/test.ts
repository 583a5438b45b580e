/** `dawsos test`: runs the tests that patterns bring along, in this process and without a server. */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Selection, selectPatterns } from '../../testing/pattern-files';
import { closingLine, testText } from '../../testing/report';
import { countResults, type SuiteResult } from '../../testing/result';
import { runPatternTests } from '../../testing/run-tests';
import { toJunit } from '../../testing/junit';
import { CliError, orUsageError } from '../cli-error';
import { agentFolders, knownCapabilities } from '../known-capabilities';
import { problemText } from '../output/problem';
import { pureCalls } from '../pure-calls';
import { patternsDirOf } from '../places';
import { collect } from './options';
import { untilToldToEnd, watchPlaces } from './test-watch';

interface TestOptions {
  agents?: string[];
  watch?: boolean;
  junit?: string;
  json?: boolean;
  bail?: boolean;
}

const help = `
Without arguments: all patterns of PATTERNS_DIR (default patterns).
The clock is virtual and nothing is remembered: a wait of a week takes no time.

Examples:
  $ dawsos test                                       all patterns
  $ dawsos test portfolio_overview                    one, by its id
  $ dawsos test my/patterns --agents my/agents        a folder, with the agents it needs
  $ dawsos test examples/patterns/workflow/order_saga.json --agents examples/agents --watch
  $ dawsos test --junit report.xml                    for CI

Exit codes: 0 all passed · 1 a test failed · 2 something named is not there, or agents' files have problems`;

export function testCommand(): Command {
  return new Command('test')
    .helpGroup('Write patterns:')
    .description('run the tests that patterns bring along, without a server')
    .argument('[patterns...]', 'ids, files or folders')
    .option('--agents <dir>', 'a folder of agents from outside; may be given again', collect)
    .option('--watch', 'run again whenever a file changes, until Ctrl-C')
    .option('--junit <file>', 'write the results as JUnit XML too')
    .option('--json', 'print the results as JSON')
    .option('--bail', 'stop after the first test that fails')
    .addHelpText('after', help)
    .action(async (names: string[], options: TestOptions) => {
      process.exitCode = options.watch === true ? await watch(names, options) : await once(names, options);
    });
}

/** @throws CliError when something named is not there, or cannot be written */
async function once(names: string[], options: TestOptions): Promise<number> {
  const signatures = orUsageError(() => knownCapabilities(options.agents ?? []));
  const { files, others } = select(names);
  const style = { colours: process.stdout.isTTY && process.env['NO_COLOR'] === undefined };
  const shown = options.json !== true;
  const suites = await runPatternTests({
    ...{ files, others, signatures, realCalls: pureCalls(), bail: options.bail ?? false },
    onResult: (test, { pattern }) => {
      if (shown) process.stdout.write(testText(pattern, test, style));
    },
  });
  const { junit } = options;
  if (junit !== undefined) {
    orUsageError(() => {
      writeFileSync(junit, toJunit(suites));
    });
  }
  const { passed, failed } = countResults(suites);
  if (shown) process.stdout.write(`${untested(suites)}\n${closingLine(suites)}\n`);
  else process.stdout.write(`${JSON.stringify({ passed, failed, suites }, null, 2)}\n`);
  return failed === 0 ? 0 : 1;
}

function select(names: string[]): Selection {
  return orUsageError(() => selectPatterns(names, patternsDirOf(process.env)));
}

/** A pattern without tests is no failure, but it should not go unseen. */
function untested(suites: readonly SuiteResult[]): string {
  const names = suites.filter(({ tests }) => tests.length === 0).map(({ pattern }) => pattern);
  return names.length === 0 ? '' : `without tests: ${names.join(', ')}\n`;
}

async function watch(names: string[], options: TestOptions): Promise<number> {
  const { places } = select(names);
  const again = async (): Promise<void> => {
    // What is wrong now may be right after the next change.
    await once(names, options).catch((error: unknown) => {
      if (!(error instanceof CliError)) throw error;
      process.stderr.write(problemText(error.problem));
    });
    if (options.json !== true) process.stdout.write('\nwatching; Ctrl-C ends\n');
  };
  await watchPlaces([...places, ...agentFolders(options.agents ?? [])], again, untilToldToEnd());
  return 0;
}
