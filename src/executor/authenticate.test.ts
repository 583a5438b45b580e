import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, type KeyObject, SignJWT } from 'jose';
import { embeddedIssuer } from '../config';
import { createAuthenticate } from './authenticate';
import { demoUsers, makeEmbeddedKeys, signEmbeddedToken } from './embedded-keys';

const expected = { issuer: 'https://issuer.example', audience: 'dawsos' };
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

function rsaToken(key: KeyObject = rsa.privateKey, rights: unknown = ['b', 'a', 'a', 7]): Promise<string> {
  return new SignJWT({ rights })
    .setProtectedHeader({ alg: 'RS256', kid: '1' })
    .setIssuer(expected.issuer)
    .setAudience(expected.audience)
    .setSubject(demoUsers.a.toUpperCase())
    .setExpirationTime('1h')
    .sign(key);
}

describe('with a key set', () => {
  let server: Server;
  let status = 200;
  let jwksUrl: string;

  beforeAll(async () => {
    const jwk = { ...(await exportJWK(rsa.publicKey)), kid: '1', alg: 'RS256', use: 'sig' };
    server = createServer((_req, res) => {
      res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    jwksUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/keys`;
  });

  afterAll(() => server.close());

  it('accepts RS256 and takes from `rights` the texts, each once', async () => {
    const authenticate = await createAuthenticate({ ...expected, jwksUrl, publicKeyFile: null });
    const user = await authenticate(`Bearer ${await rsaToken()}`);
    expect(user).toEqual({ id: demoUsers.a, rights: ['a', 'b'] });
    expect(await authenticate(`bearer ${await rsaToken(rsa.privateKey, 'all')}`)).toMatchObject({
      rights: [],
    });
  });

  it('checks a signature once in a while, and refuses a token that has expired meanwhile', async () => {
    const authenticate = await createAuthenticate({ ...expected, jwksUrl, publicKeyFile: null });
    const bearer = `Bearer ${await rsaToken()}`;
    const user = await authenticate(bearer);
    expect(await authenticate(bearer)).toBe(user);
    const now = Date.now();
    jest.useFakeTimers({ now: now + 61_000, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
    try {
      const again = await authenticate(bearer);
      expect(again).toEqual(user);
      expect(again).not.toBe(user);
      jest.setSystemTime(now + 2 * 3_600_000);
      await expect(authenticate(bearer)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    } finally {
      jest.useRealTimers();
    }
  });

  it('refuses a token of another key', async () => {
    const authenticate = await createAuthenticate({ ...expected, jwksUrl, publicKeyFile: null });
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const refused = authenticate(`Bearer ${await rsaToken(stranger.privateKey)}`);
    await expect(refused).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('does not blame the token when the key set is away', async () => {
    const away = await createAuthenticate({
      ...expected,
      jwksUrl: 'http://127.0.0.1:1/',
      publicKeyFile: null,
    });
    await expect(away(`Bearer ${await rsaToken()}`)).rejects.toMatchObject({ code: 'INTERNAL' });
    status = 500;
    const ill = await createAuthenticate({ ...expected, jwksUrl, publicKeyFile: null });
    await expect(ill(`Bearer ${await rsaToken()}`)).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('with the embedded key', () => {
  it('makes the pair once, readable by its owner only, and accepts what it signs', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'dawsos-keys-'));
    await expect(signEmbeddedToken(dataDir, { sub: demoUsers.b, rights: [], ttl: '1h' })).rejects.toThrow(
      'npm start',
    );
    const { publicKeyFile, privateKeyFile } = await makeEmbeddedKeys(dataDir);
    expect(statSync(privateKeyFile).mode & 0o777).toBe(0o600);
    const token = await signEmbeddedToken(dataDir, {
      sub: demoUsers.b,
      rights: ['portfolio_read'],
      ttl: '1h',
    });
    await makeEmbeddedKeys(dataDir);
    const config = { issuer: embeddedIssuer, audience: 'dawsos', jwksUrl: null, publicKeyFile };
    const authenticate = await createAuthenticate(config);
    expect(await authenticate(`Bearer ${token}`)).toEqual({ id: demoUsers.b, rights: ['portfolio_read'] });
  });

  it('refuses a token that names an algorithm of another kind of key', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'dawsos-keys-'));
    const { publicKeyFile } = await makeEmbeddedKeys(dataDir);
    const authenticate = await createAuthenticate({ ...expected, jwksUrl: null, publicKeyFile });
    await expect(authenticate(`Bearer ${await rsaToken()}`)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it.each([
    [undefined, /has no header "Authorization/],
    ['', /has no header "Authorization/],
    ['Basic c2VjcmV0', /header "Authorization" is malformed: it has to be "Bearer <token>"/],
    ['Bearer', /header "Authorization" is malformed/],
    ['Bearer xyz', /bearer token is malformed: a JWT is three parts/],
    ['Bearer a.b', /bearer token is malformed/],
    ['Bearer a.b.c', /The token is not valid/],
  ])('says of the header %j what is wrong with it, and repeats nothing of it', async (header, message) => {
    const { publicKeyFile } = await makeEmbeddedKeys(mkdtempSync(path.join(tmpdir(), 'dawsos-keys-')));
    const authenticate = await createAuthenticate({ ...expected, jwksUrl: null, publicKeyFile });
    const refused = await authenticate(header).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringMatching(message) as string });
    expect((refused as Error).message).not.toMatch(/xyz|c2VjcmV0/);
  }); // prettier-ignore

  it('knows the users of the demo as a and b', () => {
    const file = path.join(__dirname, '../../demo/demo.json');
    const { users } = JSON.parse(readFileSync(file, 'utf8')) as { users: { id: string }[] };
    expect(users.map(({ id }) => id)).toEqual([demoUsers.a, demoUsers.b]);
  });

  it('does not start without any key', async () => {
    const none = createAuthenticate({ ...expected, jwksUrl: null, publicKeyFile: null });
    await expect(none).rejects.toThrow('JWT_PUBLIC_KEY_FILE');
  });
});
