/**
 * The clients of all providers of one process: fixed hosts, each with its limit, its breaker and its key. An address never
 * comes from a pattern, an argument of a capability or the environment.
 */
import type { ProviderConfig } from '../config';
import type { BreakerStore } from '../contract/breaker';
import { type Anthropic, anthropic } from './anthropic';
import { type Fmp, fmp } from './fmp';
import { type FmpActions, fmpActions } from './fmp-actions';
import { type Fred, fred } from './fred';
import { type AskText, type HttpSettings, httpText } from './http-text';
import { type NewsApi, newsApi } from './news-api';
import { polygonCloses } from './polygon';
import { polygonQuote, type Quote } from './polygon-quote';
import { throughBreaker } from './provider-breaker';
import { requireKey } from './require-key';

type ProviderKeys = ProviderConfig['keys'];

export interface Polygon {
  quote(symbol: string, signal?: AbortSignal): Promise<Quote>;
  closes(
    ...asked: Parameters<typeof polygonCloses> extends [unknown, ...infer Rest] ? Rest : never
  ): ReturnType<typeof polygonCloses>;
}

export interface Providers {
  polygon: Polygon;
  fmp: Fmp & FmpActions;
  fred: Fred;
  newsApi: NewsApi;
  anthropic: Anthropic;
  /** The ECB's documents, by their path. It needs no key. */
  ecb: AskText;
}

type Name = keyof ProviderKeys | 'ecb';
/** For tests: other hosts, other limits. */
export type ProviderHosts = Partial<Record<Name, Partial<HttpSettings>>>;

export interface ProviderSettings extends ProviderConfig {
  /** `null`: nobody is ever left alone. */
  breakers: BreakerStore | null;
  hosts?: ProviderHosts;
}

const minute = 60_000;
/** What each provider documents for its smallest plan, by the minute. */
const hostsOf: Readonly<Record<Name, HttpSettings>> = {
  polygon: {
    ...{ provider: 'Polygon', baseUrl: 'https://api.polygon.io' },
    limit: { requests: 5, perMs: minute },
  },
  fmp: {
    ...{ provider: 'FMP', baseUrl: 'https://financialmodelingprep.com' },
    limit: { requests: 120, perMs: minute },
  },
  fred: {
    ...{ provider: 'FRED', baseUrl: 'https://api.stlouisfed.org' },
    limit: { requests: 120, perMs: minute },
  },
  newsApi: {
    ...{ provider: 'NewsAPI', baseUrl: 'https://newsapi.org' },
    limit: { requests: 60, perMs: minute },
  },
  anthropic: {
    ...{ provider: 'Anthropic', baseUrl: 'https://api.anthropic.com', timeoutMs: 60_000 },
    limit: { requests: 50, perMs: minute },
  },
  ecb: { provider: 'The ECB', baseUrl: 'https://www.ecb.europa.eu' },
};

/** Keys go in headers wherever the provider takes them so: an address ends up in logs. */
const headersOf: Readonly<Record<keyof ProviderKeys, (key: string) => Record<string, string>>> = {
  polygon: (key) => ({ Authorization: `Bearer ${key}` }),
  fmp: (key) => ({ apikey: key }),
  fred: () => ({}),
  newsApi: (key) => ({ 'X-Api-Key': key }),
  anthropic: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
};

export function createProviders({ keys, model, breakers, hosts = {} }: ProviderSettings): Providers {
  const client = (name: Name): AskText => {
    const key = name === 'ecb' ? null : keys[name];
    const headers = name === 'ecb' || key === null ? {} : headersOf[name](key);
    const settings = { ...hostsOf[name], headers, secret: key, ...hosts[name] };
    return httpText(settings, breakers ? throughBreaker(breakers, settings.provider) : undefined);
  };
  const askPolygon = client('polygon');
  // One for all, so that they share one limit.
  const askFmp = client('fmp');
  const withKey = (): AskText => {
    requireKey('Polygon', 'POLYGON_API_KEY', keys.polygon);
    return askPolygon;
  };
  return {
    polygon: {
      quote: async (symbol, signal) => polygonQuote(withKey(), symbol, signal),
      closes: async (date, securities) => polygonCloses(withKey(), date, securities),
    },
    fmp: { ...fmp(askFmp, keys.fmp), ...fmpActions(askFmp, keys.fmp) },
    fred: fred(client('fred'), keys.fred),
    newsApi: newsApi(client('newsApi'), keys.newsApi),
    anthropic: anthropic(client('anthropic'), { key: keys.anthropic, model }),
    ecb: client('ecb'),
  };
}

/** Clients that are not available, all for want of a key. */
export function providersWithoutKeys(): Providers {
  const keys = { polygon: null, fmp: null, fred: null, newsApi: null, anthropic: null };
  return createProviders({ keys, model: '', breakers: null });
}
