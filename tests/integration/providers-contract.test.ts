/** Every client of a provider, against a server that plays it well and badly: one contract for all of them. */
import { localBreakerStore } from '../../src/cache/local-breaker-store';
import { EngineError } from '../../src/contract/errors';
import type { HttpSettings } from '../../src/providers/http-text';
import { createProviders, type Providers } from '../../src/providers/providers';
import {
  anthropicMessage,
  fmpDividends,
  fmpEarnings,
  fmpIncome,
  fmpProfile,
  fmpRatios,
  fmpSplits,
  fredObservations,
  fredSeries,
  newsArticles,
  polygonPrevious,
} from '../support/provider-answers';
import { json, type Play, type ProviderServer, startProviderServer } from '../support/provider-server';

const key = 's3cr3t-k3y';
const keys = { polygon: key, fmp: key, fred: key, newsApi: key, anthropic: key };
type Name = keyof typeof keys;

interface Client {
  ask(providers: Providers, signal?: AbortSignal): Promise<unknown>;
  good: unknown;
  /** Of another shape than documented: what is said of it. */
  wrong: [what: unknown, told: string][];
  /** `query`, or the name of a header. */
  keyIn: string;
}

const company = { symbol: 'AAPL', limit: 5 };
const known = { from: '2013-02-28', to: '2013-02-28' };
const window = { from: '2013-02-27T00:00:00.000Z', to: '2013-02-28T00:00:00.000Z' };
const clients: Record<string, [Name, Client]> = {
  'polygon.quote': [
    'polygon',
    {
      ask: ({ polygon }, signal) => polygon.quote('AAPL', signal),
      good: polygonPrevious,
      wrong: [
        [{ ...polygonPrevious, status: 'ERROR' }, '/status'],
        [{ status: 'OK', results: [{ ...polygonPrevious.results[0], c: '270.25' }] }, '/results/0/c'],
        [{ status: 'OK', results: [{ ...polygonPrevious.results[0], c: 0 }] }, '/results/0/c'],
        [{ ...polygonPrevious, ticker: 'MSFT' }, 'another symbol'],
        [{ ...polygonPrevious, results: [{ ...polygonPrevious.results[0], t: 1e20 }] }, '/results/0/t'],
      ],
      keyIn: 'authorization',
    },
  ],
  'fred.series': [
    'fred',
    {
      ask: ({ fred }, signal) =>
        fred.series({ series_id: 'UNRATE', asof: '2013-02-28', ...(signal && { signal }) }),
      good: fredSeries,
      wrong: [
        [{ error_code: 400, error_message: 'Bad Request' }, '/seriess'],
        [{ seriess: [{ id: 'UNRATE' }] }, '/seriess/0/title'],
        [{ seriess: [{ ...fredSeries.seriess[0], id: 'GDP' }] }, 'another series'],
      ],
      keyIn: 'query',
    },
  ],
  'fred.observations': [
    'fred',
    {
      ask: ({ fred }, signal) => fred.observations({ series_id: 'UNRATE', known, ...(signal && { signal }) }),
      good: fredObservations([{ date: '2013-01-01', value: '7.9' }]),
      wrong: [
        [fredObservations([{ date: '2013-13-01', value: '7.9' }]), 'no day'],
        [fredObservations([{ date: '2013-01-01', value: 'n/a' }]), 'no number'],
        [fredObservations([{ date: '2013-01-01', value: 'NaN' }]), 'no number'],
        [fredObservations([{ date: '2013-01-01', value: '7.7', from: '2013-03-08' }]), 'of another time'],
        [
          fredObservations([
            { date: '2013-01-01', value: '7.9' },
            { date: '2013-01-01', value: '7.8' },
          ]),
          'a period twice',
        ],
        [{ ...fredObservations([{ date: '2013-01-01', value: '7.9' }]), count: 2 }, '1 of 2 observations'],
      ],
      keyIn: 'query',
    },
  ],
  'fmp.incomeStatements': [
    'fmp',
    {
      ask: ({ fmp }, signal) => fmp.incomeStatements({ ...company, ...(signal && { signal }) }),
      good: fmpIncome,
      wrong: [
        [{ 'Error Message': 'Invalid API KEY.' }, 'the whole'],
        [[{ ...fmpIncome[0], revenue: '156508000000' }], '/0/revenue'],
        [[{ ...fmpIncome[0], symbol: 'MSFT' }], 'another symbol'],
        [[{ ...fmpIncome[0], date: '2012' }], 'no day'],
        [[{ ...fmpIncome[0], period: 'Q4' }], '/0/period'],
        [[{ ...fmpIncome[0], reportedCurrency: 'dollars' }], '/0/reportedCurrency'],
        [[fmpIncome[0], { ...fmpIncome[0], revenue: 1 }], 'a fiscal year twice'],
      ],
      keyIn: 'apikey',
    },
  ],
  'fmp.ratios': [
    'fmp',
    {
      ask: ({ fmp }, signal) => fmp.ratios({ ...company, ...(signal && { signal }) }),
      good: fmpRatios,
      wrong: [[[{ ...fmpRatios[0], currentRatio: 'high' }], '/0/currentRatio']],
      keyIn: 'apikey',
    },
  ],
  'fmp.profile': [
    'fmp',
    {
      ask: ({ fmp }, signal) => fmp.profile({ symbol: 'AAPL', ...(signal && { signal }) }),
      good: fmpProfile,
      wrong: [
        [[{ companyName: 'Apple Inc.' }], '/0/symbol'],
        [[{ ...fmpProfile[0], symbol: 'MSFT' }], 'another symbol'],
      ],
      keyIn: 'apikey',
    },
  ],
  'fmp.dividends': [
    'fmp',
    {
      ask: ({ fmp }, signal) => fmp.dividends({ symbol: 'AAPL', ...(signal && { signal }) }),
      good: fmpDividends,
      wrong: [
        [{ 'Error Message': 'Limit Reach.' }, 'the whole'],
        [[{ ...fmpDividends[0], symbol: 'MSFT' }], 'another symbol'],
        [[{ ...fmpDividends[0], date: '2013-02-30' }], 'no day'],
        [[{ ...fmpDividends[0], paymentDate: 'soon' }], 'no day'],
        [[{ ...fmpDividends[0], dividend: '3.05' }], '/0/dividend'],
        [[{ ...fmpDividends[0], dividend: -1 }], '/0/dividend'],
        [[{ ...fmpDividends[0], dividend: null }], '/0/dividend'],
        [[fmpDividends[0], fmpDividends[0]], 'a row twice'],
      ],
      keyIn: 'apikey',
    },
  ],
  'fmp.splits': [
    'fmp',
    {
      ask: ({ fmp }, signal) => fmp.splits({ symbol: 'AAPL', ...(signal && { signal }) }),
      good: fmpSplits,
      wrong: [
        [[{ ...fmpSplits[0], symbol: 'MSFT' }], 'another symbol'],
        [[{ ...fmpSplits[0], denominator: 0 }], '/0/denominator'],
        [[{ symbol: 'AAPL', date: '2014-06-09', numerator: 7 }], '/0/denominator'],
        [[fmpSplits[0], { ...fmpSplits[0], numerator: 2 }], 'a row twice'],
      ],
      keyIn: 'apikey',
    },
  ],
  'fmp.earnings': [
    'fmp',
    {
      ask: ({ fmp }, signal) => fmp.earnings({ symbol: 'AAPL', ...(signal && { signal }) }),
      good: fmpEarnings,
      wrong: [
        [[{ ...fmpEarnings[0], symbol: 'MSFT' }], 'another symbol'],
        [[{ ...fmpEarnings[0], epsActual: 'n/a' }], '/0/epsActual'],
        [[fmpEarnings[0], { ...fmpEarnings[0], epsActual: 1 }], 'a row twice'],
      ],
      keyIn: 'apikey',
    },
  ],
  'newsApi.articles': [
    'newsApi',
    {
      ask: ({ newsApi }, signal) =>
        newsApi.articles({ query: '"AAPL"', ...window, limit: 10, ...(signal && { signal }) }),
      good: newsArticles([{ title: 'Apple gains' }]),
      wrong: [
        [{ status: 'error', code: 'apiKeyInvalid', message: 'x' }, 'missing member'],
        [newsArticles([{ title: 'x', publishedAt: 'yesterday' }]), 'no time with its zone'],
        [newsArticles([{ title: 'x', publishedAt: '2013-02-28T12:00:00' }]), 'no time with its zone'],
        [newsArticles([{ title: 'x', url: 'javascript:alert(1)' }]), 'no address of the web'],
      ],
      keyIn: 'x-api-key',
    },
  ],
  'anthropic.text': [
    'anthropic',
    {
      ask: ({ anthropic }, signal) =>
        anthropic.text({ system: 's', content: 'c', maximumTokens: 10, ...(signal && { signal }) }),
      good: anthropicMessage,
      wrong: [
        [{ type: 'error', error: { type: 'overloaded_error', message: 'x' } }, 'missing member'],
        [{ ...anthropicMessage, content: [{ type: 'text' }] }, 'no text'],
        [{ ...anthropicMessage, usage: {} }, '/usage/input_tokens'],
      ],
      keyIn: 'x-api-key',
    },
  ],
};

