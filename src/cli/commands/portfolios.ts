/** `dawsos portfolios`: lists one's own; `create` makes one, as the owner of the tables. */
import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { insertPortfolio, insertUser } from '../../db/import-ledger';
import type { Tx } from '../../db/pool';
import { findSecurityBySymbol } from '../../db/securities';
import { usageError } from '../cli-error';
import { openApi } from '../client/api';
import { userOf } from '../client/identity';
import { asOwnerOf, ownerHelp } from '../client/owner-database';
import { formatTable } from '../output/table';
import { printJson, serverCommand, type ServerOptions } from './options';

interface CreateOptions {
  name: string;
  currency: string;
  benchmark?: string;
  as: string;
  email?: string;
  json?: boolean;
}

interface Listed {
  portfolios: {
    id: string;
    name: string;
    base_currency: string;
    benchmark_id: string | null;
    ledger_commit_hash: string | null;
  }[];
  next_cursor: string | null;
}

const createHelp = `
A portfolio begins empty; its ledger is brought in by \`dawsos ledger import\`. The base currency stays what it is here.

${ownerHelp}

Examples:
  $ dawsos portfolios create --name "Family" --currency CAD --benchmark SP500
  $ dawsos portfolios create --name "Fund I" --currency USD --as 6f1c9a52-… --email carol@example.com`;

export function portfoliosCommand(): Command {
  return (
    serverCommand('portfolios')
      // `create` has options of the same names.
      .enablePositionalOptions()
      .helpGroup('Operate:')
      .description('list your portfolios, or create one')
      .addHelpText('after', '\nExamples:\n  $ dawsos portfolios\n  $ dawsos portfolios create --help')
      .action(list)
      .addCommand(
        new Command('create')
          .description('make an empty portfolio')
          .requiredOption('--name <name>', 'what it is called')
          .requiredOption('--currency <code>', 'its base currency, such as CAD')
          .option('--benchmark <symbol>', 'a known security to compare it with, such as SP500')
          .option('--as <user>', 'its owner: a (Alice), b (Bob) or a UUID', 'a')
          .option('--email <address>', 'of an owner who is not known yet')
          .option('--json', 'print the new portfolio as JSON')
          .addHelpText('after', createHelp)
          .action(create),
      )
  );
}

async function list(options: ServerOptions): Promise<void> {
  const api = await openApi(options);
  const answer = { portfolios: [] as Listed['portfolios'], next_cursor: null };
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { body } = await api.get<Listed>('/v1/portfolios', { limit: '100', cursor: cursor ?? undefined });
    answer.portfolios.push(...body.portfolios);
    cursor = body.next_cursor;
  }
  if (options.json === true) {
    printJson(answer);
    return;
  }
  const rows = answer.portfolios.map((one) => [
    one.name,
    one.base_currency,
    one.benchmark_id ?? '',
    one.ledger_commit_hash ?? '(none)',
    one.id,
  ]);
  const titles = ['Name', 'Currency', 'Benchmark', 'Ledger commit', 'Id'];
  process.stdout.write(
    `${formatTable(
      titles.map((title) => ({ title })),
      rows,
    )}\n`,
  );
}

async function create({ name, currency, benchmark, as, email, json }: CreateOptions): Promise<void> {
  if (!/^[A-Z]{3}$/.test(currency))
    throw usageError(`--currency ${currency} is no currency code such as CAD`);
  const user_id = userOf(as, '--as');
  const portfolio = {
    ...{ id: randomUUID(), user_id, name: name.trim(), base_currency: currency },
    benchmark_id: benchmark ?? null,
  };
  await asOwnerOf(user_id, async (tx) => {
    await requireUser(tx, user_id, email);
    await requireNew(tx, portfolio);
    if (benchmark !== undefined && !(await findSecurityBySymbol(tx, benchmark)))
      throw usageError(`--benchmark ${benchmark} is no known security; see dawsos securities`);
    await insertPortfolio(tx, portfolio);
  });
  if (json === true) printJson(portfolio);
  else
    process.stdout.write(
      `Portfolio "${portfolio.name}" in ${currency}: ${portfolio.id}\n  next: dawsos ledger import <file> --portfolio ${portfolio.id}\n`,
    );
}

async function requireUser(tx: Tx, id: string, email: string | undefined): Promise<void> {
  const { rowCount } = await tx.query('select from users where id = $1', [id]);
  if (rowCount === 1) return;
  if (email === undefined) throw usageError(`there is no user ${id} yet: name an address with --email`);
  await insertUser(tx, { id, email });
}

/** A second portfolio of one name is a command that was repeated, more often than not. */
async function requireNew(tx: Tx, { user_id, name }: { user_id: string; name: string }): Promise<void> {
  if (name === '') throw usageError('--name is empty');
  const { rows } = await tx.query<{ id: string }>(
    'select id from portfolios where user_id = $1 and name = $2',
    [user_id, name],
  );
  if (rows[0]) throw usageError(`there is a portfolio "${name}" already: ${rows[0].id}`);
}
