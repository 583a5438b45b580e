/** Which server a command talks to. */
import { usageError } from '../cli-error';
import { dataDirOf } from '../places';
import { readRunningProfile } from './running-profile';

const example = 'http://127.0.0.1:8080';

export interface ServerAddress {
  url: string;
  /** Somebody named it, so there should be a server. */
  isGiven: boolean;
}

/**
 * `--url`, else DAWSOS_URL, else where the `npm start` of this machine listens, else where it would (PORT).
 * @throws CliError for one that is no HTTP address
 */
export async function findServer(option: string | undefined, env: NodeJS.ProcessEnv): Promise<ServerAddress> {
  const given = option ?? (env['DAWSOS_URL'] || undefined);
  if (given !== undefined) {
    const source = option === undefined ? 'DAWSOS_URL' : '--url';
    return { url: checked(given, source), isGiven: true };
  }
  const running = await readRunningProfile(dataDirOf(env));
  return { url: running?.apiUrl ?? `http://127.0.0.1:${env['PORT'] || '8080'}`, isGiven: false };
}

function checked(text: string, source: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, '');
  throw usageError(`${source} ${text} is not an address such as ${example}.`);
}
