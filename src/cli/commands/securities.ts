/** `dawsos securities`: the security master; `import` adds to it, as the owner of the tables. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { EngineError } from '../../contract/errors';
import { addSecurities, listSecurities } from '../../db/securities';
import { readSecurities } from '../../providers/security-file';
import { messageOf, usageError } from '../cli-error';
import { asOwner, ownerHelp } from '../client/owner-database';
import { counted } from '../output/counted';
import { formatTable } from '../output/table';
import { printJson } from './options';

const importHelp = `
The file is CSV with the header symbol,name,asset_class,currency,sector,is_total_return:
  AAPL,Apple Inc.,equity,USD,Information Technology,
  FB,"Facebook, Inc.",equity,USD,,
  SP500,S&P 500 price index,index,USD,,false
asset_class is equity, fund or index; sector may be empty (not classified); is_total_return says of an index whether its
level has the dividends in it, and is empty for all others. What is known already has to be the same: results rest on it.

${ownerHelp}

Examples:
  $ dawsos securities import securities.csv`;

export function securitiesCommand(): Command {
  return new Command('securities')
    .enablePositionalOptions()
    .helpGroup('Operate:')
    .description('list the known securities, or add some')
    .option('--json', 'print them as JSON')
    .addHelpText('after', `\n${ownerHelp}\n\nExamples:\n  $ dawsos securities`)
    .action(list)
    .addCommand(
      new Command('import')
        .description('add securities from a file')
        .argument('<file>', 'the securities, as CSV')
        .option('--json', 'print what was added as JSON')
        .addHelpText('after', importHelp)
        .action(importFile),
    );
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const securities = await asOwner(listSecurities);
  if (json === true) {
    printJson(securities);
    return;
  }
  const titles = ['Symbol', 'Name', 'Class', 'Currency', 'Sector'];
  const rows = securities.map(({ symbol, name, asset_class, currency, sector }) => [
    ...[symbol, name, asset_class, currency, sector ?? '(not classified)'],
  ]);
  process.stdout.write(
    `${formatTable(
      titles.map((title) => ({ title })),
      rows,
    )}\n`,
  );
}

async function importFile(file: string, { json }: { json?: boolean }): Promise<void> {
  const securities = read(file);
  const added = await asOwner((client) => addSecurities(client, securities)).catch((error: unknown) => {
    throw error instanceof RangeError ? usageError(`${file}: ${error.message}`) : error;
  });
  if (json === true) printJson(added);
  else {
    const known = securities.length - added.length;
    process.stdout.write(
      `${counted(added.length, 'security').replace(/ys$/, 'ies')} added, ${String(known)} known already\n`,
    );
  }
}

function read(file: string): ReturnType<typeof readSecurities> {
  try {
    return readSecurities(file, readFileSync(file, 'utf8'));
  } catch (error) {
    const isTold = error instanceof EngineError;
    throw usageError(isTold ? error.message : `${file} cannot be read: ${messageOf(error)}`);
  }
}
