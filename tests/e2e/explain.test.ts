/** Of every figure it is told where it comes from: the demo over HTTP and by the command line. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ExecuteResponse } from '../../src/contract/execution';
import { Explanation, Figures } from '../../src/contract/explanation';
import { explanation as example } from '../../src/executor/explain/openapi-example';
import { explainers } from '../../src/executor/explain/registry';
import { compileSchema } from '../../src/validate';
import { type CliResult, runCli } from '../support/cli';
import { type Answer, type CallOptions, type Stack, startStack } from '../support/stack';

const [alice] = (
  JSON.parse(readFileSync('demo/demo.json', 'utf8')) as { portfolios: { id: string; user_id: string }[] }
).portfolios as [{ id: string; user_id: string }];
const explanationProblems = compileSchema(Explanation);
const figuresProblems = compileSchema(Figures);
let stack: Stack;
let overview: ExecuteResponse;
let token: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dawsos-explain-'));
  stack = await startStack('shipped');
  token = await stack.tokenFor(alice.user_id);
  overview = await run('portfolio_overview');
}, 120_000);
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

async function run(
  pattern_id: string,
  more: CallOptions = {},
  request: object = { mode: 'direct' },
): Promise<ExecuteResponse> {
  const body = { pattern_id, portfolio_id: alice.id, ...request };
  const answer = await stack.call('/v1/execute', { as: alice.user_id, body, ...more });
  expect(answer.status).toBe(200);
  return answer.body as unknown as ExecuteResponse;
}

function ask(query: Record<string, string>, { execution } = overview, options: CallOptions = {}): Promise<Answer> {
  const search = new URLSearchParams(query).toString();
  return stack.call(`/v1/executions/${execution.id}/explain?${search}`, { as: alice.user_id, ...options });
} // prettier-ignore

async function explain(field: string, of = overview): Promise<Explanation> {
  const answer = await ask({ field }, of);
  expect({ status: answer.status, text: answer.status === 200 ? '' : answer.text }).toEqual({ status: 200, text: '' });
  expect(explanationProblems(answer.body)).toEqual([]);
  return answer.body as unknown as Explanation;
} // prettier-ignore

async function figures(query: Record<string, string> = {}): Promise<Figures> {
  const { status, body } = await ask(query);
  expect(status).toBe(200);
  expect(figuresProblems(body)).toEqual([]);
  return body as unknown as Figures;
}

describe('a position’s value', () => {
  it('is quantity × close × exchange rate, with the cross of two ECB quotes, lots and ledger entries', async () => {
    const told = await explain('valued_positions.positions[0].value');
    expect(told).toMatchObject({
      value: '95038.0024373524',
      unit: 'money',
      currency: 'CAD',
      meaning: 'market value in the base currency',
      step: { path: 'valued_positions', capability: 'portfolio.get_valued_positions', agent: 'financial_analyst' },
      pack: { id: 'PP_2013-02-28', date: '2013-02-28', superseded_by: null },
      recomputed: { value: '95038.0024373524', equal: true },
      not_available: null,
    });
    expect(told.inputs.prices).toEqual([
      { date: '2013-02-28', symbol: 'AAPL', close: '441.4', currency: 'USD', source: 'Quandl WIKI' },
    ]);
    expect(told.inputs.fx).toMatchObject([
      {
        pair: 'USD/CAD', derivation: 'cross', quote_date: '2013-02-28', age_days: 0,
        quotes: [{ pair: 'EUR/CAD', rate: '1.3461' }, { pair: 'EUR/USD', rate: '1.3129' }],
      },
    ]); // prettier-ignore
    expect(told.inputs.lots.map(({ acquired_on, quantity_open }) => [acquired_on, quantity_open])).toEqual([
      ['2008-01-23', '40'], ['2008-11-20', '30'], ['2009-03-10', '100'], ['2013-01-28', '40'],
    ]); // prettier-ignore
    expect(told.inputs.transactions.at(0)).toMatchObject({ type: 'BUY', narration: 'Buy 100 AAPL', date: '2007-01-04' });
    expect(told.calculation).toEqual([
      '210 shares of AAPL × 441.40 USD (close of 2013-02-28) × 1.02529 CAD per USD (cross of EUR/CAD 1.3461 and EUR/USD 1.3129 of 2013-02-28) = 95,038.00 CAD',
    ]);
    expect(told.steps.map(({ capability }) => capability)).toEqual(['portfolio.get_valued_positions']);
    expect(told.text.join('\n')).toContain('The ledger holds 210 shares of AAPL in 4 open lots on 2013-02-28');
  }); // prettier-ignore

  it('is one of the terms of the total, and a fraction of it', async () => {
    const total = await explain('valued_positions.total_value');
    expect(total.recomputed).toEqual({ value: '251642.552468581', equal: true });
    expect(total.calculation.at(-1)).toBe('95,038.00 + 49,418.04 + 15,676.65 + 47,118.37 + 44,391.49 = 251,642.55 CAD');
    const weight = await explain('/valued_positions/positions/0/weight');
    expect(weight.calculation.at(-1)).toBe('95,038.00 ÷ 251,642.55 = 37.77 %');
  }); // prettier-ignore

  it('has a cost at the exchange rates of the purchases, and none for cash, with the reason in words', async () => {
    const cost = await explain('valued_positions.positions[1].cost_base');
    expect(cost.calculation).toEqual([
      '100 × 98.31 × 1.17427 CAD per USD of 2007-01-04 + 80 × 123.46 × 1.06042 CAD per USD of 2010-07-06 + 60 × 194.40 × 0.994182 CAD per USD of 2012-10-22 = 33,613.94 CAD',
    ]);
    const cash = await explain('valued_positions.positions[3].cost_base');
    expect(cash.not_available).toMatchObject({ code: 'NOT_APPLICABLE' });
    expect(cash.recomputed).toEqual({ value: null, equal: true });
    const balance = await explain('valued_positions.positions[4].quantity');
    expect([balance.unit, balance.currency, balance.recomputed?.equal]).toEqual(['money', 'USD', true]);
    expect(balance.inputs.lists['transactions']?.count).toBeGreaterThan(20);
  });
});

describe('a return', () => {
  it('is the chain of its daily returns, with values, payments, prices and rates of every day', async () => {
    const told = await explain('perf_metrics.value');
    expect(told).toMatchObject({
      unit: 'fraction',
      period: { from: '2012-02-27', to: '2013-02-28', days: 367, observations: 252 },
      convention: { name: 'time-weighted return (GIPS)', flow_timing: 'end_of_day' },
      recomputed: { equal: true },
    });
    expect(told.calculation).toEqual([
      'Begin value 267,121.13 CAD on 2012-02-27; end value 251,642.55 CAD on 2013-02-28; net external flows −15,000.00 CAD in 1 flow',
      '2012-02-28: 267,988.22 ÷ 267,121.13 − 1 = 0.32 % (CAD)',
      '2012-04-03: (275,000.43 + 15,000.00) ÷ 289,392.00 − 1 = 0.21 % (CAD)',
      '2013-02-28: 251,642.55 ÷ 252,788.77 − 1 = −0.45 % (CAD)',
      '252 daily returns linked: (1 + 0.32 %)(1 − 0.18 %)…(1 − 0.45 %) − 1 = −0.66 %',
    ]);
    expect(told.inputs.flows).toEqual([
      {
        date: '2012-04-03', amount: '-15000', currency: 'CAD', base_amount: '-15000', rate: '1',
        rate_date: '2012-04-03', narration: 'Withdrawal for a car',
      },
    ]); // prettier-ignore
    expect(told.inputs.lists).toMatchObject({
      flows: { count: 1, more: 0, total: '-15000' },
      prices: { count: 759, more: 709 },
      days: { count: 253, more: 203 },
    });
    const chained = (await ask({ field: 'perf_metrics.value', all: 'true' })).body as unknown as Explanation;
    const returns = chained.inputs.days.flatMap((day) => (day.return === null ? [] : [day.return]));
    expect([returns.length, chained.inputs.prices.length]).toEqual([252, 759]);
    expect(returns.reduce((wealth, value) => wealth * (1 + value), 1) - 1).toBeCloseTo(told.value as number, 12);
  }); // prettier-ignore

  it('is not available for a year where the period is shorter, and says what to do', async () => {
    const told = await explain('perf_metrics.windows.1d.annualised');
    expect(told.not_available).toEqual({
      code: 'PERIOD_UNDER_ONE_YEAR',
      words: 'The period is shorter than a year; GIPS does not annualise such a return.',
      next: 'Read the return of the period itself, or ask over a year or more.',
    });
    expect(told).toMatchObject({ period: { from: '2013-02-27' }, recomputed: { value: null, equal: true } });
  });

  it('is what exchange rates did day by day: an element of a list', async () => {
    const told = await explain('currency_attr.by_currency[1].fx_return');
    expect(told.recomputed?.equal).toBe(true);
    expect(told.calculation).toEqual([
      '2012-02-28: 82.26 % of the portfolio in USD × change of CAD per USD from 1.00329 to 0.995689 (−0.76 %) = −0.62 %',
      '2012-09-14: 81.53 % of the portfolio in USD × change of CAD per USD from 0.97591 to 0.964338 (−1.19 %) = −0.97 %',
      '252 days, each scaled by its Carino factor, add up to 1.81 %',
    ]);
    expect(told.text[0]).toMatch(/^currency_attr\.by_currency\[1\]\.fx_return \(USD\) of portfolio_overview for Demo portfolio is 1\.81 %/);
    expect(told.inputs.fx.every(({ pair }) => pair === 'USD/CAD')).toBe(true);
  }); // prettier-ignore
});

describe('every figure of the overview', () => {
  it('can be explained, and where there is an explainer comes to the same from the evidence', async () => {
    const { figures: all } = await figures({ all: 'true' });
    expect(all.length).toBeGreaterThan(600);
    const wrong: unknown[] = [];
    for (const { field, value } of ofEachKind(all)) {
      const told = await explain(field);
      const hasExplainer = Object.hasOwn(explainers, told.step?.capability ?? '');
      const { recomputed, not_available } = told;
      const isWhole = (recomputed !== null) === hasExplainer && recomputed?.equal !== false;
      if (!isWhole || (value === null) !== (not_available !== null)) {
        wrong.push({ field, value, recomputed, not_available });
      }
      expect(told.text.length).toBeGreaterThan(1);
    }
    expect(wrong).toEqual([]);
  }, 180_000);

  it('has words for why it is missing', async () => {
    const rights = ['fundamentals_read'];
    const inputs = { security_id: '5ec00000-0000-4000-8000-0000000001b3' };
    const checklist = await run('buffett_checklist', { rights }, { inputs });
    const told = await explain('aggregate.overall', checklist);
    expect(told.not_available).toMatchObject({ code: 'KEY_MISSING', next: expect.any(String) as string });
    expect([told.recomputed, told.unit]).toEqual([null, 'score']);
  });
});

/** Of the rows of each list the first, the last and one between stand for the others. */
function ofEachKind(all: Figures['figures']): Figures['figures'] {
  const kinds = new Map<string, Figures['figures']>();
  for (const figure of all) {
    const kind = figure.field.replaceAll(/\[\d+\]/g, '[]');
    kinds.set(kind, [...(kinds.get(kind) ?? []), figure]);
  }
  return [...kinds.values()].flatMap((rows) => {
    return [...new Set([rows[0], rows[Math.floor(rows.length / 2)], rows.at(-1)])].filter(
      (row) => row !== undefined,
    );
  });
}

