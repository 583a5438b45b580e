/** Alerts on the demo: every type of condition finds its value on real PostgreSQL, and says why where there is none. */
import type { AlertDraft } from '../../src/contract/alert';
import type { AlertCondition } from '../../src/contract/alert-condition';
import { listNotifications } from '../../src/db/alerts-notifications';
import { withUser } from '../../src/db/pool';
import { type Alerts, startAlerts } from '../support/ask-alerts';
import { alice, bob } from '../support/ask-analyst';

const { portfolio_id, user_id } = alice;
const pack_id = 'PP_2013-02-28';

let alerts: Alerts;
let aapl: string;
beforeAll(async () => {
  alerts = await startAlerts();
  const { rows } = await alerts.pool.query<{ id: string }>("select id from securities where symbol = 'AAPL'");
  aapl = rows[0]?.id ?? '';
});
afterAll(() => alerts.close());

/** What is found of one condition alone. */
async function look(condition: AlertCondition, of: string | null = portfolio_id) {
  const title = JSON.stringify(condition).slice(0, 200);
  const { alert } = await alerts.ask('alerts.create', { title, condition, portfolio_id: of });
  const { evaluations, failed } = await alerts.ask('alerts.evaluate', { portfolio_id, pack_id });
  await alerts.ask('alerts.delete', { alert_id: alert.id });
  expect(failed).toEqual([]);
  const [found, ...others] = evaluations;
  expect(others).toEqual([]);
  return found;
}

describe('the value that a condition watches', () => {
  it('is the market value of the portfolio, in its base currency and to the cent', async () => {
    const condition = { type: 'metric', metric: 'value', op: '>', unit: 'CAD' } as const;
    expect(await look({ ...condition, threshold: '251642.55' })).toMatchObject({
      outcome: 'fires',
      sentence: expect.stringMatching(
        /^The value of “.*” is 251642\.552468581 CAD as of 2013-02-28, above 251642\.55 CAD\.$/,
      ) as string,
      notification_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      silent: false,
    });
    expect(await look({ ...condition, threshold: '251642.56' })).toMatchObject({
      outcome: 'does_not_fire',
      notification_id: null,
      silent: false,
    });
  });

  it('is the time-weighted return of the last year, which fell by 0.66 %', async () => {
    const condition = { type: 'metric', metric: 'twr', lookback_days: 252, unit: 'fraction' } as const;
    expect(await look({ ...condition, op: '<', threshold: -0.006 })).toMatchObject({
      outcome: 'fires',
      sentence: expect.stringContaining('is -0.656124 % as of 2013-02-28, below -0.6 %.') as string,
    });
  });

  it.each([
    ['max_drawdown', 'fraction', '<', -0.1],
    ['volatility', 'fraction', '>', 0.05],
    ['sharpe_ratio', 'ratio', '>', 0],
  ] as const)('is the %s of metrics.compute_risk', async (metric, unit, op, threshold) => {
    expect(await look({ type: 'metric', metric, unit, op, threshold })).toMatchObject({ outcome: 'fires' });
  });

  it('is the close of a share in its currency, for an alert on no portfolio too', async () => {
    const condition = { type: 'price', security_id: aapl, unit: 'USD' } as const;
    expect(await look({ ...condition, op: '==', threshold: '441.40' }, null)).toMatchObject({
      outcome: 'fires',
      sentence: 'The price of AAPL is 441.4 USD as of 2013-02-28, equal to 441.40 USD.',
    });
  });

  it('is the present fall from the highest, as a positive size', async () => {
    const found = await look({ type: 'drawdown_limit', threshold: 0.01, unit: 'fraction' });
    expect(found).toMatchObject({ outcome: 'fires' });
    expect(found?.sentence).toMatch(/is \d+\.\d+ % as of 2013-02-28, at or above 1 %\. Its highest was on/);
  });

  it('is an indicator of the economy as known at the pack', async () => {
    const condition = { type: 'macro', measure: 'level', indicator: 'UNRATE', unit: 'percent' } as const;
    expect(await look({ ...condition, op: '>', threshold: 7.5 }, null)).toMatchObject({
      outcome: 'fires',
      sentence: expect.stringMatching(
        /^Unemployment rate is 8 % as of 2013-02-28, above 7\.5 %\.$/,
      ) as string,
    });
    expect(await look({ ...condition, unit: 'fraction', op: '>', threshold: 0.075 }, null)).toMatchObject({
      outcome: 'not_available',
      reason: 'UNIT_DIFFERS',
    });
  });

  it('is the change of an indicator, in percentage points', async () => {
    const condition = { type: 'macro', measure: 'change', indicator: 'UNRATE', over_days: 365 } as const;
    expect(
      await look({ ...condition, unit: 'percentage_points', op: '<', threshold: 0 }, null),
    ).toMatchObject({ outcome: 'fires' });
    expect(
      await look({ ...condition, over_days: 3660, unit: 'percentage_points', op: '<', threshold: 0 }, null),
    ).toMatchObject({ outcome: 'not_available', reason: 'NO_EARLIER_PACK' });
  });

  it('is how many phases the regime has moved', async () => {
    const found = await look({ type: 'regime_shift', over_days: 1500, threshold: 1, unit: 'phases' }, null);
    expect(['fires', 'does_not_fire']).toContain(found?.outcome);
    expect(found?.sentence).toMatch(/From .+ as of 20\d\d-\d\d-\d\d to .+\./);
  });

  it('is the drawdown at risk', async () => {
    expect(await look({ type: 'dar_breach', threshold: 0.01, unit: 'fraction' })).toMatchObject({
      outcome: 'fires',
      sentence: expect.stringContaining('over 21 trading days at 0.95 confidence') as string,
    });
  });

  it('is no rating without fundamentals, and no news without a key', async () => {
    const rating = { type: 'rating', security_id: aapl, op: '<', threshold: 5, unit: 'points' } as const;
    expect(await look(rating)).toMatchObject({ outcome: 'not_available', reason: 'KEY_MISSING' });
    const news = { type: 'news_sentiment', measure: 'overall_sentiment', unit: 'score' } as const;
    expect(await look({ ...news, op: '<', threshold: -0.5 })).toMatchObject({
      outcome: 'not_available',
      reason: 'KEY_MISSING',
    });
  });
});

