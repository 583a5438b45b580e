import { embeddedIssuer, readConfig } from './config';

const env = { TEMPORAL_ADDRESS: 'localhost:7233', DATABASE_URL: 'postgres://app@localhost/dawsos' };

describe('readConfig', () => {
  it('fills defaults', () => {
    expect(readConfig(env)).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      temporalNamespace: 'default',
      redisUrl: null,
      jwt: { issuer: embeddedIssuer, audience: 'dawsos' },
    });
  });

  it('names everything that is missing or malformed at once, and what it is for', () => {
    expect(() => readConfig({ PORT: 'eighty' })).toThrow(
      /TEMPORAL_ADDRESS is not set \(host:port[\s\S]*DATABASE_URL is not set|PORT=eighty is not a port[\s\S]*TEMPORAL_ADDRESS/,
    );
  });

  it('refuses the embedded issuer in production', () => {
    expect(() => readConfig({ ...env, NODE_ENV: 'production' })).toThrow(/refused in production/);
    expect(readConfig({ ...env, NODE_ENV: 'production', JWT_ISSUER: 'https://id.example' }).jwt.issuer).toBe(
      'https://id.example',
    );
  });
});
