/** Every shipped pattern over HTTP on the demo, durably: it succeeds, each panel can be drawn as it is, and a second run without memory comes to the same. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import demo from '../../demo/demo.json';
import type { Chart, ExecuteResponse } from '../../src/contract/execution';
import { shippedRights } from '../../src/contract/shipped-rights';
import { chartSvg } from '../../src/export/chart-svg';
import { type Answer, type Stack, startStack } from '../support/stack';

interface Shipped {
  id: string;
  inputs: Record<string, { required?: boolean }>;
  outputs: unknown;
  display?: { panels: { id: string }[] };
}

const [alice] = demo.portfolios as [(typeof demo.portfolios)[number]];
const folder = path.resolve('patterns');
const patterns = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json') && file.includes(path.sep))
  .sort()
  .map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Shipped);

/** Inputs that have no default, or none that a run could do with. */
const given: Readonly<Record<string, unknown>> = {
  security_id: '5ec00000-0000-4000-8000-00000000aa91',
  scenario_id: 'equity_selloff',
  tax_year: 2012,
};

/** Without a provider's key there is nothing to draw. */
const withoutKeys: Readonly<Record<string, string>> = {
  'buffett_checklist explanation': 'missing: explanation',
  'news_impact_analysis entity_mentions': 'not available',
  'news_impact_analysis impact_by_article': 'not available',
  'news_impact_analysis news_items': 'not available',
};
/** It writes, so it is not run again. */
const writing = ['alerts_check'];

let stack: Stack;
beforeAll(async () => {
  stack = await startStack('shipped');
});
afterAll(() => stack.close());

const ask = (route: string, body: object): Promise<Answer> =>
  stack.call(route, {
    as: alice.user_id,
    rights: Object.keys(shippedRights),
    headers: { Prefer: 'wait=60' },
    body,
  });

describe.each(patterns)('$id', (pattern) => {
  let answer: ExecuteResponse;

  it('succeeds on the demo', async () => {
    const inputs = Object.fromEntries(Object.entries(given).filter(([name]) => name in pattern.inputs));
    const { status, body } = await ask('/v1/execute', {
      pattern_id: pattern.id,
      portfolio_id: alice.id,
      inputs,
      mode: 'durable',
    });
    expect([status, body['error'] ?? body['detail'] ?? null]).toEqual([200, null]);
    answer = body as unknown as ExecuteResponse;
    expect(answer.execution.status).toBe('succeeded');
  });

  it('has panels that a client draws as they are, or says what is not available', async () => {
    expect(answer.charts.map(({ panel_id }) => panel_id)).toEqual(
      (pattern.display?.panels ?? []).map(({ id }) => id),
    );
    for (const chart of answer.charts) {
      const panel = `${pattern.id} ${chart.panel_id}`;
      expect([panel, await drawn(chart)]).toEqual([panel, withoutKeys[panel] ?? 'drawn']);
    }
  });

  it('comes to the same when it is run again without memory', async () => {
    const { status, body } = await ask(`/v1/executions/${answer.execution.id}/verify`, {});
    if (writing.includes(pattern.id)) return expect(body).toMatchObject({ code: 'VERIFY_REFUSED' });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ verified: true, first_difference: null }),
    ]);
  });
});

/** A table may be empty; each row has a cell for each column. */
async function drawn({ spec, table, reason }: Chart): Promise<string> {
  if (spec !== undefined) {
    return /^<svg/.test(await chartSvg(spec as Record<string, unknown>)) ? 'drawn' : 'no drawing';
  }
  if (table === undefined) return reason ?? 'nothing';
  const { columns, rows } = table as { columns: unknown[]; rows: unknown[][] };
  return rows.every(({ length }) => length === columns.length) ? 'drawn' : 'a broken table';
}
