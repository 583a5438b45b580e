/** The parts of docs/cli.md that are made from the program: every command's help, and the exit codes. */
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
  const { commands } = buildProgram();
  return commands
    .map((command) => {
      let text = '';
      const writeOut = (part: string): void => void (text += part);
      command.configureOutput({ writeOut, getOutHelpWidth: () => width, getOutHasColors: () => false });
      command.outputHelp();
      return `## ${command.name()}\n\n\`\`\`text\n${text.trimEnd()}\n\`\`\``;
    })
    .join('\n\n');
}
