import { pureCalls } from '../cli/pure-calls';
import { aliases, catalogue } from '../capabilities';
import { signaturesOf } from '../pattern/signatures';
import { mishapText } from './report';
import { runPatternTests } from './run-tests';

const closed = { type: 'object', properties: {}, additionalProperties: false };
const policy = {
  startToCloseTimeout: '10s',
  maximumAttempts: 3,
  initialInterval: '1s',
  backoffCoefficient: 2,
  maximumInterval: '5s',
};
const entry = (name: string, properties: object, effect: 'none' | 'write' = 'none') => ({
  ...{ name, agent: 'shop', version: '1', effect, policy, displayTtlSeconds: null, errors: ['SOLD_OUT'] },
  args: { ...closed, properties, required: Object.keys(properties) },
  result: {
    type: 'object',
    properties: { n: { type: 'integer' } },
    required: ['n'],
    additionalProperties: false,
  },
  source: 'external' as const,
});
const signatures = signaturesOf(
  {
    ...catalogue,
    'shop.count': entry('shop.count', { shelf: { type: 'string' } }),
    'shop.buy': entry('shop.buy', { n: { type: 'integer', maximum: 5 } }, 'write'),
    'shop.return': entry('shop.return', { n: { anyOf: [{ type: 'integer' }, { type: 'null' }] } }, 'write'),
    'shop.guess': { ...entry('shop.guess', {}), pure: true },
  },
  [...aliases, { name: 'shop.number', alias_of: 'shop.count' }],
);
const realCalls = pureCalls();
const count = { capability: 'shop.count', args: { shelf: '{{inputs.shelf}}' } };
const annualised = {
  capability: 'calc.annualise',
  args: { total_return: '0.21', days: 365 },
  as: 'annualised',
};
const shop = {
  id: 'shop',
  name: 'Shop',
  inputs: { shelf: { type: 'string', default: 'top' } },
  steps: [count],
  outputs: { n: '{{state.count.n}}' },
};
const three = { 'shop.count': { result: { n: 3 } } };

/** What is said of one test of a pattern; nothing when it passes. */
async function said(test: object, pattern: object = {}): Promise<string[]> {
  const source = { ...shop, ...pattern, tests: [{ name: 't', expect: {}, ...test }] };
  const files = [{ path: 'shop.json', source }];
  const [suite] = await runPatternTests({ files, signatures, realCalls });
  return suite?.tests.flatMap(({ mishaps }) => mishaps.map((mishap) => mishapText(mishap))) ?? [];
}

