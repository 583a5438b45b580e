/** The embedded profile signs its own tokens: a key pair of this machine, made once, and the two demo users. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SignJWT } from 'jose';
import { embeddedIssuer } from '../config';

export interface EmbeddedKeys {
  privateKeyFile: string;
  publicKeyFile: string;
}

export interface TokenRequest {
  /** The user's id, a UUID. */
  sub: string;
  rights: readonly string[];
  /** A duration as jose reads it: `1h`, `30m`, `7d`. */
  ttl: string;
  audience?: string;
}

/** The users of demo/demo.json; there are two, so that one can see that each sees only his own. */
export const demoUsers = {
  a: 'a11ce000-0000-4000-8000-000000000001',
  b: 'b0b00000-0000-4000-8000-000000000002',
} as const;

export function embeddedKeyPaths(dataDir: string): EmbeddedKeys {
  const folder = path.join(dataDir, 'keys');
  return { privateKeyFile: path.join(folder, 'private.pem'), publicKeyFile: path.join(folder, 'public.pem') };
}

/** Makes the pair if it is missing. The private half is readable by its owner only. */
export async function makeEmbeddedKeys(dataDir: string): Promise<EmbeddedKeys> {
  const paths = embeddedKeyPaths(dataDir);
  if (existsSync(paths.privateKeyFile) && existsSync(paths.publicKeyFile)) return paths;
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await mkdir(path.dirname(paths.privateKeyFile), { recursive: true, mode: 0o700 });
  await writeWhole(paths.publicKeyFile, pair.publicKey, 0o644);
  await writeWhole(paths.privateKeyFile, pair.privateKey, 0o600);
  return paths;
}

/** @throws Error, with what to do, when the pair was never made */
export async function signEmbeddedToken(dataDir: string, request: TokenRequest): Promise<string> {
  const { privateKeyFile } = embeddedKeyPaths(dataDir);
  const pem = await readFile(privateKeyFile).catch(() => {
    throw new Error(`There is no key at ${privateKeyFile}; \`npm start\` makes it.`);
  });
  return new SignJWT({ rights: [...request.rights] })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer(embeddedIssuer)
    .setAudience(request.audience ?? 'dawsos')
    .setSubject(request.sub)
    .setIssuedAt()
    .setExpirationTime(request.ttl)
    .sign(createPrivateKey(pem));
}

/** A start that is killed half-way leaves no half key behind. */
async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const draft = `${file}.${String(process.pid)}`;
  await writeFile(draft, text, { mode });
  await chmod(draft, mode);
  await rename(draft, file);
}
