/** `dawsos export`: a result as a file to keep. */
import { existsSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { messageOf, usageError } from '../cli-error';
import { openApi, read } from '../client/api';
import { say, serverCommand, type ServerOptions } from './options';

interface ExportOptions extends ServerOptions {
  format: string;
  outputs?: string;
  output?: string;
  force?: boolean;
}

const patienceMs = 90_000;

const help = `
What may be exported is said by the pattern, by your rights and by whose data it rests on (docs/exports.md).

Examples:
  $ dawsos export 108fe221-aa95-4aa2-afa7-3497d1d406b2 --format pdf
  $ dawsos export 108fe221-aa95-4aa2-afa7-3497d1d406b2 --format csv --outputs valued_positions -o - | less`;

export function exportCommand(): Command {
  return serverCommand('export')
    .helpGroup('Look at runs:')
    .description('write a result into a file to keep: CSV, JSON or PDF')
    .argument('<execution>', "the execution's id")
    .addOption(new Option('--format <format>', 'which').choices(['csv', 'pdf', 'json']).makeOptionMandatory())
    .option('--outputs <names>', 'only these outputs, by commas')
    .option('-o, --output <file>', 'where to; - is standard output (default: the name that the server gives)')
    .option('--force', 'write over a file that is there')
    .addHelpText('after', help)
    .action(async (id: string, options: ExportOptions) => {
      const api = await openApi(options);
      const { format, outputs } = options;
      const query = new URLSearchParams({ format, ...(outputs !== undefined && { outputs }) }).toString();
      const route = `/v1/executions/${encodeURIComponent(id)}/export?${query}`;
      const response = await api.open(route, {}, AbortSignal.timeout(patienceMs));
      if (!response.ok) await read(response, api.url);
      write(Buffer.from(await response.arrayBuffer()), options.output ?? nameGiven(response), options.force === true);
    });
} // prettier-ignore

/** The server's name has no folder in it; whatever comes, none is taken from it. */
function nameGiven(response: Response): string {
  const given = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  return given?.replace(/[^A-Za-z0-9._-]/g, '_') ?? 'DawsOS_export';
}

function write(content: Buffer, file: string, force: boolean): void {
  if (file === '-') {
    process.stdout.write(content);
    return;
  }
  if (!force && existsSync(file))
    throw usageError(`The file ${file} is there already.`, 'Name another with -o, or add --force.');
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw usageError(`The file ${file} cannot be written: ${messageOf(error)}`, 'Name another with -o.');
  }
  say(`wrote ${file} (${String(content.length)} bytes)`);
}
