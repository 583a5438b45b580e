/** `dawsos check`: checks pattern files against the catalogue, all problems at once, without a server. */
import { Command } from 'commander';
import type { Problem } from '../../contract/errors';
import { compileSet } from '../../pattern/compile-set';
import { exitCodes } from '../exit-codes';
import { counted } from '../output/counted';
import { readPatternSet } from '../pattern-set';
import { collect } from './options';

interface CheckOptions {
  agents?: string[];
  strict?: boolean;
  json?: boolean;
}

export interface FileReport {
  file: string;
  problems: Problem[];
  warnings: Problem[];
}

const help = `
Without arguments: all patterns of PATTERNS_DIR (default patterns). docs/checks.md explains every code.

Examples:
  $ dawsos check                                    all patterns
  $ dawsos check portfolio_overview                 one, by its id
  $ dawsos check my/patterns --agents my/agents     a folder, with the agents it needs
  $ dawsos check --strict --json                    for CI`;

export function checkCommand(): Command {
  return new Command('check')
    .helpGroup('Write patterns:')
    .description('find what is wrong with patterns, without a server')
    .argument('[patterns...]', 'ids, files or folders')
    .option('--agents <dir>', 'a folder of agents from outside; may be given again', collect)
    .option('--strict', 'warnings count as problems')
    .option('--json', 'print the problems as JSON')
    .addHelpText('after', help)
    .action((names: string[], options: CheckOptions) => {
      const reports = checkPatterns(names, options);
      const text =
        options.json === true ? `${JSON.stringify(reports, null, 2)}\n` : reports.map(toText).join('');
      process.stdout.write(text);
      if (reports.some(({ problems }) => problems.length > 0)) process.exitCode = exitCodes.problems;
    });
}

/** A file that is no JSON has that as its problem, and hides no other's. @throws CliError when something named is not there */
export function checkPatterns(
  names: readonly string[],
  { agents = [], strict }: Pick<CheckOptions, 'agents' | 'strict'>,
): FileReport[] {
  const { files, others, signatures } = readPatternSet(names, agents);
  const { compiled } = compileSet(
    files.map(({ source }) => source),
    signatures,
    others,
  );
  return compiled.map(({ problems, warnings }, index) => {
    const { path: file = '', unreadable } = files[index] ?? {};
    if (unreadable !== undefined) return { file, problems: [unreadableProblem(unreadable)], warnings: [] };
    if (strict !== true) return { file, problems, warnings };
    return { file, problems: [...problems, ...warnings], warnings: [] };
  });
}

function unreadableProblem(message: string): Problem {
  return { code: 'PATTERN_INVALID', pointer: '', message };
}

function toText({ file, problems, warnings }: FileReport): string {
  const line = (kind: string, { code, pointer, message, suggestion }: Problem): string =>
    `  ${kind} ${code} at ${pointer || '/'}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`}\n`;
  const lines = [
    ...problems.map((problem) => line('error', problem)),
    ...warnings.map((warning) => line('warning', warning)),
  ];
  const count = `${counted(problems.length, 'problem')}, ${counted(warnings.length, 'warning')}`;
  return `${file}: ${lines.length === 0 ? 'ok' : count}\n${lines.join('')}`;
}
