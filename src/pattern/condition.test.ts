import { evaluateCondition, parseCondition } from './condition';
import type { Scope } from './reference';

const scope: Scope = {
  ctx: { base_currency: 'CAD', rights: ['a'] },
  inputs: { n: 3, half: 0.5, text: 'x' },
  state: Object.assign(Object.create(null) as Record<string, unknown>, {
    list: { items: [1, 2, 3], label: 'l', nothing: null },
    skipped: null,
  }),
  steps: { list: { status: 'success' }, skipped: { status: 'skipped' } },
  missing: new Set(['skipped']),
};
const evaluate = (expression: string): boolean => evaluateCondition(parseCondition(expression), scope).value;

describe('conditions', () => {
  it.each([
    ['state.list.items.length > 0', true],
    ['size(state.list.items) == 3', true],
    ['{{state.list.items}}.length === 3', true],
    ['{{list.items}}.length > 3', false],
    ['inputs.n !== 3', false],
    ['inputs.n + 1 > 3.5 && inputs.half * 2 == 1', true],
    ['size(state.list.items) + 0.5 > 3', true],
    ['ctx.base_currency == "CAD" || inputs.text == "y"', true],
    ['state.list.nothing == null', true],
    ['steps.skipped.status == "skipped"', true],
    ['state.list.items.exists(i, i > 2)', true],
    ['state.list.items.map(i, i * 2.0).all(j, j < 7)', true],
    ['"a" in ctx.rights', true],
    ['state.list.items[0] == 1 ? true : false', true],
  ])('%s is %s', (expression, expected) => {
    expect(evaluate(expression)).toBe(expected);
  });

  it('see null for a missing value and for every path below it', () => {
    expect(evaluate('state.skipped == null')).toBe(true);
    expect(evaluate('state.skipped.a.b == null')).toBe(true);
    expect(evaluate('state.skipped != null && state.skipped.a > 1')).toBe(false);
    expect(evaluate('inputs.not_given == null')).toBe(true);
  });

  it('record their operands, lists by size', () => {
    expect(evaluateCondition(parseCondition('state.list.items.length > inputs.n'), scope).operands).toEqual({
      'state.list.items': { size: 3 },
      'inputs.n': 3,
    });
  });

  it.each([
    ['state.list.items ==', 'CONDITION_INVALID'],
    ['1 + 1', 'CONDITION_INVALID'],
    ['inputs.text.matches("(a+)+$")', 'CONDITION_INVALID'],
    ['positions.length > 0', 'CONDITION_INVALID'],
    ['state.__proto__ == null', 'REFERENCE_UNRESOLVED'],
    [`${'('.repeat(40)}true${')'.repeat(40)}`, 'LIMIT_EXCEEDED'],
    [`inputs.text == "${'x'.repeat(2000)}"`, 'LIMIT_EXCEEDED'],
    ['inputs.l.all(a, inputs.l.all(b, inputs.l.all(c, true)))', 'LIMIT_EXCEEDED'],
  ])('are refused when read: %s', (expression, code) => {
    expect(() => parseCondition(expression)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it.each(['state.list.label > 3', 'state.list.absent == 1', 'state.list.items', 'state.list.label'])(
    'that cannot be evaluated are errors, never false: %s',
    (expression) => {
      expect(() => evaluate(expression)).toThrow(
        expect.objectContaining({ code: 'CONDITION_INVALID' }) as Error,
      );
    },
  );
});
