/** Whose requests they are: the token that was given, else one of the demo's user, signed with this machine's own key. */
import { existsSync } from 'node:fs';
import { embeddedRights } from '../../contract/shipped-rights';
import { lazy } from '../lazy';
import { dataDirOf } from '../places';
import { rightsOf, userOf } from './identity';

const ownHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** Longer than any command follows a run without asking anew. */
const ttl = '8h';

export interface TokenOptions {
  token?: string;
  /** Whose embedded token. */
  as?: string;
  rights?: string;
}

/**
 * `--token`, else DAWSOS_TOKEN, else, for a server on this machine alone, a token of the embedded profile.
 * @returns `null` when there is none; the server then says what it wants
 */
export async function findToken(
  { token, as = 'a', rights }: TokenOptions,
  url: string,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  const given = token ?? (env['DAWSOS_TOKEN'] || undefined);
  if (given !== undefined) return given;
  if (!ownHosts.has(new URL(url).hostname)) return null;
  const { embeddedKeyPaths, signEmbeddedToken } = lazy.embeddedKeys();
  const dataDir = dataDirOf(env);
  if (!existsSync(embeddedKeyPaths(dataDir).privateKeyFile)) return null;
  const audience = env['JWT_AUDIENCE'] ?? 'dawsos';
  const allowed = rights === undefined ? embeddedRights : rightsOf(rights);
  return signEmbeddedToken(dataDir, { sub: userOf(as, '--as'), rights: allowed, ttl, audience });
}