describe('a test of a pattern', () => {
  it.each<[string, object, object]>([
    ['expects success when it expects nothing', {}, { mocks: three }],
    ['takes a rule under a second name of the capability', {}, { mocks: { 'shop.number': { result: { n: 3 } } }, expect: { calls: { 'shop.number': 1 } } }],
    ['gives the pattern its inputs, with defaults', {}, { mocks: three, expect: { calls: { 'shop.count': [{ shelf: 'top' }] } } }],
    ['runs what is pure and needs nothing for real', { steps: [annualised], outputs: ['annualised'], inputs: {} }, { expect: { outputs: { annualised: { annualised: 0.21, convention: '(1 + R)^(365/days) − 1', reasons: {} } } } }],
    ['answers by the first rule that fits and is not used up', { steps: [{ map: { in: ['a', 'b', 'b', 'a'], do: { ...count, args: { shelf: '{{item}}' } }, concurrency: 1 }, as: 'all' }], outputs: ['all'], inputs: {} },
      { mocks: { 'shop.count': [{ args: { shelf: 'b' }, times: 1, result: { n: 1 } }, { args: { shelf: 'b' }, result: { n: 2 } }, { result: { n: 0 } }] }, expect: { outputs: { all: [{ n: 0 }, { n: 1 }, { n: 2 }, { n: 0 }] } } }],
    ['counts every attempt as a call, on a clock that costs no time', {}, { mocks: { 'shop.count': { error: { code: 'PROVIDER_UNAVAILABLE' } } }, expect: { status: 'failed', attempts: { count: 3 }, calls: { 'shop.count': 3 }, elapsed: 'PT3S' } }],
    ['does not repeat an agent’s own failure unless told so', {}, { mocks: { 'shop.count': { error: { code: 'SOLD_OUT', message: 'none left', details: { shelf: 1 } } } }, expect: { error: { code: 'SOLD_OUT', step: 'count', message_contains: 'none' }, attempts: { count: 1 } } }],
    ['repeats it when told so', {}, { mocks: { 'shop.count': { error: { code: 'SOLD_OUT', retryable: true } } }, expect: { status: 'failed', attempts: { count: 3 } } }],
    ['gives a step of a patient run up after a day, not after a week', { steps: [{ wait: { for: 'PT1S' }, as: 'w' }, { ...count, retry: { initial_interval: 'PT1H', backoff_coefficient: 1, maximum_interval: 'PT1H' } }] }, { mocks: { 'shop.count': { error: { code: 'PROVIDER_UNAVAILABLE' } } }, expect: { status: 'failed', error: { code: 'PROVIDER_UNAVAILABLE', step: 'count' }, attempts: { count: 25 }, elapsed: 'PT24H1S' } }],
    ['refuses arguments as the agent would', { steps: [count, { capability: 'shop.buy', args: { n: '{{state.count.n}}' } }] }, { mocks: { 'shop.count': { result: { n: 7 } }, 'shop.buy': { result: { n: 7 } } }, expect: { error: { code: 'ARGS_INVALID', step: 'buy', message_contains: 'must be <= 5' } } }],
    ['gives the context’s members over fixed ones', { outputs: { day: '{{ctx.asof_date}}', pack: '{{ctx.pricing_pack_id}}', n: '{{state.count.n}}' } }, { mocks: three, ctx: { asof_date: '2020-02-29' }, expect: { outputs: { day: '2020-02-29', pack: 'PP_2026-01-30' } } }],
    ['looks at a run that waits', { steps: [count, { approval: { title: 'Buy?' }, as: 'ok' }, { capability: 'shop.buy', args: { n: '{{state.count.n}}' } }] }, { mocks: three, expect: { status: 'waiting', steps: { count: 'success', buy: 'not_run' }, elapsed: 'PT0S' } }],
    ['knows the problems that check must find', { outputs: ['cuont'] }, { expect: { problems: [{ code: 'REFERENCE_UNRESOLVED', contains: 'cuont' }] } }],
  ])('%s', async (_title, pattern, test) => {
    expect(await said(test, pattern)).toEqual([]);
  }); // prettier-ignore

  it.each<[string, string, object, object?]>([
    ['a run that fails', 'expect.status: the run failed: SOLD_OUT at "count", mocked SOLD_OUT\n  expected "succeeded"\n  received "failed"', { mocks: { 'shop.count': { error: { code: 'SOLD_OUT' } } } }],
    ['another output', 'expect.outputs.n: another value\n  expected 4\n  received 3', { mocks: three, expect: { outputs: { n: 4 } } }],
    ['another status of a step', 'expect.steps.count: it is success\n  expected "skipped"\n  received "success"', { mocks: three, expect: { steps: { count: 'skipped' } } }],
    ['another number of attempts', 'expect.attempts.count: it is success\n  expected 2\n  received 1', { mocks: three, expect: { attempts: { count: 2 } } }],
    ['another number of calls', 'expect.calls.shop.count: called as often as this\n  expected 2\n  received 1', { mocks: three, expect: { calls: { 'shop.count': 2 } } }],
    ['another elapsed time', 'expect.elapsed: it took another time\n  expected "PT1M"\n  received "PT1H0.5S"', { mocks: { 'shop.count': { delay: 'PT0.5S', result: { n: 1 } } }, expect: { elapsed: 'PT1M' } }, { steps: [count, { wait: { for: 'PT1H' }, as: 'w' }] }],
    ['another error', 'expect.error.code: another code: mocked SOLD_OUT\n  expected "DATA_MISSING"\n  received "SOLD_OUT"', { mocks: { 'shop.count': { error: { code: 'SOLD_OUT' } } }, expect: { error: { code: 'DATA_MISSING' } } }],
    ['no error where one is expected', 'expect.error: nothing failed\n  expected {"code":"DATA_MISSING"}\n  received null', { mocks: three, expect: { error: { code: 'DATA_MISSING' } } }],
    ['an undo that did not happen', 'expect.compensations: nothing was undone', { mocks: three, expect: { compensations: ['count'] } }],
    ['steps that overlap', 'expect.order.0: "b" started before "a" had ended', { mocks: three, expect: { order: [['a', 'b']] } }, { steps: [{ ...count, as: 'a' }, { ...count, as: 'b' }], outputs: ['a', 'b'] }],
    ['steps that do not overlap', 'expect.overlap.0: "a" had ended before "b" started', { mocks: three, expect: { overlap: [['b', 'a']] } }, { steps: [{ ...count, as: 'a' }, { ...count, as: 'b', after: 'a' }], outputs: ['a', 'b'] }],
    ['a step that never started', 'expect.order.0: "b" did not run', { mocks: { 'shop.count': { error: { code: 'SOLD_OUT' } } }, expect: { status: 'failed', order: [['a', 'b']] } }, { steps: [{ ...count, as: 'a' }, { ...count, as: 'b', after: 'a' }], outputs: ['a', 'b'] }],
    ['an item that there is not', 'expect.steps.m.1: there is no step at "m.1" (did you mean m.0?)', { mocks: three, expect: { steps: { 'm.1': 'success' } } }, { steps: [{ map: { in: [1], do: count }, as: 'm' }], outputs: ['m'] }],
    ['a problem that check does not find', 'expect.problems: check finds nothing wrong with the pattern', { expect: { problems: [{ code: 'UNUSED' }] } }],
    ['a capability that has an effect and no mock', 'mocks.shop.buy: shop.buy, which "buy" calls, is not pure: mock it\n  received {"n":1}', {}, { steps: [{ capability: 'shop.buy', args: { n: 1 } }], outputs: ['buy'], inputs: {} }],
    ['a pure one of another project without a mock', 'mocks.shop.guess: no agent here answers shop.guess, which "guess" calls: mock it', {}, { steps: [{ capability: 'shop.guess' }], outputs: ['guess'], inputs: {} }],
    ['a pure one that needs the database', 'mocks.ledger.positions: ledger.positions, which "positions" calls, needs a database, which a test has not: mock it', {}, { steps: [{ capability: 'ledger.positions', args: { portfolio_id: '11111111-1111-4111-8111-111111111111' } }], outputs: ['positions'], inputs: {} }],
    ['rules of which none fits', 'mocks.shop.count: no rule fits the call at "count", or those that do are used up\n  received {"shelf":"top"}', { mocks: { 'shop.count': { args: { shelf: 'low' }, result: { n: 1 } } } }],
    ['a mock that is no result', 'mocks.shop.count.result.n: RESULT_INVALID: shop.count never gives this: must be integer', { mocks: { 'shop.count': { result: { n: 'x' } } } }],
    ['a name that there is not', 'expect.steps.cuont: TEST_INVALID: there is no step at "cuont" (did you mean count?)', { mocks: three, expect: { steps: { cuont: 'success' } } }],
    ['an input of another type', 'inputs.shelf: TEST_INVALID: must be string', { mocks: three, inputs: { shelf: 5 } }],
    ['an answer of the one who asked', 'answers.ok.by: whoever started the run may not answer', { mocks: three, answers: { ok: { by: '00000000-0000-4000-8000-000000000001' } } }, { steps: [count, { approval: { title: 'Buy?', rights: ['buy'], not_starter: true }, as: 'ok' }] }],
    ['a pattern that has problems', 'check: the pattern has problems\nREFERENCE_UNRESOLVED at /outputs/n', { mocks: three }, { outputs: { n: '{{state.cuont.n}}' } }],
    ['a member that a test has not', 'expects: PATTERN_INVALID: unknown member "expects" (did you mean expect?)', { expects: {} }],
  ])('says of %s what is wrong', async (_title, text, test, pattern = {}) => {
    expect((await said(test, pattern))[0]).toContain(text);
  }); // prettier-ignore

  it('shows the arguments of calls beside those expected, and of them no others', async () => {
    const [text] = await said({ mocks: three, expect: { calls: { 'shop.count': [{ shelf: 'low' }] } } });
    expect(text).toMatchInlineSnapshot(`
     "expect.calls.shop.count: called with other arguments
       - Expected
       + Received

         [
           {
       -     "shelf": "low"
       +     "shelf": "top"
           }
         ]"
    `);
  });

  it('sees the attempts, the order and the undo of steps in a sub-pattern by their whole paths', async () => {
    const buy = (name: string) => ({
      ...{ capability: 'shop.buy', args: { n: 1 }, as: name },
      compensate: { capability: 'shop.return', args: { n: `{{state.${name}.n}}` } },
    });
    const part = { id: 'part', name: 'Part', steps: [buy('a'), buy('b')], outputs: ['a'] };
    const whole = {
      ...{ id: 'whole', name: 'Whole', outputs: ['part'] },
      steps: [
        { pattern: 'part', as: 'part' },
        { assert: '1 > 2', as: 'never' },
      ],
      tests: [
        {
          name: 't',
          mocks: {
            'shop.buy': [{ times: 1, error: { code: 'PROVIDER_UNAVAILABLE' } }, { result: { n: 7 } }],
            'shop.return': { result: { n: 0 } },
          },
          expect: {
            error: { code: 'ASSERTION_FAILED', step: 'never' },
            attempts: { 'part.a': 2 },
            order: [['part.a', 'part.b']],
            compensations: ['part.b', 'part.a'],
            steps: { 'part.a': 'compensated' },
          },
        },
      ],
    };
    const [suite] = await runPatternTests({
      files: [{ path: 'whole.json', source: whole }],
      others: [{ path: 'part.json', source: part }],
      signatures,
      realCalls: new Map(),
    });
    expect(suite?.tests).toMatchObject([{ passed: true, mishaps: [] }]);
  });

  it('is not run when a pattern that its own runs has problems', async () => {
    const files = [{ path: 'w.json', source: { ...shop, steps: [{ pattern: 'part', as: 'p' }], outputs: ['p'], inputs: {}, tests: [{ name: 't', expect: {} }] } }]; // prettier-ignore
    const others = [
      { path: 'p.json', source: { id: 'part', name: 'Part', steps: [count], outputs: ['count'] } },
    ];
    const [suite] = await runPatternTests({ files, others, signatures, realCalls: new Map() });
    expect(suite?.tests[0]?.mishaps[0]?.message).toContain('runs the pattern "part", which has problems');
  });

  it('ends the run of tests when it fails, if so wanted', async () => {
    const bad = { name: 'a', mocks: three, expect: { outputs: { n: 0 } } };
    const files = [{ path: 'shop.json', source: { ...shop, tests: [bad, { ...bad, name: 'b' }] } }];
    const [suite] = await runPatternTests({ files, signatures, realCalls: new Map(), bail: true });
    expect(suite?.tests.map(({ name }) => name)).toEqual(['a']);
  });
});
