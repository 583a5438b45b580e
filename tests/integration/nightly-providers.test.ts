/** The nightly order with HTTP providers, played by a server on this machine: patient when asked to be, and never inventive. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NightlyPackInput, NightlyPackResult } from '../../src/contract/nightly';
import { observationsAt } from '../../src/db/observations';
import { stagesOf } from '../../src/db/pack-stages';
import { withUser } from '../../src/db/pool';
import { connectOwner, runOrder } from '../support/nightly-order';
import { fredObservations } from '../support/provider-answers';
import { demoFolder } from '../support/pack-folder';
import { type Stack, startStack } from '../support/stack';
import { temporalCli } from '../support/temporal';
import { type RunningWorker, startWorker } from '../../workers/main';
import { createLogger } from '../../src/telemetry/logger';

const nobody = '00000000-0000-0000-0000-000000000000';
const closes = { AAPL: 420.05, IBM: 205.19, MSFT: 28.15, GOOG: 821.5, FB: 27.72, ZZZ: 1 };
const polygon = JSON.stringify({
  status: 'OK',
  resultsCount: 6,
  results: Object.entries(closes).map(([T, c]) => ({ T, c })),
});
const ecb =
  '<gesmes:Envelope><Cube><Cube time="2013-03-04"><Cube currency="USD" rate="1.3007"/><Cube currency="CAD" rate="1.3383"/></Cube></Cube></gesmes:Envelope>';

/** Published in the afternoon of the pack's eve, so known on its day; before, the series has no value of the month. */
const unrate = fredObservations([
  { date: '2013-01-01', value: '7.9', from: '2013-02-28' },
  { date: '2013-02-01', value: '7.7', from: '2013-03-03' },
]);

let stack: Stack;
let worker: RunningWorker;
let server: Server;
const askedAt: number[] = [];

beforeAll(async () => {
  server = createServer((req, res) => {
    if (req.url?.startsWith('/stats') === true) return void res.end(ecb);
    if (req.url?.startsWith('/fred') === true)
      return void res.end(
        JSON.stringify(req.url.includes('series_id=UNRATE') ? unrate : fredObservations([])),
      );
    askedAt.push(Date.now());
    if (askedAt.length > 1) return void res.end(polygon);
    res.writeHead(429, { 'Retry-After': '3' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  stack = await startStack('shipped', { worker: false });
  await (await connectOwner(stack)).end();
  const keys = { ...stack.config.providers.keys, polygon: 'k3y', fred: 'k3y' };
  const bundlePath = process.env['TEST_WORKFLOW_BUNDLE'];
  worker = await startWorker({
    config: { ...stack.config, providers: { ...stack.config.providers, keys } },
    log: createLogger('silent'),
    tracing: stack.tracing,
    providers: { polygon: { baseUrl, limit: null }, ecb: { baseUrl }, fred: { baseUrl } },
    ...(bundlePath !== undefined && { bundlePath }),
  });
}, 60_000);

afterAll(async () => {
  await worker.shutdown();
  await stack.close();
  await new Promise((resolve) => server.close(resolve));
});

it('asks again when the provider said, and keeps the rates that have no newer quote', async () => {
  await runOrder(stack.client, { folder: demoFolder() });
  const input: NightlyPackInput = { date: '2013-03-04', zone: 'UTC', source: { kind: 'providers' } };
  const handle = await stack.client.workflow.start('nightlyPack', {
    workflowId: 'providers',
    taskQueue: 'engine',
    args: [input],
  });
  expect((await handle.result()) as NightlyPackResult).toMatchObject({ outcome: 'fresh' });
  const [first = 0, second = 0] = askedAt;
  expect(second - first).toBeGreaterThanOrEqual(2900);
  const [build] = await withUser(stack.pool, nobody, (tx) => stagesOf(tx, ['PP_2013-03-04']));
  expect(build).toMatchObject({
    attempt: 2,
    detail: {
      prices: 5,
      missing: ['SP500'],
      rates: 7,
      observations: 1,
      carried_rates: ['AUD', 'CHF', 'GBP', 'JPY', 'SEK'],
      sources: { prices: 'Polygon daily closes', fx: 'ECB euro reference rates' },
    },
  });
  const [newest] = await withUser(stack.pool, nobody, (tx) =>
    observationsAt(tx, { pack_id: 'PP_2013-03-04', series_ids: ['UNRATE'] }).then((rows) => rows.slice(-1)),
  );
  expect(newest).toMatchObject({ period_end: '2013-02-28', value: '7.7', known_on: '2013-03-04' });
  const history = await temporalCli(
    stack.config.temporalNamespace,
    'workflow',
    'show',
    '-w',
    'providers',
    '-o',
    'json',
  );
  expect(history).toContain('nightly.build');
  expect(history).not.toContain('k3y');
}, 90_000);
