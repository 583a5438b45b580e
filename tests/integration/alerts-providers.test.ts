/** Alerts on a rating and on news with their providers played: each fires once by figures worked out by hand, and a provider that is away delays it and no more. */
import type { AlertCondition } from '../../src/contract/alert-condition';
import { listNotifications } from '../../src/db/alerts-notifications';
import { withUser } from '../../src/db/pool';
import { createProviders } from '../../src/providers/providers';
import { type Alerts, startAlerts } from '../support/ask-alerts';
import { alice } from '../support/ask-analyst';
import { fmpStatements, newsArticles } from '../support/provider-answers';
import { json, type Play, type ProviderServer, startProviderServer } from '../support/provider-server';

const { portfolio_id, user_id } = alice;
const pack_id = 'PP_2013-02-28';
const aapl = '5ec00000-0000-4000-8000-00000000aa91';

let server: ProviderServer;
let alerts: Alerts;
beforeAll(async () => {
  server = await startProviderServer();
  const host = { baseUrl: server.baseUrl, limit: null };
  const keys = { polygon: null, fmp: 'k3y', fred: null, newsApi: 'k3y', anthropic: null };
  const hosts = { fmp: host, newsApi: host };
  alerts = await startAlerts(createProviders({ keys, model: '', breakers: null, hosts }));
});
afterAll(async () => {
  await alerts.close();
  await server.close();
});

const fmp: Play = (res, asked) => {
  json(fmpStatements[asked.path] ?? [])(res, asked);
};
const news = json(
  newsArticles([
    // profit +0.15; plunges, fall, warns, weak −0.15 each.
    { title: 'Apple profit plunges, shares fall, warns of weak demand' },
    { title: 'Apple wins, gains, soars', publishedAt: '2013-03-01T00:00:00Z' },
  ]),
);

/** Creates the alert, works with it and takes it away again. */
async function withAlert<T>(condition: AlertCondition, work: (alertId: string) => Promise<T>): Promise<T> {
  const { alert } = await alerts.ask('alerts.create', { title: 'Watch', condition, portfolio_id });
  try {
    return await work(alert.id);
  } finally {
    await alerts.ask('alerts.delete', { alert_id: alert.id });
  }
}

const evaluate = () => alerts.ask('alerts.evaluate', { portfolio_id, pack_id });

async function toldOf(alertId: string): Promise<string[]> {
  const all = await withUser(alerts.pool, user_id, (tx) =>
    listNotifications(tx, { unread: false, limit: 100 }),
  );
  return all.filter(({ alert_id }) => alert_id === alertId).map(({ message }) => message);
}

// Moat (8 × 0.35 + 6 × 0.3 + 4 × 0.2) / 0.85, dividends 8.1, resilience 9.1; weights 0.4, 0.3, 0.3.
const rating = 0.4 * (5.4 / 0.85) + 0.3 * 8.1 + 0.3 * 9.1;
// 0.45 × 0.85 × the weight of Apple.
const apple = 95_038.0 / 251_642.552468581;

const rated = (op: '<' | '>', threshold: number) =>
  ({ type: 'rating', security_id: aapl, op, threshold, unit: 'points' }) as const;
const told = (measure: 'overall_sentiment' | 'total_impact_score', op: '<' | '>', threshold: number) =>
  ({ type: 'news_sentiment', measure, op, threshold, unit: 'score' }) as const;

it.each<[string, Play, AlertCondition, AlertCondition, RegExp, number]>([
  [
    'a rating',
    fmp,
    rated('<', 7.8),
    rated('<', 7.6),
    /^The quality rating of AAPL is ([\d.]+) points as of 2013-02-28, below 7\.8 points\.$/,
    rating,
  ],
  [
    'the sentiment of the news',
    news,
    told('overall_sentiment', '<', -0.4),
    told('overall_sentiment', '<', -0.5),
    /^The sentiment of the news about “.+” is (-[\d.]+) .*below -0\.4/,
    -0.45,
  ],
  [
    'the impact of the news',
    news,
    told('total_impact_score', '>', 0.1),
    told('total_impact_score', '>', 0.2),
    /^The impact of the news on “.+” is ([\d.]+) .*above 0\.1/,
    0.45 * 0.85 * apple,
  ],
])(
  'an alert on %s fires once, and not within its limit',
  async (_what, play, fires, silent, sentence, value) => {
    server.play(play);
    await withAlert(fires, async (id) => {
      const first = await evaluate();
      expect(first).toMatchObject({ fired: 1, notified: 1, failed: [], evaluations: [{ silent: false }] });
      const [, found = ''] = sentence.exec(first.evaluations[0]?.sentence ?? '') ?? [];
      expect(Number(found)).toBeCloseTo(value, 4);
      expect(await evaluate()).toMatchObject({ fired: 1, notified: 0, evaluations: [{ silent: true }] });
      expect(await toldOf(id)).toEqual([first.evaluations[0]?.sentence]);
    });
    await withAlert(silent, async (id) => {
      expect(await evaluate()).toMatchObject({ fired: 0, evaluations: [{ outcome: 'does_not_fire' }] });
      expect(await toldOf(id)).toEqual([]);
    });
  },
);

it.each<[string, AlertCondition, Play]>([
  ['a rating', rated('<', 7.9), fmp],
  ['the news', told('overall_sentiment', '<', -0.41), news],
])('an alert on %s waits while the provider is away, and then fires once', async (_what, condition, play) => {
  await withAlert(condition, async (id) => {
    server.play(json({}, 500));
    expect(await evaluate()).toMatchObject({
      ...{ fired: 0, evaluations: [] },
      failed: [{ alert_id: id, code: 'PROVIDER_UNAVAILABLE' }],
    });
    expect(await toldOf(id)).toEqual([]);
    server.play(play);
    expect(await evaluate()).toMatchObject({ fired: 1, notified: 1, failed: [] });
    expect(await evaluate()).toMatchObject({ fired: 1, notified: 0, failed: [] });
    expect(await toldOf(id)).toHaveLength(1);
  });
});

it('does not fire where the provider refuses, and says so', async () => {
  server.play(json({ message: 'no' }, 401));
  await withAlert(rated('<', 8), async (id) => {
    expect(await evaluate()).toMatchObject({
      evaluations: [{ outcome: 'not_available', reason: 'PROVIDER_REFUSED' }],
    });
    expect(await toldOf(id)).toEqual([]);
  });
});

it('does not fire on news where there are none', async () => {
  server.play(json(newsArticles([])));
  await withAlert(told('overall_sentiment', '<', 1), async () => {
    expect(await evaluate()).toMatchObject({
      evaluations: [{ outcome: 'not_available', reason: 'NO_NEWS' }],
    });
  });
});
