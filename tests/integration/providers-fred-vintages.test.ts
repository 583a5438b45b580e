/** What became known of FRED's series between two packs: each value on the day after its vintage, once. */
import type { PackObservation } from '../../src/packs/pack-content';
import { fredVintages } from '../../src/providers/fred-vintages';
import type { KnownBetween, NamedSeries } from '../../src/providers/pack-source';
import { createProviders } from '../../src/providers/providers';
import { fredObservations } from '../support/provider-answers';
import { type Play, type ProviderServer, startProviderServer } from '../support/provider-server';

interface Vintage {
  date: string;
  value: string;
  from: string;
  to: string;
}

/** January was published on 2013-02-01 and revised on 2013-03-08; February was published on that day. */
const published: Vintage[] = [
  { date: '2012-12-01', value: '7.8', from: '2013-01-04', to: '9999-12-31' },
  { date: '2013-01-01', value: '7.9', from: '2013-02-01', to: '2013-03-07' },
  { date: '2013-01-01', value: '8.0', from: '2013-03-08', to: '9999-12-31' },
  { date: '2013-02-01', value: '7.7', from: '2013-03-08', to: '9999-12-31' },
  { date: '2013-03-01', value: '.', from: '2013-03-08', to: '9999-12-31' },
];

let server: ProviderServer;

beforeAll(async () => {
  server = await startProviderServer();
});
beforeEach(() => {
  server.play(played(published));
});
afterAll(() => server.close());

/** As FRED answers: what was the latest on some day of the span, with days cut off at its ends. */
function played(all: readonly Vintage[]): Play {
  return (res, { query }) => {
    const from = query.get('realtime_start') ?? '';
    const to = query.get('realtime_end') ?? '';
    const rows = all
      .filter((vintage) => vintage.from <= to && vintage.to >= from)
      .map(({ date, value, ...known }) => ({
        ...{ date, value },
        from: known.from < from ? from : known.from,
        to: known.to > to ? to : known.to,
      }));
    res.end(JSON.stringify(fredObservations(rows)));
  };
}

/** Through the client that a worker has. */
function vintages(days: KnownBetween, series: readonly NamedSeries[] = unrate): Promise<PackObservation[]> {
  const keys = { polygon: null, fmp: null, fred: 'k3y', newsApi: null, anthropic: null };
  const hosts = { fred: { baseUrl: server.baseUrl, limit: null } };
  const { fred } = createProviders({ keys, model: '', breakers: null, hosts });
  return fredVintages(fred, days, series);
}

const unrate = [{ id: 'UNRATE', frequency: 'monthly' as const }];
const january = { series_id: 'UNRATE', period_end: '2013-01-31' };

it.each([
  ['nothing on the day of publication itself', '2013-01-31', '2013-02-01', []],
  ['a value on the day after', '2013-02-01', '2013-02-02', [{ ...january, value: '7.9' }]],
  ['nothing again later', '2013-02-02', '2013-02-28', []],
  [
    'a revision as another value of its period, beside a new one',
    '2013-03-08',
    '2013-03-11',
    [
      { ...january, value: '8.0' },
      { series_id: 'UNRATE', period_end: '2013-02-28', value: '7.7' },
    ],
  ],
])('gives %s', async (_what, after, upTo, found) => {
  expect(await vintages({ after, upTo })).toEqual(found);
});

it('gives each value in exactly one of packs that follow each other', async () => {
  const days = [
    '2013-02-01',
    '2013-02-04',
    '2013-02-05',
    '2013-03-07',
    '2013-03-08',
    '2013-03-09',
    '2013-03-12',
  ];
  const found = [];
  for (const [index, upTo] of days.slice(1).entries())
    found.push(...(await vintages({ after: days[index] ?? '', upTo })));
  expect(found.map(({ period_end, value }) => [period_end, value])).toEqual([
    ['2013-01-31', '7.9'],
    ['2013-01-31', '8.0'],
    ['2013-02-28', '7.7'],
  ]);
});

it('gives the last of two revisions between two packs', async () => {
  const revised = [
    { date: '2013-01-01', value: '8.1', from: '2013-02-03', to: '9999-12-31' },
    { date: '2013-01-01', value: '7.9', from: '2013-02-01', to: '2013-02-02' },
  ];
  server.play(played(revised));
  expect(await vintages({ after: '2013-02-01', upTo: '2013-02-05' })).toEqual([{ ...january, value: '8.1' }]);
});

it('gives all that was known the day before where there is no pack before', async () => {
  const found = await vintages({ after: null, upTo: '2013-03-08' });
  expect(found.map(({ period_end, value }) => [period_end, value])).toEqual([
    ['2012-12-31', '7.8'],
    ['2013-01-31', '7.9'],
  ]);
});

it('takes no value of a period that has not ended', async () => {
  const forecast = [{ date: '2013-04-01', value: '7.5', from: '2013-03-01', to: '9999-12-31' }];
  server.play(played(forecast));
  expect(await vintages({ after: null, upTo: '2013-04-15' })).toEqual([]);
});

it('asks for series with ids of FRED alone', async () => {
  const series = [
    ...unrate,
    { id: 'FF3.RF', frequency: 'monthly' as const },
    { id: 'GDPC1', frequency: 'quarterly' as const },
  ];
  await vintages({ after: '2013-02-01', upTo: '2013-02-04' }, series);
  const span = ['2013-01-31', '2013-02-03'];
  expect(
    server.asked.map(({ query }) =>
      ['series_id', 'realtime_start', 'realtime_end'].map((name) => query.get(name)),
    ),
  ).toEqual([
    ['UNRATE', ...span],
    ['GDPC1', ...span],
  ]);
});
