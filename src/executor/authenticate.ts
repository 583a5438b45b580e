/** Bearer JWT to user and rights. Signatures by ES256 or RS256 only: never `none`, never a shared secret. */
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RequestHandler } from 'express';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config';
import { EngineError } from '../contract/errors';
import { scopeOf } from './request-scope';

export interface User {
  id: string;
  rights: readonly string[];
}

/** @throws EngineError UNAUTHENTICATED, which says what is wrong with the token and repeats nothing of it */
export type Authenticate = (authorization: string | undefined) => Promise<User>;

/** A signature is checked again after so long, and a token that has expired at once. */
const rememberedMs = 60_000;

interface Verified {
  user: User;
  /** Milliseconds since the epoch. */
  until: number;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @throws Error when there is neither a key set nor a key file, or the file holds no public key */
export async function createAuthenticate(jwt: Config['jwt']): Promise<Authenticate> {
  const verify = await createVerify(jwt);
  const verified = new LRUCache<string, Verified>({ max: 1000 });
  return async (authorization) => {
    const token = requireToken(authorization ?? '');
    const known = verified.get(token);
    if (known && Date.now() < known.until) return known.user;
    try {
      const payload = await verify(token);
      const user = toUser(payload);
      verified.set(token, { user, until: Math.min((payload.exp ?? 0) * 1000, Date.now() + rememberedMs) });
      return user;
    } catch (error) {
      throw refusal(error);
    }
  };
}

/** Without a word of what was sent: it may be a secret in the wrong place. */
function requireToken(authorization: string): string {
  if (authorization === '') {
    throw new EngineError('UNAUTHENTICATED', 'The request has no header "Authorization: Bearer <token>".');
  }
  const given = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (given === undefined) {
    const message = 'The header "Authorization" is malformed: it has to be "Bearer <token>".';
    throw new EngineError('UNAUTHENTICATED', message);
  }
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(given)) {
    const message =
      'The bearer token is malformed: a JWT is three parts of base64url with a dot between them.';
    throw new EngineError('UNAUTHENTICATED', message);
  }
  return given;
}

/** Puts the user into the request's scope, or answers 401. */
export function requireUser(authenticate: Authenticate): RequestHandler {
  return async (req, res, next) => {
    res.setHeader('WWW-Authenticate', 'Bearer');
    scopeOf(res).user = await authenticate(req.headers.authorization);
    res.removeHeader('WWW-Authenticate');
    next();
  };
}

async function createVerify(jwt: Config['jwt']): Promise<(token: string) => Promise<JWTPayload>> {
  const options: JWTVerifyOptions = {
    algorithms: ['ES256', 'RS256'],
    issuer: jwt.issuer,
    audience: jwt.audience,
    clockTolerance: 30,
    requiredClaims: ['sub', 'exp'],
  };
  if (jwt.jwksUrl !== null) {
    const keys = createRemoteJWKSet(new URL(jwt.jwksUrl));
    return async (token) => {
      try {
        return (await jwtVerify(token, keys, options)).payload;
      } catch (error) {
        if (!isKeySetAway(error)) throw error;
        // Not the caller's fault: a 401 would make it throw a good token away.
        throw new EngineError('INTERNAL', 'The keys to check tokens with cannot be fetched.', {}, error);
      }
    };
  }
  if (jwt.publicKeyFile === null) {
    throw new Error('No key to check tokens with: set JWT_JWKS_URL or JWT_PUBLIC_KEY_FILE.');
  }
  const key = createPublicKey(await readFile(jwt.publicKeyFile));
  return async (token) => (await jwtVerify(token, key, options)).payload;
}

function toUser(payload: JWTPayload): User {
  if (!payload.sub || !uuid.test(payload.sub)) {
    throw new EngineError('UNAUTHENTICATED', 'The token’s `sub` is not a user id (a UUID).');
  }
  const rights: unknown = payload['rights'];
  const valid = Array.isArray(rights) ? rights.filter((right) => typeof right === 'string') : [];
  return Object.freeze({ id: payload.sub.toLowerCase(), rights: Object.freeze([...new Set(valid)].sort()) });
}

function refusal(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof errors.JWTExpired) {
    return new EngineError('UNAUTHENTICATED', 'The token has expired.');
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new EngineError('UNAUTHENTICATED', `The token’s \`${error.claim}\` is not accepted here.`);
  }
  return new EngineError('UNAUTHENTICATED', 'The token is not valid.', {}, error);
}

/** What jose says of a token is an error of its own; anything else came from fetching the keys. */
function isKeySetAway(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  // The generic one: the key set's address answered something else than 200.
  return (
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === 'ERR_JOSE_GENERIC'
  );
}
