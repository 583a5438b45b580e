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
      limits: { requestsPerMinute: 6000, runningPerUser: 500 },
    });
  });

  it('takes 0 as no limit, and refuses a limit that is no whole number', () => {
    expect(readConfig({ ...env, RATE_LIMIT_PER_MINUTE: '0' }).limits.requestsPerMinute).toBe(0);
    expect(() => readConfig({ ...env, RATE_LIMIT_PER_MINUTE: '1.5', MAX_RUNNING_PER_USER: 'many' })).toThrow(
      /RATE_LIMIT_PER_MINUTE=1\.5 is not a whole number[\s\S]*MAX_RUNNING_PER_USER=many/,
    );
  });

  it('has no provider’s key unless one is given, and an empty one is none', () => {
    const none = { polygon: null, fmp: null, fred: null, newsApi: null, anthropic: null };
    expect(readConfig({ ...env, POLYGON_API_KEY: '', NEWSAPI_KEY: '' }).providers.keys).toEqual(none);
    const given = {
      ...{ POLYGON_API_KEY: 'p', FMP_API_KEY: 'm', FRED_API_KEY: 'r', NEWSAPI_KEY: 'n' },
      ...{ ANTHROPIC_API_KEY: 'a', ANTHROPIC_MODEL: 'claude-x' },
    };
    expect(readConfig({ ...env, ...given }).providers).toEqual({
      keys: { polygon: 'p', fmp: 'm', fred: 'r', newsApi: 'n', anthropic: 'a' },
      model: 'claude-x',
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
