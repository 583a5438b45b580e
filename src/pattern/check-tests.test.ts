import { checkContext, listed, soundPattern } from '../../tests/support/check-catalogue';
import { checkPattern } from './check';

const id = '00000000-0000-4000-8000-000000000001';
const text = (template: string) => ({ capability: 'text.write', args: { text: template } });
const form = { type: 'object', properties: { why: { type: 'string' } }, required: ['why'] };
const held = { positions: [], total: '1', owner: null, count: 0, asof: '2026-01-31' };
const pattern = {
  ...soundPattern,
  steps: [
    { ...listed, fallback: { ...listed, as: 'older' } },
    { steps: [{ ...text('x'), as: 'inner' }], outputs: ['inner'], as: 'group' },
    { map: { in: '{{state.listed.positions}}', do: { steps: [{ ...text('y'), as: 'one' }], outputs: '{{state.one}}' } }, as: 'rows' },
    { pattern: 'wraps', args: { id: '{{inputs.id}}' }, as: 'sub' },
    { approval: { title: 'Go?', form }, as: 'asked' },
    {
      capability: 'order.place',
      args: { symbol: 'A' },
      as: 'placed',
      compensate: { capability: 'order.cancel', args: { order_id: '1' } },
    },
  ],
  outputs: ['listed', 'group', 'rows', 'sub'],
}; // prettier-ignore

const sound = {
  name: 't',
  inputs: { id },
  ctx: { asof_date: '2026-01-31' },
  mocks: {
    'ledger.positions': [{ times: 1, error: { code: 'LEDGER_LOCKED' } }, { result: held }],
    'order.place': { args: { symbol: 'A' }, result: { order_id: '7' } },
    'order.cancel': { result: {} },
  },
  answers: { asked: { by: 'ann', data: { why: 'it is time' } } },
  expect: {
    status: 'succeeded',
    outputs: { listed: held },
    steps: {
      'group.inner': 'success',
      'rows.0.one': 'success',
      'rows.1': 'skipped',
      'sub.inner.listed': 'success',
      'listed:fallback': 'success',
    },
    attempts: { listed: 2 },
    calls: { 'order.place': [{ symbol: 'A' }], 'text.write': 0 },
    call_order: ['ledger.positions', 'order.place'],
    order: [['listed', 'rows']],
    overlap: [['group', 'rows']],
    compensations: ['placed', 'placed:undo'],
    error: { code: 'NO_STOCK', step: 'placed' },
  },
};

function found(...tests: object[]): string[] {
  const { problems, warnings } = checkPattern({ ...pattern, tests }, checkContext);
  return [...problems, ...warnings].map(({ code, pointer, suggestion }) =>
    [code, pointer, ...(suggestion === undefined ? [] : [`(${suggestion})`])].join(' '),
  );
}

const expecting = (expect: object) => ({ ...sound, expect });
const mocking = (mocks: object) => ({ ...sound, mocks });

