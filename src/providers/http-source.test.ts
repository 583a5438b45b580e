/** The providers as they answer, well and badly, played by a server on this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { EngineError } from '../contract/errors';
import { httpSource } from './http-source';
import type { HttpSettings } from './http-text';
import { createProviders } from './providers';
import type { PackSource } from './pack-source';

type Answer = (res: ServerResponse, req: IncomingMessage) => void;

let server: Server;
let answer: Answer;
let asked: IncomingMessage[];

beforeAll(async () => {
  server = createServer((req, res) => {
    asked.push(req);
    answer(res, req);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const securities = [
  { id: 'a', symbol: 'AAPL', currency: 'USD', asset_class: 'equity' },
  { id: 'm', symbol: 'MSFT', currency: 'USD', asset_class: 'equity' },
  { id: 'r', symbol: 'RY', currency: 'CAD', asset_class: 'equity' },
  { id: 'i', symbol: 'COMP', currency: 'USD', asset_class: 'index' },
];

function source(more: Partial<HttpSettings> = {}, polygon: string | null = 'k3y'): PackSource {
  const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const settings = { baseUrl, limit: null, timeoutMs: 300, maximumBytes: 20_000, ...more };
  const keys = { polygon, fmp: null, fred: null, newsApi: null, anthropic: null };
  return httpSource(
    createProviders({ keys, model: '', breakers: null, hosts: { polygon: settings, ecb: settings } }),
  );
}

const prices = (of = source()) => of.prices('2026-11-25', securities);
const rates = (of = source()) => of.fx('2026-11-25');
async function failure(work: Promise<unknown>): Promise<EngineError> {
  const error: unknown = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof EngineError)) throw new Error(`no EngineError: ${String(error)}`);
  return error;
}

const json =
  (body: unknown, status = 200, headers = {}): Answer =>
  (res) => {
    res.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
const text =
  (body: string): Answer =>
  (res) => {
    res.end(body);
  };
const bars = (results: object[]) => ({ status: 'OK', resultsCount: results.length, results });
const bar = { T: 'AAPL', v: 1, o: 1, c: 270.25, h: 1, l: 1, t: 1764104400000, n: 1 };
const ecb = (cubes: string, end = '</gesmes:Envelope>'): string =>
  `<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope><Cube>${cubes}</Cube>${end}\n`;
const day = (date: string, quotes: string): string => `<Cube time="${date}">${quotes}</Cube>`;

describe('Polygon', () => {
  it('gives the closes of the securities that are known, as they were written', async () => {
    answer = json(
      bars([bar, { ...bar, T: 'MSFT', c: 480 }, { ...bar, T: 'ZZZ', c: 1e-7 }, { ...bar, T: 'RY', c: 9 }]),
    );
    expect(await prices()).toEqual([
      { security_id: 'a', close: '270.25', currency: 'USD' },
      { security_id: 'm', close: '480', currency: 'USD' },
    ]);
    expect(asked[0]?.url).toBe('/v2/aggs/grouped/locale/us/market/stocks/2026-11-25?adjusted=false');
    expect(asked[0]?.headers.authorization).toBe('Bearer k3y');
  });

  it('takes no stock for the index of the same symbol', async () => {
    answer = json(bars([bar, { ...bar, T: 'COMP', c: 7.5 }]));
    expect((await prices()).map(({ security_id }) => security_id)).toEqual(['a']);
  });

  it('never writes a close as a power of ten', async () => {
    answer = json(bars([{ ...bar, c: 1.5e-7 }]));
    expect((await prices())[0]?.close).toBe('0.00000015');
  });

  it('gives none on a day without trading', async () => {
    answer = json({ status: 'OK', resultsCount: 0, queryCount: 0 });
    expect(await prices()).toEqual([]);
  });

  it('is not available without a key, and says why', async () => {
    const error = await failure(prices(source({}, null)));
    expect(error).toMatchObject({ code: 'PROVIDER_REFUSED', details: { reason: 'KEY_MISSING' } });
    expect(error.message).toContain('POLYGON_API_KEY is not set');
    expect(asked).toEqual([]);
  });

  it.each([
    ['no JSON', text('<html>'), 'no JSON'],
    ['a list', json([]), 'the whole'],
    ['an error', json({ status: 'ERROR', error: 'x' }), '/status'],
    ['results that are none', json({ status: 'OK', results: 'x' }), '/results'],
    [
      'fewer than it counts',
      json({ status: 'OK', resultsCount: 2, results: [bar] }),
      '1 results where it counts 2',
    ],
    ['a bar without a symbol', json(bars([{ c: 1 }])), '/results/0/T'],
    ['a close that is a text', json(bars([{ ...bar, c: '270' }])), 'AAPL: its close is no'],
    ['a close of zero', json(bars([{ ...bar, c: 0 }])), 'AAPL: its close is no'],
    [
      'a close that no double holds',
      text('{"status":"OK","resultsCount":1,"results":[{"T":"AAPL","c":1e999}]}'),
      'AAPL: its close is no',
    ],
    ['a symbol twice', json(bars([bar, bar])), 'AAPL twice'],
  ])('is not believed when it answers %s', async (_what, bad, message) => {
    answer = bad;
    const error = await failure(prices());
    expect(error).toMatchObject({ code: 'SOURCE_INVALID', retryable: false });
    expect(error.message).toContain(message);
  });
});

describe('the ECB', () => {
  it('gives the quotes of days up to the one that was asked for', async () => {
    answer = text(
      ecb(
        day('2026-11-26', '<Cube currency="USD" rate="9"/>') +
          day('2026-11-25', `<Cube currency='USD' rate='1.0512'/><Cube currency="JPY" rate="160.5"/>`) +
          day('2026-11-24', '<Cube currency="USD" rate="1.0500"/>'),
      ),
    );
    expect(await rates()).toEqual([
      { date: '2026-11-25', rates: { USD: '1.0512', JPY: '160.5' } },
      { date: '2026-11-24', rates: { USD: '1.0500' } },
    ]);
    expect(asked[0]?.url).toBe('/stats/eurofxref/eurofxref-hist-90d.xml');
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ['another document', '<html></html>', 'no end'],
    ['half a document', ecb(day('2026-11-25', '<Cube currency="USD" rate="1.05"/>'), ''), 'no end'],
    ['no rates', ecb(day('2026-11-25', '')), 'no rates'],
    ['a day that is none', ecb(day('25.11.2026', '<Cube currency="USD" rate="1"/>')), 'a day that is none'],
    ['no such day', ecb(day('2026-02-29', '<Cube currency="USD" rate="1"/>')), 'a day that is none'],
    [
      'a rate of zero',
      ecb(day('2026-11-25', '<Cube currency="USD" rate="0.0"/>')),
      'a rate that is none on 2026-11-25',
    ],
    ['a rate before any day', ecb('<Cube currency="USD" rate="1"/>'), 'a rate that is none'],
    [
      'younger days only',
      ecb(day('2026-11-26', '<Cube currency="USD" rate="1"/>')),
      'no rates of 2026-11-25 or before',
    ],
  ])('is not believed when it answers %s', async (_what, xml, message) => {
    answer = text(xml);
    const error = await failure(rates());
    expect(error).toMatchObject({ code: 'SOURCE_INVALID', retryable: false });
    expect(error.message).toContain(message);
  });
});

describe.each([
  ['Polygon', prices],
  ['the ECB', rates],
])('a request to %s', (_name, ask) => {
  it.each([
    [429, { 'Retry-After': '17' }, 'PROVIDER_UNAVAILABLE', 17],
    [429, {}, 'PROVIDER_UNAVAILABLE', undefined],
    [503, { 'Retry-After': '86400' }, 'PROVIDER_UNAVAILABLE', 3600],
    [503, { 'Retry-After': 'soon' }, 'PROVIDER_UNAVAILABLE', undefined],
    [500, {}, 'PROVIDER_UNAVAILABLE', undefined],
    [401, {}, 'PROVIDER_REFUSED', undefined],
    [403, {}, 'PROVIDER_REFUSED', undefined],
    [404, {}, 'PROVIDER_REFUSED', undefined],
    [408, {}, 'PROVIDER_UNAVAILABLE', undefined],
  ])('that is answered %i %j ends as %s', async (status, headers, code, seconds) => {
    answer = json({ status: 'ERROR', key: 'k3y' }, status, headers);
    const error = await failure(ask());
    expect(error).toMatchObject({ code, retryable: code === 'PROVIDER_UNAVAILABLE', details: { status } });
    expect(error.details['retry_after_seconds']).toBe(seconds);
    expect(error.message).not.toContain('k3y');
  });

  it('waits as long as a date says', async () => {
    answer = json({}, 429, { 'Retry-After': new Date(Date.now() + 60_000).toUTCString() });
    const seconds = (await failure(ask())).details['retry_after_seconds'];
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('is given up when the answer does not come, or does not end', async () => {
    answer = () => undefined;
    expect(await failure(ask())).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.stringContaining('within 0.3 s') as string,
    });
    answer = (res) => void res.write('{"status":');
    expect(await failure(ask())).toMatchObject({
      code: 'PROVIDER_UNAVAILABLE',
      message: expect.stringContaining('within 0.3 s') as string,
    });
  });

  it('is tried again when the answer is cut off', async () => {
    answer = (res) => {
      res.writeHead(200, { 'Content-Length': '5000' }).write('{"status":');
      setTimeout(() => res.destroy(), 20);
    };
    expect(await failure(ask())).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryable: true });
  });

  it('is given up when the answer is larger than it may be', async () => {
    let sent = 0;
    answer = (res) => {
      const more = (): void => {
        sent += 1;
        if (!res.destroyed && sent < 1000) res.write('x'.repeat(4096), () => setTimeout(more, 1));
      };
      more();
    };
    expect(await failure(ask())).toMatchObject({ code: 'SOURCE_INVALID' });
    expect(sent).toBeLessThan(200);
  });

  it('is given up when a small answer unpacks to a large one', async () => {
    answer = (res) => {
      res.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000, 32)));
    };
    expect(await failure(ask(source({ timeoutMs: 5000 })))).toMatchObject({ code: 'SOURCE_INVALID' });
  });

  it('follows nobody to another address', async () => {
    answer = (res) => {
      res.writeHead(302, { Location: 'http://169.254.169.254/latest' }).end();
    };
    expect(await failure(ask())).toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    expect(asked).toHaveLength(1);
  });
});

it('tells nothing of what a provider wrote in place of what it documents', async () => {
  answer = json({ status: 'the key k3y is unknown' });
  expect((await failure(prices())).message).not.toContain('k3y');
});

it('says so when nobody is there', async () => {
  const closed = source({ baseUrl: 'http://127.0.0.1:1' });
  expect(await failure(prices(closed))).toMatchObject({
    code: 'PROVIDER_UNAVAILABLE',
    message: expect.stringMatching(/cannot be read \(.+\)/) as string,
  });
});

it('keeps requests as far apart as the plan allows', async () => {
  answer = json(bars([bar]));
  const of = source({ limit: { requests: 1, perMs: 120 } });
  const startedAt = performance.now();
  await Promise.all([prices(of), prices(of), prices(of)]);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(230);
});