describe('GET /v1/executions/{id}/explain', () => {
  it('lists the figures below an object, and all without a field, long lists without their middle', async () => {
    const below = await figures({ field: 'valued_positions.positions[0]' });
    expect(below.figures).toContainEqual({
      field: 'valued_positions.positions[0].value', value: '95038.0024373524', not_available: null,
    }); // prettier-ignore
    const all = await figures();
    expect(all.figures.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['perf_metrics.value', 'historical_nav.points[0].value']),
    );
    expect(all.more).toBeGreaterThan(400);
    expect(all.figures).toContainEqual({ field: 'valued_positions.positions[3].cost_base', value: null, not_available: 'NOT_APPLICABLE' });
  }); // prettier-ignore

  it('names fields that were probably meant, and is for its owner alone', async () => {
    const typo = await ask({ field: 'perf_metrics.valu' });
    expect([typo.status, typo.body]).toEqual([
      404,
      expect.objectContaining({ code: 'FIELD_UNKNOWN', nearest: 'perf_metrics.value' }),
    ]);
    const elsewhere = await ask({ field: 'twr.value' });
    expect(elsewhere.body).toMatchObject({ nearest: 'perf_metrics.value' });
    const other = await ask({ field: 'perf_metrics.value' }, overview, { as: randomUUID() });
    expect([other.status, other.body['code']]).toEqual([404, 'EXECUTION_NOT_FOUND']);
    expect((await ask({ fields: 'x' })).status).toBe(400);
    const { headers } = await ask({ field: 'perf_metrics.days' });
    const again = { headers: { 'If-None-Match': headers.get('etag') ?? '' } };
    expect((await ask({ field: 'perf_metrics.days' }, overview, again)).status).toBe(304);
  });

  it('tells of a calculation by its arguments, and by the steps that they came from', async () => {
    const told = await explain('annualised.annualised', await run('annualised_return'));
    expect(told).toMatchObject({
      step: { capability: 'calc.annualise', agent: 'calculator' },
      convention: { name: '(1 + R)^(365/days) − 1' },
      inputs: { arguments: { days: 2249, total_return: expect.closeTo(1.06508746307, 10) as number } },
      recomputed: null,
    });
    expect(told.steps.map(({ path: step }) => step)).toEqual(['annualised', 'twr']);
    expect(told.text.join('\n')).toContain('They come from twr');
  });

  it('explains the earlier run where that was the answer', async () => {
    const remembering = { headers: { 'Cache-Control': 'max-age=0' } };
    const first = await run('annualised_return', remembering);
    const second = await run('annualised_return', remembering);
    expect(second.execution.cached).toBe(true);
    expect((await explain('twr.value', second)).execution_id).toBe(first.execution.id);
  });

  it('answers the example of the document', async () => {
    const told = await explain(example.field);
    const stable = (one: Explanation): object => ({
      ...one,
      execution_id: '',
      // Digests and versions change with the capabilities, the pack's hash with what packs hold.
      step: { ...one.step, version: '', summary: '' },
      pack: { ...one.pack, sha256: '' },
      steps: one.steps.map(({ path: step, capability }) => [step, capability]),
      text: [],
    });
    expect(stable(told)).toEqual(stable(example));
  });
});

