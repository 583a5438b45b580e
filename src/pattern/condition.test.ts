import { evaluateCondition, parseCondition } from './condition';
import { openFrame, type Scope } from './scope';

const frame = openFrame(openFrame(null), { item: { weight: 0.7 }, index: 3, last: null });
const ended = { missing: false, error: null, attempts: 1, status: 'success' } as const;
const refusal = { code: 'ASSERTION_FAILED', message: 'm', step: 'failed', attempts: 1, details: null };
frame.parent?.ended.set('list', { ...ended, value: { items: [1, 2, 3], label: 'l', nothing: null, at: 1 } });
frame.ended.set('skipped', { status: 'skipped', value: null, missing: true, error: null, attempts: 0 });
frame.ended.set('failed', { ...ended, status: 'degraded', value: null, missing: true, error: refusal });
const scope: Scope = {
  ctx: { base_currency: 'CAD', rights: ['a'] },
  inputs: { n: 3, half: 0.5, text: 'x' },
  frame,
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
    ['state.list.items[state.list.at] == 2', true],
    ['state.list.at % 2 == 1', true],
    ['steps.list.error == null && steps.list.attempts == 1', true],
    ['steps.failed.error != null && steps.failed.error.code == "ASSERTION_FAILED"', true],
    ['steps.list.error != null && steps.list.error.code == "X"', false],
    ['steps.list.error.code == null', true],
    ['last == null || last.done', true],
    ['index >= 3 && item.weight > 0.5', true],
    ['has(inputs.not_given) || has(state.skipped) || has(state.list.other)', false],
    ['has(inputs.n) && has(state.list.nothing) && has(item.weight)', true],
    ["inputs.text == 'a === {x'", false],
    ["'{{inputs.text}}' == 'x'", true],
    ['{{state.list.items.0}} == 1', true],
    ['{{list.items.2}} == 3', true],
    ['false && state.list.absent', false],
    ['state.list.absent || true', true],
    ['inputs.n == "3"', false],
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
    ['size(state) > 0', 'CONDITION_INVALID'],
    ['1 < 2 == 2 < 3', 'CONDITION_INVALID'],
    ['inputs.text == "pre {{inputs.text}}"', 'CONDITION_INVALID'],
    ['timestamp("2026-01-01T00:00:00Z") > timestamp(inputs.text)', 'CONDITION_INVALID'],
    ['size(inputs.text, 1) > 0', 'CONDITION_INVALID'],
    ['contains(inputs.text, "x")', 'CONDITION_INVALID'],
    ['lenght(inputs.text) > 0', 'CONDITION_INVALID'],
    ['true ? 1 : false', 'CONDITION_INVALID'],
    ['state.__proto__ == null', 'REFERENCE_UNRESOLVED'],
    [`${'('.repeat(40)}true${')'.repeat(40)}`, 'LIMIT_EXCEEDED'],
    [`inputs.text == "${'x'.repeat(2000)}"`, 'LIMIT_EXCEEDED'],
    ['inputs.l.all(a, inputs.l.all(b, inputs.l.all(c, true)))', 'LIMIT_EXCEEDED'],
  ])('are refused when read: %s', (expression, code) => {
    expect(() => parseCondition(expression)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('name what to write for a name that is no root', () => {
    expect(() => parseCondition('positions.length > 0')).toThrow(
      expect.objectContaining({ details: { unknown: 'positions', suggestion: 'state.positions' } }) as Error,
    );
  });

  it('say which values are missing when they fail', () => {
    expect(() => evaluate('state.skipped.a > 1')).toThrow(
      /null > a number is not defined \(missing, so null: skipped\)/,
    );
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