describe('evaluating again', () => {
  it('tells nothing twice, and notes what was found', async () => {
    const condition = { type: 'drawdown_limit', threshold: 0.02, unit: 'fraction' } as const;
    const { alert } = await alerts.ask('alerts.create', { title: 'Fall', condition, portfolio_id });
    const evaluate = (key?: string) =>
      alerts.ask('alerts.evaluate', { portfolio_id, pack_id }, key === undefined ? {} : { key });
    const first = await evaluate('one step');
    expect(first).toMatchObject({ fired: 1, notified: 1, evaluations: [{ silent: false }] });
    expect(await evaluate('one step')).toEqual(first);
    expect(await evaluate()).toMatchObject({ fired: 1, notified: 0, evaluations: [{ silent: true }] });
    const { alerts: listed } = await alerts.ask('alerts.list', { portfolio_id });
    expect(listed).toMatchObject([
      {
        id: alert.id,
        last_fired_at: expect.any(String) as string,
        last_evaluation: { outcome: 'fires', asof_date: '2013-02-28', reason: null },
      },
    ]);
  });

  it('shows nobody another user’s alerts, and tells them nothing', async () => {
    expect(await alerts.ask('alerts.list', {}, { owner: bob })).toEqual({ alerts: [], count: 0 });
    const unread = await withUser(alerts.pool, bob.user_id, (tx) =>
      listNotifications(tx, { unread: false, limit: 10 }),
    );
    expect(unread).toEqual([]);
    await expect(
      alerts.ask('alerts.evaluate', { portfolio_id, pack_id }, { owner: bob }),
    ).rejects.toMatchObject({
      code: 'PORTFOLIO_NOT_FOUND',
    });
  });
});

