import { DecimalString } from '../contract/scalars';
import { checkExpression } from './expression-types';
import type { JsonSchema } from './signatures';
import { schemaAt } from './types';

const amount: JsonSchema = { type: 'string', pattern: String(DecimalString.pattern) };
const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const object = (properties: Record<string, JsonSchema>): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
});
const position = object({ symbol: { type: 'string' }, value: amount, weight: nullable({ type: 'number' }) });
const state = object({
  valued: object({
    total_value: amount,
    cash: nullable(amount),
    positions: { type: 'array', items: position },
    base: { type: 'string', enum: ['CAD', 'USD'] },
    days: { type: 'integer' },
    fresh: { type: 'boolean' },
    open: { type: 'object' },
    amounts: { type: 'array', items: amount },
  }),
}); // prettier-ignore

const check = (source: string, expected: 'bool' | 'any' = 'any') =>
  checkExpression(
    source,
    (reference) => {
      if (reference.root !== 'state') return null;
      const found = schemaAt(state, reference.path);
      return 'schema' in found ? found.schema : 'unknown' in found ? null : undefined;
    },
    expected,
  );

describe('types of expressions', () => {
  it.each([
    ['state.valued.total_value > 10000', 'decimal(state.valued.total_value) > decimal(10000)'],
    ['state.valued.total_value == "9.50"', 'decimal(state.valued.total_value) == decimal("9.50")'],
    ['state.valued.total_value != state.valued.cash', 'decimal(state.valued.total_value) != decimal(state.valued.cash)'],
    ['decimal(state.valued.cash) < state.valued.total_value', 'decimal(state.valued.cash) < decimal(state.valued.total_value)'],
    ['(state.valued.total_value + state.valued.cash) * 2 > 5', '(decimal(state.valued.total_value) + decimal(state.valued.cash)) * decimal(2) > decimal(5)'],
    ['state.valued.total_value * 2', 'decimal(state.valued.total_value) * decimal(2)'],
    ['decimal("1.5") > 1', 'decimal("1.5") > decimal(1)'],
    ['decimal("1.5") + inputs.n', 'decimal("1.5") + decimal(inputs.n)'],
    ['-state.valued.cash', '-decimal(state.valued.cash)'],
    ['abs(state.valued.cash)', 'abs(decimal(state.valued.cash))'],
    ['round(state.valued.cash, 2)', 'round(decimal(state.valued.cash), 2)'],
    ['min(state.valued.cash, 3)', 'min(decimal(state.valued.cash), decimal(3))'],
    ['max(state.valued.amounts)', 'max(state.valued.amounts.map(x, decimal(x)))'],
    ['min(state.valued.positions.map(p, p.value))', 'min(state.valued.positions.map(p, p.value).map(x, decimal(x)))'],
    ['state.valued.positions.exists(p, p.value > 5)', 'decimal(p.value) > decimal(5)'],
    ['state.valued.cash in ["1.0"]', '["1.0"].exists(v, decimal(v) == decimal(state.valued.cash))'],
    ['state.valued.base == "CAAD"', '"CAD"'],
    ['state.valued.positions.map(p, p.symbl)', 'p.symbol'],
    ['state.valued.positions[0].symbol > 5', 'double(state.valued.positions[0].symbol) > 5'],
    ['"days: " + state.valued.days', '"days: " + string(state.valued.days)'],
    ['positions.length', 'state.positions'],
  ])('say of %s: write %s', (source, suggestion) => {
    const message = expect.any(String) as string;
    expect(check(source).problems).toEqual([expect.objectContaining({ code: 'CONDITION_INVALID', message, suggestion })]);
  }); // prettier-ignore

  it.each([
    ['state.valued.days', 'bool', 'it is a number, not true or false'],
    ['state.valued.positions', 'bool', 'it is a list, not true or false'],
    ['state.valued.fresh ? 1 : "a"', 'bool', 'it is a number or a text, not true or false'],
    ['state.valued.days && true', 'bool', 'it is a number, not true or false'],
    ['state.valued.days == "3"', 'bool', 'a number is never equal to a text'],
    ['state.valued.fresh + 1', 'any', 'true or false + a number is not defined'],
    ['state.valued.fresh < state.valued.days', 'bool', 'true or false cannot be compared with a number'],
    ['size(state.valued.days) > 3', 'bool', 'size() does not take a number'],
    ['state.valued.days.length > 3', 'bool', 'size() does not take a number'],
    ['state.valued.positions.filter(p, p.symbol)', 'any', 'it is a text, not true or false'],
    ['state.valued.days.map(d, d)', 'any', 'it is a number, not a list'],
    ['state.valued.positions.map(p, p.weight.x)', 'any', 'found no "x": it is a number or null'],
    ['"x" in state.valued.days', 'bool', 'a number is neither a list nor an object'],
    ['3 in [ "a" ]', 'bool', 'a number is never in a list of a text'],
    ['decimal("1,5")', 'any', '"1,5" is no decimal such as "1234.50"'],
    ['decimal(state.valued.fresh)', 'any', 'decimal() does not take true or false'],
    ['{"a": 1, "a": 2}', 'any', 'this name is there twice'],
    ['state.valued.total_value == "n/a"', 'bool', 'amounts are texts, and compare as texts with "=="'],
    ['state.valued.days.contains("x")', 'bool', 'contains() does not take a number'],
    ['state.valued.days["x"]', 'any', ''],
  ] as const)('find what is wrong with %s as %s', (source, expected, message) => {
    const { problems } = check(source, expected);
    if (message === '') expect(problems).toEqual([]);
    else
      expect(problems).toEqual([
        { code: 'CONDITION_INVALID', message: expect.stringContaining(message) as string },
      ]);
  });

  it.each([
    'state.valued.total_value != null',
    'state.valued.cash == null || decimal(state.valued.cash) > decimal(0)',
    '"CAD " + state.valued.total_value',
    'state.valued.positions.filter(p, decimal(p.value) > decimal(1)).map(p, p.symbol)',
    'state.valued.positions.exists(p, p.weight != null && p.weight > 0.5)',
    'state.valued.open.anything > 3 || state.valued.open.x == "y"',
    'state.nothing.known + 1 > 2',
    'state.valued.base == "CAD"',
    'ctx.x > "a" && inputs.y < 3',
    'size(state.valued.positions) % 2 == 0',
    'state.valued.positions[state.valued.days].symbol == "A"',
    'state.valued.open.all(k, k.startsWith("a"))',
    'decimal(1) in state.valued.amounts.map(a, decimal(a))',
    'max(decimal(state.valued.cash), decimal(2)) > decimal(1)',
    'max(state.valued.amounts.map(x, decimal(x))) > decimal(1)',
    'min(state.valued.positions.map(p, p.symbol)) > "A"',
    '(state.valued.fresh ? decimal(1) : inputs.x) == decimal(2)',
    'state.valued.fresh == (1 < 2)',
    'state.valued.days in [] || [].all(x, x > 1) || state.valued.positions == []',
  ])('leave %s alone', (source) => {
    expect(check(source).problems).toEqual([]);
  });

  it.each<[string, JsonSchema | null]>([
    ['state.valued.days + 1', { type: 'number' }],
    ['decimal(state.valued.cash) * decimal(2)', { ...amount, title: 'DecimalString' }],
    ['state.valued.total_value', amount],
    ['size(state.valued.positions)', { type: 'integer' }],
    ['inputs.x', null],
    ['state.valued.positions.map(p, p.weight)', { type: 'array', items: nullable({ type: 'number' }) }],
    ['state.valued.fresh ? "a" : 1.5', { anyOf: [{ type: 'string' }, { type: 'number' }] }],
    [
      '{"total": decimal("1"), "n": 2}',
      { type: 'object', properties: { total: { ...amount, title: 'DecimalString' }, n: { type: 'integer' } }, required: ['total', 'n'], additionalProperties: false },
    ],
  ])('know what %s gives', (source, schema) => {
    expect(check(source)).toMatchObject({ problems: [], schema });
  }); // prettier-ignore

  it('pass on what cannot be read, with the references of what can', () => {
    expect(check('1 +').problems).toEqual([
      { code: 'CONDITION_INVALID', message: expect.any(String) as string },
    ]);
    expect(check('x'.repeat(10_000)).problems).toMatchObject([{ code: 'LIMIT_EXCEEDED' }]);
    expect(check('state.valued.days > inputs.n').references.map(({ text }) => text)).toEqual([
      'state.valued.days',
      'inputs.n',
    ]);
  });

  it('report every mistake, each once', () => {
    expect(check('state.valued.cash > 1 && state.valued.days && size(3) > 1', 'bool').problems).toHaveLength(
      3,
    );
  });
});