let server: ProviderServer;

beforeAll(async () => {
  server = await startProviderServer();
});
afterAll(() => server.close());

function providers(
  more: Partial<HttpSettings> = {},
  breakers: Parameters<typeof createProviders>[0]['breakers'] = null,
): Providers {
  const host = { baseUrl: server.baseUrl, limit: null, timeoutMs: 10_000, maximumBytes: 20_000, ...more };
  const hosts = { polygon: host, fmp: host, fred: host, newsApi: host, anthropic: host };
  return createProviders({ keys, model: 'claude-sonnet-4-6', breakers, hosts });
}

async function failure(work: Promise<unknown>): Promise<EngineError> {
  const error: unknown = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof EngineError)) throw new Error(`no EngineError: ${String(error)}`);
  return error;
}

/** Message, details, stack and every cause of an error. */
function allOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { details } = error as Partial<EngineError>;
  return [error.message, error.stack, JSON.stringify(details), allOf(error.cause)].join('\n');
}

const text =
  (body: string): Play =>
  (res) => {
    res.end(body);
  };

describe.each(Object.entries(clients))('%s', (_name, [provider, { ask, good, wrong, keyIn }]) => {
  it('takes what the provider documents, and gives its key where the provider wants it', async () => {
    server.play(json(good));
    await expect(ask(providers())).resolves.toBeDefined();
    const [asked] = server.asked;
    const inQuery = asked?.query.toString().includes(key) ?? false;
    expect(inQuery).toBe(keyIn === 'query');
    if (keyIn !== 'query') expect(asked?.headers[keyIn]).toContain(key);
    expect(JSON.stringify(asked?.headers)).not.toMatch(keyIn === 'query' ? key : /never/);
    expect(asked?.body ?? '').not.toContain(key);
  });

  it.each([
    [429, { 'Retry-After': '17' }, 'PROVIDER_UNAVAILABLE', 17],
    [429, {}, 'PROVIDER_UNAVAILABLE', undefined],
    [500, {}, 'PROVIDER_UNAVAILABLE', undefined],
    [503, { 'Retry-After': '86400' }, 'PROVIDER_UNAVAILABLE', 3600],
    [529, {}, 'PROVIDER_UNAVAILABLE', undefined],
    [400, {}, 'PROVIDER_REFUSED', undefined],
    [401, {}, 'PROVIDER_REFUSED', undefined],
    [403, {}, 'PROVIDER_REFUSED', undefined],
  ])('that is answered %i %j fails with %s', async (status, headers, code, seconds) => {
    server.play(json({ message: `your key ${key} is no good` }, status, headers));
    const error = await failure(ask(providers()));
    expect(error).toMatchObject({ code, retryable: code === 'PROVIDER_UNAVAILABLE', details: { status } });
    expect(error.details['retry_after_seconds']).toBe(seconds);
    expect(allOf(error)).not.toContain(key);
    expect(server.asked).toHaveLength(1);
  });

  it('waits as long as a date in Retry-After says', async () => {
    server.play(json({}, 429, { 'Retry-After': new Date(Date.now() + 60_000).toUTCString() }));
    const seconds = (await failure(ask(providers()))).details['retry_after_seconds'];
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('asks nothing more while the provider wants rest', async () => {
    const all = providers();
    server.play(json({}, 429, { 'Retry-After': '17' }));
    await failure(ask(all));
    server.play(json(good));
    expect(await failure(ask(all))).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.stringMatching(/allows the next request in 1[67] s/) as string,
    });
    expect(server.asked).toEqual([]);
  });

  it('is given up when no answer comes, or it does not end', async () => {
    for (const slow of [() => undefined, (res) => void res.write('{"a":')] as Play[]) {
      server.play(slow);
      const error = await failure(ask(providers({ timeoutMs: 250 })));
      expect(error).toMatchObject({
        code: 'PROVIDER_UNAVAILABLE',
        message: expect.stringContaining('within 0.25 s') as string,
      });
      expect(allOf(error)).not.toContain(key);
    }
  });

  it('may be tried again when the answer is cut off', async () => {
    server.play((res) => {
      res.writeHead(200, { 'Content-Length': '5000' }).write('{"status":');
      setTimeout(() => res.destroy(), 20);
    });
    const error = await failure(ask(providers()));
    expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryable: true });
    expect(allOf(error)).not.toContain(key);
  });

  it('believes no answer that is no JSON', async () => {
    for (const bad of ['<html>maintenance</html>', '', '{"status":"OK",']) {
      server.play(text(bad));
      const error = await failure(ask(providers()));
      expect(error).toMatchObject({ code: 'SOURCE_INVALID', retryable: false });
      expect(error.message).toContain('no JSON');
    }
  });

  it.each(wrong)('believes no answer of another shape: %j', async (body, told) => {
    server.play(json(body));
    const error = await failure(ask(providers()));
    expect(error).toMatchObject({ code: 'SOURCE_INVALID', retryable: false });
    expect(error.message).toContain(told);
    expect(error.message).toContain('nothing of it is used');
  });

  it('reads no more of an answer than it may be large', async () => {
    let sent = 0;
    server.play((res) => {
      const more = (): void => {
        sent += 1;
        if (!res.destroyed && sent < 1000) res.write('x'.repeat(4096), () => setTimeout(more, 1));
      };
      more();
    });
    expect(await failure(ask(providers()))).toMatchObject({ code: 'SOURCE_INVALID' });
    expect(sent).toBeLessThan(200);
  });

  it('follows nobody to another address', async () => {
    server.play((res) => {
      res.writeHead(302, { Location: `${server.baseUrl}/elsewhere` }).end();
    });
    const error = await failure(ask(providers()));
    expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    expect(allOf(error)).not.toContain(key);
    expect(server.asked).toHaveLength(1);
  });

  it('tells no key when nobody is there', async () => {
    const error = await failure(ask(providers({ baseUrl: 'http://127.0.0.1:1' })));
    expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    expect(allOf(error)).not.toContain(key);
  });

  it('ends when the caller does not want it any more', async () => {
    server.play(() => undefined);
    const stop = new AbortController();
    const work = ask(providers({ timeoutMs: 60_000 }), stop.signal);
    setTimeout(() => {
      stop.abort();
    }, 30);
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is left alone after five failures in a row, and asked once when its time of rest is over', async () => {
    let now = 1_000_000;
    const breakers = localBreakerStore({ now: () => now });
    const all = providers({}, breakers);
    server.play(json({}, 500));
    for (let attempt = 0; attempt < 5; attempt += 1) await failure(ask(all));
    expect(await failure(ask(all))).toMatchObject({
      code: 'CIRCUIT_OPEN',
      details: { retry_after_seconds: 60 },
    });
    expect(server.asked).toHaveLength(5);
    now += 60_000;
    await failure(ask(all));
    expect(server.asked).toHaveLength(6);
    expect(await failure(ask(all))).toMatchObject({ code: 'CIRCUIT_OPEN' });
    now += 60_000;
    server.play(json(good));
    await expect(ask(all)).resolves.toBeDefined();
    await expect(ask(all)).resolves.toBeDefined();
  });

  it('is not available without its key, and says which variable is missing', async () => {
    const none = { ...keys, [provider]: null };
    const all = createProviders({ keys: none, model: 'm', breakers: null });
    const error = await failure(ask(all));
    expect(error).toMatchObject({ code: 'PROVIDER_REFUSED', details: { reason: 'KEY_MISSING' } });
    expect(error.message).toMatch(/[A-Z]+_(API_)?KEY is not set/);
  });
});
