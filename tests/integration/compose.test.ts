/** No container engine is assumed here, so docker-compose.yml is held against what the code reads and what it says itself. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readConfig, readProviders } from '../../src/config';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const { services } = compose;
const dockerfile = read('Dockerfile');

/** Ports each service listens on inside the network; the images' own unless the environment says otherwise. */
const listens: Record<string, number> = {
  postgres: 5432,
  'temporal-postgres': 5432,
  redis: 6379,
  temporal: 7233,
  'temporal-ui': Number(environmentOf('temporal-ui')['TEMPORAL_UI_PORT']),
  api: Number(environmentOf('api')['PORT']),
};

const ofProviders = [
  ...['POLYGON_API_KEY', 'FMP_API_KEY', 'FRED_API_KEY', 'NEWSAPI_KEY', 'ANTHROPIC_API_KEY'],
  'ANTHROPIC_MODEL',
];

function serviceOf(name: string): Service {
  const service = services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}

/** With the defaults of `${NAME:-default}` filled in, as compose would. */
function environmentOf(name: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(serviceOf(name).environment ?? {}).map(([key, value]) => [
      key,
      String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1'),
    ]),
  );
}

describe('docker-compose.yml', () => {
  it('has Temporal on PostgreSQL, the application’s PostgreSQL, Redis, API, worker and a one-shot preparation', () => {
    expect(Object.keys(services).sort()).toEqual(
      [
        'api',
        'postgres',
        'prepare',
        'redis',
        'temporal',
        'temporal-postgres',
        'temporal-ui',
        'worker',
      ].sort(),
    );
  });

  it.each(['api', 'worker'])('gives %s an environment that the configuration accepts', (name) => {
    const config = readConfig(environmentOf(name));
    expect(config).toMatchObject({ temporalAddress: 'temporal:7233', redisUrl: 'redis://redis:6379' });
  });

  it('sets every variable that the configuration reads where its default would not do', () => {
    const names = [...read('src/config.ts').matchAll(/(?:env\[|required\()'([A-Z_]+)'/g)].map(
      ([, name]) => name ?? '',
    );
    const fitting = ['NODE_ENV', 'PATTERNS_DIR', 'AGENTS_DIR', 'JWT_JWKS_URL', 'WORKER_BUILD_ID'];
    const missing = names.filter(
      (name) => environmentOf('api')[name] === undefined && ![...fitting, ...ofProviders].includes(name),
    );
    expect(names).toContain('DATABASE_URL');
    expect(missing).toEqual([]);
    expect(dockerfile).toMatch(/PATTERNS_DIR=\/app\/dist\/patterns/);
  });

  it('gives keys of providers to the worker alone, and none by default', () => {
    for (const name of ofProviders) {
      const knowing = Object.keys(services).filter((service) => environmentOf(service)[name] !== undefined);
      expect([name, knowing]).toEqual([name, ['worker']]);
      expect([name, environmentOf('worker')[name]]).toEqual([name, '']);
    }
    expect(readConfig(environmentOf('worker')).providers).toEqual(readProviders({}));
  });

  it('lets only the preparation know the owner of the tables', () => {
    const knowing = Object.keys(services).filter(
      (name) => environmentOf(name)['DATABASE_OWNER_URL'] !== undefined,
    );
    expect(knowing).toEqual(['prepare']);
  });

  it('names in each URL a service, its port, and the user and password that it was given', () => {
    const owner = new URL(environmentOf('prepare')['DATABASE_OWNER_URL'] ?? '');
    const server = environmentOf('postgres');
    expect([owner.username, owner.password, owner.pathname]).toEqual([
      server['POSTGRES_USER'],
      server['POSTGRES_PASSWORD'],
      `/${server['POSTGRES_DB'] ?? ''}`,
    ]);
    expect(environmentOf('temporal')['POSTGRES_PWD']).toBe(
      environmentOf('temporal-postgres')['POSTGRES_PASSWORD'],
    );
    expect(
      new Set(['prepare', 'api', 'worker'].map((name) => environmentOf(name)['DATABASE_URL'])).size,
    ).toBe(1);
    for (const name of Object.keys(services)) {
      const texts = Object.entries(environmentOf(name)).filter(([key]) => /_(URL|ADDRESS)$/.test(key));
      for (const [key, text] of texts.filter(([key]) => key !== 'TEMPORAL_UI_URL')) {
        const url = new URL(text.includes('://') ? text : `tcp://${text}`);
        expect([key, url.hostname, Number(url.port)]).toEqual([key, url.hostname, listens[url.hostname]]);
      }
    }
    expect(Number(environmentOf('temporal')['DB_PORT'])).toBe(
      listens[environmentOf('temporal')['POSTGRES_SEEDS'] ?? ''],
    );
  });

  it('publishes on this machine only, and to the ports that the services listen on', () => {
    for (const [name, { ports = [] }] of Object.entries(services)) {
      for (const port of ports) {
        const [, inside] = /^127\.0\.0\.1:\d+:(\d+)$/.exec(port) ?? [];
        expect([name, Number(inside)]).toEqual([name, listens[name]]);
      }
    }
    const ui = new URL(environmentOf('api')['TEMPORAL_UI_URL'] ?? '');
    expect(serviceOf('temporal-ui').ports).toEqual([
      `127.0.0.1:${ui.port}:${String(listens['temporal-ui'])}`,
    ]);
  });

  it('checks health on the port that the service listens on', () => {
    for (const name of ['postgres', 'temporal-postgres', 'redis', 'temporal', 'api']) {
      expect(serviceOf(name).healthcheck?.test.join(' ')).toContain(String(listens[name]));
    }
    expect(dockerfile).toContain(`EXPOSE ${String(listens['api'])}`);
    expect(dockerfile).toContain(`PORT=${String(listens['api'])}`);
  });

  it('starts nothing before what it needs is healthy or done', () => {
    for (const [name, { depends_on = {} }] of Object.entries(services)) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        const wanted = serviceOf(needed).healthcheck ? 'service_healthy' : 'service_completed_successfully';
        expect([name, needed, condition]).toEqual([name, needed, wanted]);
      }
    }
  });

  it('runs programs that the build makes', () => {
    for (const name of ['api', 'worker', 'prepare']) {
      const [, file = ''] = (serviceOf(name).command ?? []).filter((word) => !word.startsWith('--'));
      const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect([source, existsSync(path.join(root, source))]).toEqual([source, true]);
    }
  });

  it('declares every volume it mounts', () => {
    const mounted = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((text) => text.split(':')[0] ?? ''),
    );
    expect([...new Set(mounted)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});