describe('a test of a pattern', () => {
  it('is sound when all that it names is there', () => {
    expect(found(sound)).toEqual([]);
  });

  it.each<[string, object, ...string[]]>([
    ['gives no input that is none', { ...sound, inputs: { id, idd: 1 } }, 'TEST_INVALID /tests/0/inputs/idd'],
    ['gives the inputs that are required', { ...sound, inputs: {} }, 'TEST_INVALID /tests/0/inputs/id'],
    ['gives inputs that fit', { ...sound, inputs: { id: 'x' } }, 'TEST_INVALID /tests/0/inputs/id'],
    ['gives members of the context', { ...sound, ctx: { asof: '2026-01-31' } }, 'TEST_INVALID /tests/0/ctx/asof'],
    ['gives members that fit', { ...sound, ctx: { asof_date: 'today' } }, 'TEST_INVALID /tests/0/ctx/asof_date'],
    ['mocks what there is', mocking({ 'ledger.postions': { result: held } }), 'TEST_INVALID /tests/0/mocks/ledger.postions (did you mean ledger.positions?)'],
    ['mocks what is called', mocking({ 'time.read': { result: { at: '2026-01-31T09:00:00Z' } } }), 'UNUSED /tests/0/mocks/time.read'],
    ['mocks results that can be', mocking({ 'ledger.positions': [{ result: { ...held, total: 1 } }] }), 'RESULT_INVALID /tests/0/mocks/ledger.positions/0/result/total'],
    ['mocks no null', mocking({ 'ledger.positions': { result: null } }), 'RESULT_INVALID /tests/0/mocks/ledger.positions/result'],
    ['mocks a result or an error', mocking({ 'ledger.positions': { times: 1 } }), 'TEST_INVALID /tests/0/mocks/ledger.positions'],
    ['mocks errors that there are', mocking({ 'order.place': { error: { code: 'LEDGER_LOCKED' } } }), 'ERROR_CODE_UNKNOWN /tests/0/mocks/order.place/error/code'],
    ['mocks arguments that there are', mocking({ 'order.place': { args: { symbl: 'A' }, result: { order_id: '1' } } }), 'TEST_INVALID /tests/0/mocks/order.place/args/symbl (did you mean symbol?)'],
    ['answers approvals', { ...sound, answers: { askd: { by: 'ann' } } }, 'TEST_INVALID /tests/0/answers/askd (did you mean asked?)'],
    ['answers approvals alone', { ...sound, answers: { group: { by: 'ann' } } }, 'TEST_INVALID /tests/0/answers/group'],
    ['answers what the form asks', { ...sound, answers: { asked: { by: 'ann', data: {} } } }, 'TEST_INVALID /tests/0/answers/asked/data/why'],
    ['may refuse without an answer', { ...sound, answers: { asked: { by: 'ann', decision: 'reject' } } }],
    ['expects outputs that there are', expecting({ outputs: { lsted: 1 } }), 'TEST_INVALID /tests/0/expect/outputs/lsted (did you mean listed?)'],
    ['expects steps that there are', expecting({ steps: { 'group.iner': 'success' } }), 'TEST_INVALID /tests/0/expect/steps/group.iner (did you mean group.inner?)'],
    ['expects items by their place', expecting({ steps: { 'rows.one': 'success' } }), 'TEST_INVALID /tests/0/expect/steps/rows.one'],
    ['expects no handler that is none', expecting({ steps: { 'group:fallback': 'success', 'listed:on_error.0': 'success' } }), 'TEST_INVALID /tests/0/expect/steps/group:fallback', 'TEST_INVALID /tests/0/expect/steps/listed:on_error.0'],
    ['expects statuses that there are', expecting({ steps: { listed: 'sucess' } }), 'TEST_INVALID /tests/0/expect/steps/listed (did you mean success?)'],
    ['expects calls of what there is', expecting({ calls: { 'order.plac': 1 } }), 'TEST_INVALID /tests/0/expect/calls/order.plac (did you mean order.place?)'],
    ['expects calls with arguments that there are', expecting({ calls: { 'order.place': [{ sym: 1 }] } }), 'TEST_INVALID /tests/0/expect/calls/order.place/0/sym'],
    ['expects an order of what there is', expecting({ order: [['listed', 'rws']], attempts: { x: 1 }, compensations: ['group:undo'] }), 'TEST_INVALID /tests/0/expect/attempts/x', 'TEST_INVALID /tests/0/expect/order/0/1 (did you mean rows?)', 'TEST_INVALID /tests/0/expect/compensations/0'],
    ['expects errors that there are', expecting({ error: { code: 'NO_STOK', step: 'nobody' } }), 'TEST_INVALID /tests/0/expect/error/step', 'TEST_INVALID /tests/0/expect/error/code'],
    ['that expects problems is left alone', { ...expecting({ problems: [{ code: 'LIMIT_EXCEEDED' }] }), inputs: {} }],
    ['has a shape', { name: 't', inputs: { id }, expect: { stauts: 'failed' } }, 'PATTERN_INVALID /tests/0/expect/stauts (did you mean status?)'],
  ])('%s', (_title, test, ...expected) => {
    expect(found(test)).toEqual(expected);
  }); // prettier-ignore

  it('has a name of its own', () => {
    expect(found(sound, sound)).toEqual(['TEST_INVALID /tests/1/name']);
  });
});