describe('dawsos explain', () => {
  const dawsos = (...args: string[]): Promise<CliResult> =>
    runCli(['explain', ...args], {
      env: { DAWSOS_URL: stack.url, DAWSOS_TOKEN: token, DATA_DIR: folder },
    });
  const id = (): string => overview.execution.id;

  it('prints the paragraphs, the calculation, and the evidence in tables', async () => {
    const { code, stdout, stderr } = await dawsos(id(), 'valued_positions.positions[0].value');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^valued_positions\.positions\[0\]\.value \(AAPL\) of portfolio_overview/);
    expect(stdout).toMatch(/^Computed again from this evidence, it comes to the same figure\.$/m);
    expect(stdout).toMatch(/^ {2}2013-02-28 {2}USD\/CAD .* cross {2}EUR\/CAD 1\.3461, EUR\/USD 1\.3129/m);
    expect(stdout).toMatch(/^ {2}valued_positions +portfolio\.get_valued_positions@\d+ +financial_analyst {2}success {2}pricing_pack:/m);
  }); // prettier-ignore

  it('cuts long lists unless all is asked for', async () => {
    const cut = await dawsos(id(), 'perf_metrics.value');
    expect(cut.stdout).toMatch(/^Prices \(759\)$[\s\S]*… 749 more/m);
    const all = await dawsos(id(), 'perf_metrics.value', '--all');
    expect(all.stdout).not.toContain('more');
    expect(all.stdout.split('\n').length).toBeGreaterThan(759);
  });

  it('lists what can be asked without a field, and answers as JSON what the API does', async () => {
    const { stdout } = await dawsos(id());
    expect(stdout).toMatch(/^ {2}perf_metrics\.value +-0\.006561$/m);
    expect(stdout).toMatch(
      /^ {2}valued_positions\.positions\[3\]\.cost_base +not available \(NOT_APPLICABLE\)$/m,
    );
    expect(stdout).toMatch(/… \d+ more \(--all\)/);
    const json = await dawsos(id(), 'perf_metrics.value', '--json');
    expect(JSON.parse(json.stdout)).toEqual((await ask({ field: 'perf_metrics.value' })).body);
  });

  it('ends with the code of what is not there, and with what to do', async () => {
    const typo = await dawsos(id(), 'perf_metrics.valu');
    expect([typo.code, typo.stderr]).toEqual([
      5,
      expect.stringMatching(/Did you mean "perf_metrics\.value"\?\n {2}next: /),
    ]);
    const none = await dawsos(randomUUID(), 'perf_metrics.value');
    expect([none.code, none.stderr]).toEqual([5, expect.stringContaining('EXECUTION_NOT_FOUND')]);
  });
});

it('stands on the pack of its run when that has been corrected, and says so', async () => {
  const file = path.join(folder, 'corrections.csv');
  writeFileSync(file, 'date,what,value\n2013-02-28,AAPL,450.00\n');
  const corrected = await runCli(['correct', file, '--reason', 'a late correction of the exchange'], {
    env: { DATABASE_OWNER_URL: stack.ownerUrl, DATA_DIR: folder },
  });
  expect([corrected.code, corrected.stderr]).toEqual([0, '']);
  const old = await explain('valued_positions.positions[0].value');
  expect(old).toMatchObject({
    pack: { id: 'PP_2013-02-28', superseded_by: 'PP_2013-02-28_C1' },
    recomputed: { value: '95038.0024373524', equal: true },
    inputs: { prices: [{ close: '441.4' }] },
  });
  expect(old.text.join('\n')).toContain('The pack has been corrected since by PP_2013-02-28_C1.');
  const fresh = await explain('valued_positions.positions[0].price', await run('portfolio_overview'));
  expect(fresh).toMatchObject({
    value: '450',
    pack: { id: 'PP_2013-02-28_C1' },
    recomputed: { equal: true },
  });
});
