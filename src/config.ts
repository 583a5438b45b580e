/** The environment, read and checked once; everything else receives what it needs as arguments. */

export interface Config {
  nodeEnv: string;
  host: string;
  port: number;
  logLevel: string;
  temporalAddress: string;
  temporalNamespace: string;
  /** Where a reader finds Temporal's Web UI; `null`: no link is offered. */
  temporalUiUrl: string | null;
  /** Names what this worker runs, so that runs stay with the build they began on; `null`: any worker takes any run. */
  workerBuildId: string | null;
  databaseUrl: string;
  redisUrl: string | null;
  jwt: { issuer: string; audience: string; jwksUrl: string | null; publicKeyFile: string | null };
  patternsDir: string;
  providers: ProviderConfig;
  /** Where files declare the agents of other projects; it need not be there. */
  agentsDir: string;
  limits: {
    /** Requests a minute of one user; 0: as many as it likes. */
    requestsPerMinute: number;
    /** Executions of one user that have not ended; 0: as many as it likes. */
    runningPerUser: number;
  };
}

/** Where data come from that this project does not hold. */
export interface ProviderConfig {
  /** `null`: what the provider would give is not available. */
  keys: {
    polygon: string | null;
    fmp: string | null;
    fred: string | null;
    newsApi: string | null;
    anthropic: string | null;
  };
  /** The language model that Anthropic is asked for. */
  model: string;
}

/** The issuer of tokens that the embedded profile signs for itself; refused in production. */
export const embeddedIssuer = 'dawsos-embedded';

const variables = {
  PORT: 'the API’s port (default 8080)',
  TEMPORAL_ADDRESS: 'host:port of a Temporal server',
  DATABASE_URL: 'PostgreSQL, as the application’s role (not the owner)',
  REDIS_URL: 'Redis; without it breakers are shared through PostgreSQL',
  JWT_ISSUER: 'who signs the tokens',
  JWT_AUDIENCE: 'for whom they are signed (default dawsos)',
  RATE_LIMIT_PER_MINUTE: 'requests a minute of one user (default 6000, 0: no limit)',
  MAX_RUNNING_PER_USER: 'executions of one user at once (default 500, 0: no limit)',
} as const;

/** Keys are read here and nowhere else. */
export function readProviders(env: NodeJS.ProcessEnv): ProviderConfig {
  return {
    keys: {
      polygon: env['POLYGON_API_KEY'] || null,
      fmp: env['FMP_API_KEY'] || null,
      fred: env['FRED_API_KEY'] || null,
      newsApi: env['NEWSAPI_KEY'] || null,
      anthropic: env['ANTHROPIC_API_KEY'] || null,
    },
    model: env['ANTHROPIC_MODEL'] || 'claude-sonnet-4-6',
  };
}

/** @throws Error naming every variable that is missing or malformed, with what it is for. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const wrong: string[] = [];
  const required = (name: 'TEMPORAL_ADDRESS' | 'DATABASE_URL'): string => {
    const value = env[name];
    if (!value) wrong.push(`${name} is not set (${variables[name]})`);
    return value ?? '';
  };
  const count = (name: 'RATE_LIMIT_PER_MINUTE' | 'MAX_RUNNING_PER_USER', otherwise: number): number => {
    const value = env[name] ?? String(otherwise);
    if (!/^[0-9]{1,9}$/.test(value))
      wrong.push(`${name}=${value} is not a whole number (${variables[name]})`);
    return Number(value);
  };
  const port = Number(env['PORT'] ?? '8080');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    wrong.push(`PORT=${env['PORT'] ?? ''} is not a port`);
  const config: Config = {
    nodeEnv: env['NODE_ENV'] ?? 'development',
    host: env['HOST'] ?? '127.0.0.1',
    port,
    logLevel: env['LOG_LEVEL'] ?? 'info',
    temporalAddress: required('TEMPORAL_ADDRESS'),
    temporalNamespace: env['TEMPORAL_NAMESPACE'] ?? 'default',
    temporalUiUrl: env['TEMPORAL_UI_URL'] ?? null,
    workerBuildId: env['WORKER_BUILD_ID'] || null,
    databaseUrl: required('DATABASE_URL'),
    redisUrl: env['REDIS_URL'] ?? null,
    jwt: {
      issuer: env['JWT_ISSUER'] ?? embeddedIssuer,
      audience: env['JWT_AUDIENCE'] ?? 'dawsos',
      jwksUrl: env['JWT_JWKS_URL'] ?? null,
      publicKeyFile: env['JWT_PUBLIC_KEY_FILE'] ?? null,
    },
    patternsDir: env['PATTERNS_DIR'] ?? 'patterns',
    agentsDir: env['AGENTS_DIR'] ?? 'agents',
    providers: readProviders(env),
    limits: {
      requestsPerMinute: count('RATE_LIMIT_PER_MINUTE', 6000),
      runningPerUser: count('MAX_RUNNING_PER_USER', 500),
    },
  };
  if (config.nodeEnv === 'production' && config.jwt.issuer === embeddedIssuer) {
    wrong.push(`JWT_ISSUER is ${embeddedIssuer}, which is refused in production (${variables.JWT_ISSUER})`);
  }
  if (wrong.length > 0) throw new Error(`The environment is not complete:\n  ${wrong.join('\n  ')}`);
  return config;
}
