/** `dawsos correct`: publishes corrected prices and rates as new pricing packs, as the owner of the tables. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { supersedePacks } from '../../db/supersede-packs';
import type { CorrectedPack } from '../../packs/correct-packs';
import { readCorrections } from '../../packs/correction-file';
import { messageOf, usageError } from '../cli-error';
import { asOwner } from '../client/owner-database';
import { printJson } from './options';

interface CorrectOptions {
  reason: string;
  json?: boolean;
}

const help = `
The file is CSV with the header \`date,what,value\`, the date being that of the pack:
  2013-02-27,AAPL,445.57              a closing price, in the security's currency; added where there is none
  2013-02-27,EUR/USD,1.3096           US dollars for one euro; also on later days that carry this quote
  2012-08-09,dividend AAPL,2.65       a dividend for one share
  2013-02-28,FF3.SMB@2013-01-31,0.39  a series' value for a period, in the unit it is published in

Packs are immutable: the corrected day and all days after it get new packs, in one transaction, and the old ones stay for
the results that rest on them. Such results are listed by \`dawsos executions --restated\`; \`dawsos rerun\` computes one
anew, and \`dawsos diff\` shows what changed.

It needs the owner of the tables: DATABASE_OWNER_URL, else the database that \`dawsos start\` runs here.

Examples:
  $ dawsos correct corrections.csv --reason "exchange corrected the close of 27 February"`;

export function correctCommand(): Command {
  return new Command('correct')
    .helpGroup('Operate:')
    .description('publish corrected prices and rates as new pricing packs')
    .argument('<file>', 'the corrections, as CSV')
    .requiredOption(
      '--reason <text>',
      'why, for the reader of a trace: it becomes the source of the new packs',
    )
    .option('--json', 'print the new packs as JSON')
    .addHelpText('after', help)
    .action(correct);
}

async function correct(file: string, { reason, json }: CorrectOptions): Promise<void> {
  const csv = read(file);
  const packs = await asOwner((client) =>
    supersedePacks(client, `correction: ${reason}`, (securities) => readCorrections(csv, securities)),
  ).catch((error: unknown) => {
    throw error instanceof RangeError ? usageError(`${file}: ${error.message}`) : error;
  });
  if (json === true) printJson(packs.map(({ id, supersedes, sha256 }) => ({ id, supersedes, sha256 })));
  else process.stdout.write(`${textOf(packs)}\n`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

function textOf(packs: readonly CorrectedPack[]): string {
  const [first, last] = [packs[0], packs.at(-1)];
  const head = `${String(packs.length)} new pricing ${packs.length === 1 ? 'pack' : 'packs'}`;
  const range = packs.length === 1 ? (first?.id ?? '') : `${first?.id ?? ''} to ${last?.id ?? ''}`;
  return [
    `${head}: ${range}, in the place of ${first?.supersedes ?? ''}${packs.length === 1 ? '' : ` to ${last?.supersedes ?? ''}`}`,
    'results that rest on the old ones: dawsos executions --restated',
  ].join('\n');
}
