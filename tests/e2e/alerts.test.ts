/** Alerts over HTTP and from the command line, on the demo: created, checked, told, read, paused, deleted. */
import type { Alert, DeadLetter, Notification } from '../../src/contract/alert';
import { storeFailure } from '../../src/db/alerts-evaluations';
import { withUser } from '../../src/db/pool';
import { alice, bob } from '../support/ask-analyst';
import { type CliResult, runCli } from '../support/cli';
import { type Answer, type Stack, startStack } from '../support/stack';

const { user_id, portfolio_id } = alice;
const fall = { type: 'drawdown_limit', threshold: 0.02, unit: 'fraction' };

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('shipped');
}, 60_000);
afterAll(() => stack.close());

/** With the methods that the stack's own call has not. */
async function send(method: string, route: string, body?: unknown, as = user_id, rights?: string[]) {
  const response = await fetch(`${stack.url}${route}`, {
    method,
    headers: {
      Authorization: `Bearer ${await stack.tokenFor(as, rights)}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = JSON.parse(text) as Answer['body'];
  return { status: response.status, headers: response.headers, text, body: parsed } satisfies Answer;
}
const create = (body: object): Promise<Answer> => send('POST', '/v1/alerts', body);
const check = () =>
  stack.call('/v1/execute', {
    as: user_id,
    headers: { Prefer: 'wait=30' },
    body: { pattern_id: 'alerts_check', portfolio_id },
  });
const notifications = async (
  query = '',
): Promise<{ notifications: Notification[]; unread: number; next_cursor: string | null }> =>
  (await send('GET', `/v1/notifications${query}`)).body as never;

describe('over HTTP', () => {
  it('creates an alert, shows it to its owner and to nobody else', async () => {
    const made = await create({ title: 'Fall', condition: fall, portfolio_id });
    expect(made).toMatchObject({
      status: 201,
      body: { title: 'Fall', condition: fall, cooldown_hours: 24, active: true, last_evaluation: null },
    });
    const address = made.headers.get('Location') ?? '';
    expect(await send('GET', address)).toMatchObject({ status: 200, body: made.body });
    for (const method of ['GET', 'DELETE'])
      expect(await send(method, address, undefined, bob.user_id)).toMatchObject({
        status: 404,
        body: { code: 'ALERT_NOT_FOUND' },
      });
    expect(await send('PATCH', address, { active: false }, bob.user_id)).toMatchObject({ status: 404 });
    expect((await send('GET', '/v1/alerts', undefined, bob.user_id)).body).toEqual({
      alerts: [],
      next_cursor: null,
    });
    expect(await create({ title: 'Again', condition: fall, portfolio_id })).toMatchObject({
      status: 409,
      body: { code: 'ALERT_EXISTS', alert_id: made.body['id'] },
    });
  });

  it.each<[string, object, string]>([
    ['an unknown type', { condition: { type: 'tweet' } }, '/condition/type'],
    ['a unit that does not fit', { condition: { ...fall, unit: 'percent' } }, '/condition/unit'],
    [
      'another currency than the portfolio’s',
      { condition: { type: 'metric', metric: 'value', op: '>', threshold: '1', unit: 'USD' } },
      '/condition/unit',
    ],
    ['an address to deliver to', { condition: fall, webhook: 'https://evil.example' }, '/webhook'],
    [
      'a threshold that is missing',
      { condition: { type: 'drawdown_limit', unit: 'fraction' } },
      '/condition/threshold',
    ],
    [
      'a security that nobody knows',
      {
        condition: {
          ...{ type: 'price', security_id: portfolio_id, op: '>', threshold: '1', unit: 'USD' },
        },
      },
      '/condition/security_id',
    ],
    ['a portfolio that is missing', { condition: fall, portfolio_id: null }, '/portfolio_id'],
    ['a title of blanks', { condition: fall, title: '  ' }, '/title'],
  ])('refuses %s, with its place', async (_what, change, pointer) => {
    const { status, body } = await create({ title: 'x', portfolio_id, ...change });
    expect([status, body['code']]).toEqual([400, 'REQUEST_INVALID']);
    expect((body['problems'] as { pointer: string }[]).map((one) => one.pointer)).toContain(pointer);
  });

  it('refuses another’s portfolio, and a token without the right', async () => {
    expect(await create({ title: 'x', condition: fall, portfolio_id: bob.portfolio_id })).toMatchObject({
      status: 404,
      body: { code: 'PORTFOLIO_NOT_FOUND' },
    });
    for (const route of ['/v1/alerts', '/v1/notifications', '/v1/alerts/dead-letters'])
      expect(await send('GET', route, undefined, user_id, ['news_read'])).toMatchObject({
        status: 403,
        body: { code: 'RIGHTS_MISSING', missing: ['portfolio_read'] },
      });
  });

  it('checks now: tells once, and a second check tells nothing more', async () => {
    const { status, body } = await check();
    expect(status).toBe(200);
    expect(body['data']).toMatchObject({
      checked: { fired: 1, notified: 1, evaluations: [{ title: 'Fall', outcome: 'fires', silent: false }] },
    });
    expect((await check()).body['data']).toMatchObject({
      checked: { fired: 1, notified: 0, evaluations: [{ silent: true }] },
    });
    const { notifications: found, unread } = await notifications();
    expect([found.length, unread]).toEqual([1, 1]);
    expect(found[0]).toMatchObject({
      title: 'Fall',
      asof_date: '2013-02-28',
      message: expect.stringMatching(/^The present drawdown of .+ at or above 2 %\./) as string,
      read_at: null,
    });
    const read = await send('POST', `/v1/notifications/${found[0]?.id ?? ''}/read`);
    expect(read).toMatchObject({ status: 200, body: { read_at: expect.any(String) as string } });
    expect(await send('POST', `/v1/notifications/${found[0]?.id ?? ''}/read`)).toMatchObject(
      read.body && { body: read.body },
    );
    expect(await notifications('?unread=true')).toEqual({ notifications: [], unread: 0, next_cursor: null });
  });

  it('changes and deletes an alert, whose notifications stay', async () => {
    const { alerts } = (await send('GET', '/v1/alerts')).body as unknown as { alerts: Alert[] };
    const address = `/v1/alerts/${alerts[0]?.id ?? ''}`;
    expect(await send('PATCH', address, { active: false, cooldown_hours: 48 })).toMatchObject({
      status: 200,
      body: { active: false, cooldown_hours: 48, last_evaluation: { outcome: 'fires' } },
    });
    expect(await send('PATCH', address, {})).toMatchObject({ status: 400 });
    expect(await send('PATCH', address, { portfolio_id })).toMatchObject({
      status: 400,
      body: { problems: [{ pointer: '/portfolio_id' }] },
    });
    expect((await check()).body['data']).toMatchObject({ checked: { evaluations: [] } });
    expect(await send('DELETE', address)).toMatchObject({ status: 200, body: { deleted: true } });
    expect(await send('DELETE', address)).toMatchObject({ status: 404 });
    expect((await notifications()).notifications).toHaveLength(1);
    expect((await create({ title: 'Fall', condition: fall, portfolio_id })).status).toBe(201);
  });

  it('lists in pages', async () => {
    for (const threshold of [0.5, 0.6, 0.7])
      await create({ title: String(threshold), condition: { ...fall, threshold }, portfolio_id });
    const titles: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '?limit=3' : `?limit=3&cursor=${cursor}`;
      const page = (await send('GET', `/v1/alerts${query}`)).body as unknown as {
        alerts: Alert[];
        next_cursor: string | null;
      };
      titles.push(...page.alerts.map(({ title }) => title));
      cursor = page.next_cursor;
    }
    expect(titles).toEqual(['0.7', '0.6', '0.5', 'Fall']);
    expect(await send('GET', '/v1/alerts?limit=3&cursor=zzz')).toMatchObject({
      status: 400,
      body: { problems: [{ pointer: '/query/cursor' }] },
    });
  });

  it('replays a dead letter: the alert is evaluated as of its pack, and the letter is resolved', async () => {
    const { alerts } = (await send('GET', '/v1/alerts')).body as unknown as { alerts: Alert[] };
    const alert_id = alerts.find(({ title }) => title === '0.5')?.id ?? '';
    const failure = { code: 'PROVIDER_UNAVAILABLE', message: 'no answer' };
    await withUser(stack.pool, user_id, (tx) =>
      storeFailure(tx, { user_id, alert_id, pack_id: 'PP_2013-02-27' }, failure),
    );
    const letters = async (query = ''): Promise<DeadLetter[]> =>
      (
        (await send('GET', `/v1/alerts/dead-letters${query}`)).body as unknown as {
          dead_letters: DeadLetter[];
        }
      ).dead_letters;
    const [letter] = await letters();
    expect(letter).toMatchObject({
      alert_id,
      status: 'retrying',
      attempts: 1,
      asof_date: '2013-02-27',
      ...failure,
    });
    const replay = `/v1/alerts/dead-letters/${letter?.id ?? ''}/replay`;
    expect(await send('POST', replay, undefined, bob.user_id)).toMatchObject({ status: 404 });
    const { status, body } = await send('POST', replay);
    expect(status).toBe(202);
    expect(await stack.client.workflow.getHandle(String(body['workflow_id'])).result()).toMatchObject({
      alerts: 1,
      not_fired: 1,
      failed: 0,
    });
    expect(await letters()).toEqual([]);
    expect(await letters('?status=resolved')).toMatchObject([{ id: letter?.id, next_retry_at: null }]);
    expect(await send('GET', `/v1/alerts/${alert_id}`)).toMatchObject({
      body: { last_evaluation: { asof_date: '2013-02-27', outcome: 'does_not_fire' } },
    });
  });
});

describe('in the shipped patterns', () => {
  const run = async (pattern_id: string, inputs: object): Promise<Record<string, unknown>> => {
    const rights = ['portfolio_read', 'macro_data_read', 'news_read'];
    const request = { pattern_id, portfolio_id, inputs };
    const answer = await stack.call('/v1/execute', {
      ...{ as: user_id, rights, headers: { Prefer: 'wait=30' }, body: request },
    });
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
    return answer.body['data'] as Record<string, unknown>;
  };

  it('macro_trend_monitor suggests alerts that can be created as they are', async () => {
    const { alert_suggestions } = await run('macro_trend_monitor', { lookback_weeks: 104 });
    const { suggestions, count } = alert_suggestions as { suggestions: { alert: object }[]; count: number };
    expect(count).toBe(suggestions.length);
    expect(count).toBeGreaterThan(0);
    for (const { alert } of suggestions)
      expect(await create(alert)).toMatchObject({ status: 201, body: alert });
  }, 60_000);

  it('news_impact_analysis creates none unless asked, nor without news, and says why', async () => {
    expect((await run('news_impact_analysis', {}))['alert_result']).toBeNull();
    expect(await run('news_impact_analysis', { create_alert: true })).toMatchObject({
      alert_result: {
        alert_created: false,
        alert: null,
        reason: 'NOT_AVAILABLE',
        message: expect.stringContaining('not available as of 2013-02-28 (') as string,
      },
    });
  }, 60_000);
});

describe('dawsos alerts', () => {
  const dawsos = async (...args: string[]): Promise<CliResult> =>
    runCli(['alerts', ...args, '--url', stack.url, '--token', await stack.tokenFor(bob.user_id)]);
  const condition = JSON.stringify({ type: 'metric', metric: 'value', op: '>', threshold: '1', unit: 'USD' });

  it('creates, lists, checks, tells, pauses and deletes', async () => {
    const made = await dawsos(
      'create',
      '--title',
      'Rich',
      '--condition',
      condition,
      '--portfolio',
      bob.portfolio_id,
    );
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const id = /^Alert "Rich": ([0-9a-f-]{36})\n$/.exec(made.stdout)?.[1] ?? '';
    const listed = await dawsos('list');
    expect(listed.stdout).toMatch(new RegExp(`Rich +metric +active +\\(never\\) +${id}`));
    const checked = await dawsos('check');
    expect(checked.code).toBe(0);
    expect(checked.stdout).toMatch(/^FIRES +Rich: The value of .+ USD as of 2013-02-28, above 1 USD\.\n$/);
    expect((await dawsos('check')).stdout).toMatch(/^told already/);
    const told = JSON.parse((await dawsos('notifications', '--unread', '--json')).stdout) as {
      notifications: Notification[];
    };
    expect(told.notifications).toMatchObject([{ title: 'Rich', alert_id: id }]);
    const read = await dawsos('notifications', '--read', told.notifications[0]?.id ?? '');
    expect(read.stdout).toBe('read: Rich\n');
    expect((await dawsos('notifications', '--unread')).stdout).toBe('none\n');
    expect((await dawsos('pause', id)).stdout).toBe('"Rich" is paused\n');
    expect((await dawsos('check')).stdout).toBe('no active alerts\n');
    expect((await dawsos('pause', id, '--resume')).stdout).toBe('"Rich" is active\n');
    expect((await dawsos('delete', id)).stdout).toBe(`deleted ${id}\n`);
    expect((await dawsos('list')).stdout).toBe('none\n');
    expect((await dawsos('dead-letters')).stdout).toBe('none\n');
  }, 120_000);

  it('says what is wrong, where, and what to do', async () => {
    const refused = await dawsos('create', '--title', 'x', '--condition', condition);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('/portfolio_id');
    const cooldown = await dawsos('create', '--title', 'x', '--condition', condition, '--cooldown', '-1');
    expect(cooldown.stderr).toContain('--cooldown');
    expect((await dawsos('replay', bob.portfolio_id)).stderr).toContain('ALERT_NOT_FOUND');
    const help = await runCli(['alerts', '--help']);
    for (const name of [
      'list',
      'create',
      'pause',
      'delete',
      'check',
      'notifications',
      'dead-letters',
      'replay',
    ])
      expect(help.stdout).toContain(`  ${name}`);
  }, 60_000);
});