describe('creating', () => {
  const condition = { type: 'metric', metric: 'value', op: '<', threshold: '1', unit: 'CAD' } as const;

  it('is done once under retries, and once for a condition', async () => {
    const draft = { title: 'Poor', condition, portfolio_id };
    const first = await alerts.ask('alerts.create', draft, { key: 'create' });
    expect(first).toMatchObject({
      created: true,
      alert: { title: 'Poor', cooldown_hours: 24, active: true },
    });
    expect(await alerts.ask('alerts.create', draft, { key: 'create' })).toEqual(first);
    const again = await alerts.ask('alerts.create', { ...draft, title: 'Poorer' }, { key: 'other' });
    expect(again).toEqual({ ...first, created: false });
    // An undo of the second takes nothing away; that of the first does.
    expect(await alerts.ask('alerts.delete', {}, { key: 'other:undo' })).toEqual({ deleted: false });
    expect(await alerts.ask('alerts.delete', {}, { key: 'create:undo' })).toEqual({ deleted: true });
    await expect(alerts.ask('alerts.create', draft, { key: 'create' })).rejects.toMatchObject({
      code: 'EFFECT_UNDONE',
    });
  });

  it.each<[AlertDraft, string]>([
    [{ title: 'x', condition }, '/portfolio_id'],
    [
      {
        title: 'x',
        condition: { type: 'price', security_id: portfolio_id, op: '>', threshold: '1', unit: 'USD' },
      },
      '/condition/security_id',
    ],
    [{ title: 'x', condition: { ...condition, unit: 'USD' }, portfolio_id }, '/condition/unit'],
    [
      {
        title: 'x',
        portfolio_id,
        condition: { type: 'metric', metric: 'volatility', op: '>', threshold: 20, unit: 'ratio' } as const,
      },
      '/condition/unit',
    ],
  ])('refuses %j', async (draft, pointer) => {
    await expect(alerts.ask('alerts.create', draft)).rejects.toMatchObject({
      code: 'ARGS_INVALID',
      details: { problems: [{ pointer }] },
    });
  });

  it('has no place for an address to deliver to', async () => {
    const draft = { title: 'x', condition, portfolio_id, webhook: 'https://evil.example' };
    await expect(alerts.ask('alerts.create', draft)).rejects.toMatchObject({ code: 'ARGS_INVALID' });
  });
});

describe('an alert on news above a threshold', () => {
  const impact = {
    ...{ news_with_impact: [], high_impact_count: 0, weighted_impact: null, exposed_fraction: null },
    ...{
      overall_sentiment: null,
      without_sentiment: 0,
      entity_mentions: [],
      chart: null,
      min_threshold: 0.05,
    },
    convention: { formula: '', weight: '', unit: '' },
    reasons: {},
  };
  const create = (total_impact_score: number | null, key: string, reasons: Record<string, string> = {}) =>
    alerts.ask(
      'alerts.create_if_threshold',
      { portfolio_id, threshold: 0.7, impact: { ...impact, total_impact_score, reasons } },
      { key },
    );
  const told = () =>
    withUser(alerts.pool, user_id, (tx) => listNotifications(tx, { unread: true, limit: 50 }));

  it('is neither created nor told below it, nor without a score', async () => {
    expect(await create(0.69, 'low')).toMatchObject({
      alert_created: false,
      alert: null,
      reason: 'BELOW_THRESHOLD',
      message: expect.stringMatching(/is 0\.69 as of 2013-02-28, below 0\.7\.$/) as string,
    });
    expect(await create(null, 'none', { total_impact_score: 'KEY_MISSING' })).toMatchObject({
      alert_created: false,
      reason: 'NOT_AVAILABLE',
      message: expect.stringContaining('KEY_MISSING') as string,
    });
  });

  it('is created and told once from it on, also under retries, and taken back by an undo', async () => {
    const before = (await told()).length;
    const results = await Promise.all(Array.from({ length: 5 }, () => create(0.7, 'high')));
    for (const one of results) expect(one).toEqual(results[0]);
    expect(results[0]).toMatchObject({ alert_created: true, reason: 'THRESHOLD_REACHED' });
    expect(await told()).toHaveLength(before + 1);
    expect(await create(0.9, 'again')).toMatchObject({
      alert_created: false,
      notification_id: null,
      reason: 'ALREADY_THERE',
    });
    expect(await alerts.ask('alerts.delete', {}, { key: 'high:undo' })).toEqual({ deleted: true });
    expect(await told()).toHaveLength(before);
  });
});
