/** `dawsos token`: prints a bearer token of the embedded profile, signed with the key that `dawsos start` made. */
import { Command } from 'commander';
import { embeddedRights } from '../../contract/shipped-rights';
import { signEmbeddedToken } from '../../executor/embedded-keys';
import { CliError, messageOf, usageError } from '../cli-error';
import { exitCodes } from '../exit-codes';
import { dataDirOf } from '../places';
import { rightsOf, userOf } from '../client/identity';

interface TokenOptions {
  user: string;
  rights?: string;
  ttl: string;
  json?: boolean;
}

const help = `
Examples:
  $ dawsos token                                              Alice's, for an hour
  $ dawsos token --user b --rights portfolio_read,trade       Bob's, who may also trade
  $ curl -H "Authorization: Bearer $(dawsos token)" http://127.0.0.1:8080/v1/patterns`;

export function tokenCommand(): Command {
  return new Command('token')
    .helpGroup('Operate:')
    .description('print a token of the embedded profile')
    .option('--user <user>', 'a (Alice), b (Bob) or a UUID', 'a')
    .option('--rights <rights>', 'separated by commas (default: all that shipped patterns ask for)')
    .option('--ttl <duration>', 'how long it is valid, such as 30m, 1h or 7d', '1h')
    .option('--json', 'print user, rights and token as JSON')
    .addHelpText('after', help)
    .action(print);
}

async function print({ user, rights: list, ttl, json }: TokenOptions): Promise<void> {
  const sub = userOf(user, '--user');
  if (!/^[1-9][0-9]{0,5}[smhd]$/.test(ttl)) throw usageError(`--ttl ${ttl} is no duration such as 30m or 1h`);
  const rights = list === undefined ? embeddedRights : rightsOf(list);
  const audience = process.env['JWT_AUDIENCE'] ?? 'dawsos';
  const token = await signEmbeddedToken(dataDirOf(process.env), { sub, rights, ttl, audience }).catch(
    (error: unknown) => {
      throw new CliError(exitCodes.refused, { code: 'NO_KEY', detail: messageOf(error) });
    },
  );
  process.stdout.write(
    `${json === true ? JSON.stringify({ user: sub, rights, ttl, token }, null, 2) : token}\n`,
  );
}
