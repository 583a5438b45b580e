/** `npm run token`: prints a bearer token for the embedded profile, signed with the key that `npm start` made. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { demoUsers, signEmbeddedToken } from '../executor/embedded-keys';

const usage = `Usage: npm run token -- [--user a|b|UUID] [--rights portfolio_read,...] [--ttl 1h]

Prints a token of the embedded profile; the two demo users are a (default) and b.
  curl -H "Authorization: Bearer $(npm run --silent token)" http://127.0.0.1:8080/v1/patterns`;

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      user: { type: 'string', default: 'a' },
      rights: { type: 'string', default: 'portfolio_read' },
      ttl: { type: 'string', default: '1h' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const sub = values.user === 'a' || values.user === 'b' ? demoUsers[values.user] : values.user;
  if (!/^[0-9a-f-]{36}$/i.test(sub)) throw new Error(`--user ${sub} is neither a, b nor a UUID`);
  if (!/^[1-9][0-9]{0,5}[smhd]$/.test(values.ttl))
    throw new Error(`--ttl ${values.ttl} is no duration such as 30m or 1h`);
  const rights = values.rights.split(',').filter((right) => right !== '');
  const dataDir = path.resolve(process.env['DATA_DIR'] ?? '.data');
  const audience = process.env['JWT_AUDIENCE'] ?? 'dawsos';
  process.stdout.write(`${await signEmbeddedToken(dataDir, { sub, rights, ttl: values.ttl, audience })}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exit(1);
});
