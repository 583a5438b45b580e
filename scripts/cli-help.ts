/** The parts of docs/cli.md that are made from the program: every command's help, and the exit codes. */
import type { Command } from 'commander';
import { buildProgram } from '../src/cli/dawsos';
import { exitCodes, exitMeanings } from '../src/cli/exit-codes';

const width = 110;

export function cliParts(): { file: string; part: string; text: string }[] {
  const file = 'docs/cli.md';
  return [
    { file, part: 'exit codes', text: exitTable() },
    { file, part: 'commands', text: commandPages() },
  ];
}

function exitTable(): string {
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  const rows = names.map((name) => `| ${String(exitCodes[name])} | ${exitMeanings[name]} |`);
  return ['| code | meaning |', '|---|---|', ...rows].join('\n');
}

function commandPages(): string {
  return pagesOf(buildProgram().commands, '##', '');
}

/** Commands of a command come right below it. */
function pagesOf(commands: readonly Command[], heading: string, before: string): string {
  return commands
    .map((command) => {
      let text = '';
      const writeOut = (part: string): void => void (text += part);
      command.configureOutput({ writeOut, getOutHelpWidth: () => width, getOutHasColors: () => false });
      command.outputHelp();
      const name = `${before}${command.name()}`;
      const page = `${heading} ${name}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\``;
      const inner = pagesOf(command.commands, '###', `${name} `);
      return inner === '' ? page : `${page}\n\n${inner}`;
    })
    .join('\n\n');
}
