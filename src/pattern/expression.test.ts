import { evaluateExpression, parseExpression } from './expression';
import { openFrame, type Scope } from './scope';

const rows = [
  { symbol: 'A', value: 0.5 },
  { symbol: 'B', value: 2 },
  { symbol: 'C', value: 7 },
];
const frame = openFrame(null, { item: { weight: 0.7 }, index: 3, last: null });
const ended = { missing: false, error: null, attempts: 1, status: 'success' } as const;
frame.ended.set('p', {
  ...ended,
  value: { positions: rows, total: '10250.30', cash: '-9.50', i: 1, tiny: '0.000000001' },
});
frame.ended.set('dangerous', { ...ended, value: JSON.parse('{"__proto__": {"a": 1}, "b": 2}') as unknown });
frame.ended.set('big', { ...ended, value: Array.from({ length: 2000 }, (_, i) => i) });
frame.ended.set('long', { ...ended, value: { text: 'x'.repeat(1_000_000), digits: '9'.repeat(900) } });
frame.ended.set('skipped', { ...ended, status: 'skipped', value: null, missing: true });
const scope: Scope = { ctx: {}, inputs: { n: 3 }, frame };
const evaluate = (source: string): unknown => evaluateExpression(parseExpression(source), scope);
const refusal = (code: string, message?: RegExp): Error =>
  expect.objectContaining({
    code,
    ...(message && { message: expect.stringMatching(message) as string }),
  }) as Error;

describe('expressions', () => {
  it.each([
    ['1 + 2', 3],
    ['7 / 2', 3.5],
    ['-7 % 3', -1],
    ['-0.0', 0],
    ['size("aé😀")', 3],
    ['state.p.positions.filter(p, p.value > 1.0).map(p, p.symbol)', ['B', 'C']],
    ['state.p.positions.map(p, p.value > 1, p.symbol + "!")', ['B!', 'C!']],
    ['state.p.positions.filter(p, p.value > 1).length', 2],
    ['state.p.positions[state.p.i].symbol.length', 1],
    ['state.p.positions.map(a, state.p.positions.filter(b, b.value >= a.value).size())', [3, 2, 1]],
    ['{"n": inputs.n * 2, "names": [state.p.positions[0].symbol]}', { n: 6, names: ['A'] }],
    ['state.p.positions[0]', { symbol: 'A', value: 0.5 }],
    ['{"a": 1, "b": 2}.map(k, k)', ['a', 'b']],
    ['[3, 1, 2].exists_one(x, x > 2)', true],
    ['["a", "b"].join("-") + "x,y".split(",")[1]', 'a-by'],
    ['max([3, 1, 2]) + min(4, 5) + abs(-1)', 8],
    ['round(2.5) + round(0.125, 2)', 2.12],
    ['" aÄ ".trim().upperAscii()', 'AÄ'],
    ['int("12") + int(2.9) + double("1e2")', 114],
    ['string(1) + string(0.5) + string(true)', '10.5true'],
    ['state.skipped[inputs.n]', null],
    ['state.skipped.a', null],
    ['inputs.given == null ? "none" : inputs.given', 'none'],
    ['[1, "a", null] == [1.0, "a", null]', true],
    ["'{ ' + r'\\d'", '{ \\d'],
    ['1 // + 1 {{ ===', 1],
  ])('%s gives %j', (source, value) => {
    expect(evaluate(source)).toEqual(value);
  });

  it.each([
    ['decimal(state.p.total)', '10250.3'],
    ['decimal("0.1") + decimal("0.2")', '0.3'],
    ['decimal(0.1) + decimal(0.2)', '0.3'],
    ['decimal("99999999999999999999.01") * decimal("3.0000000000000000000001")', '299999999999999999997.039999999999999999999901'],
    ['decimal(1) / decimal(3)', '0.3333333333333333333333333333333333'],
    ['decimal(2) / decimal(3)', '0.6666666666666666666666666666666667'],
    ['-decimal(state.p.cash)', '9.5'],
    ['decimal("-0.00")', '0'],
    ['decimal(1e21) + decimal("0.5")', '1000000000000000000000.5'],
    ['decimal(state.p.tiny) * decimal(state.p.tiny)', '0.000000000000000001'],
    ['decimal("9.5") > decimal("10.2")', false],
    ['decimal("9.50") == decimal("9.5")', true],
    ['decimal("9.50") != null', true],
    ['decimal("9.50") in [decimal(1), decimal(9.5)]', true],
    ['string(decimal("1.50")) + " CAD"', '1.5 CAD'],
    ['double(decimal("1.5")) + 1', 2.5],
    ['true ? decimal(1) : null', '1'],
    ['[decimal(1), decimal("2.50")]', ['1', '2.5']],
    ['{"total": decimal(state.p.total) * decimal(2)}', { total: '20500.6' }],
    ['state.p.positions.map(p, decimal(p.value) * decimal(2))', ['1', '4', '14']],
    ['abs(decimal("-3"))', '3'],
    ['[round(decimal("2.345"), 2), round(decimal("2.355"), 2), round(decimal("-0.4"))]', ['2.34', '2.36', '0']],
    ['max(decimal(3), decimal("3.01"))', '3.01'],
  ])('%s is exactly %j', (source, value) => {
    expect(evaluate(source)).toEqual(value);
  }); // prettier-ignore

  it.each([
    ['decimal("1,5")', /decimal\("1,5"\)/],
    ['decimal("1e5")', /decimal\("1e5"\)/],
    ['decimal(null)', /decimal\(null\)/],
    ['decimal("1") > 0', /wrap the other side too, decimal\(/],
    ['decimal("1") + inputs.n', /wrap the other side too/],
    ['decimal("1") == "1"', /wrap the other side too/],
    ['decimal(1) / decimal(0)', /division by zero/],
    ['1 / 0', /Infinity/],
    ['0 / 0.0', /NaN/],
    ['[1, [1e308 * 10]]', /Infinity/],
    ['5 % 0', /division by zero/],
    ['1.5 % 2', /whole numbers/],
    ['b"abc"', /bytes/],
    ['bytes("a")', /bytes/],
    ['5u', /unsigned/],
    ['duration("1s")', /durations/],
    ['type(1)', /types/],
    ['size', /unknown/],
    ['12345678901234567890', /decimal\("12345678901234567890"\)/],
    ['{1: 2}', /names are texts/],
    ['{"a": 1, "a": 2}', /twice/],
    ['state.dangerous', /__proto__/],
    ['{"__proto__": 1}', /__proto__/],
    ['state.p.positions[1.5]', /1\.5/],
    ['state.p.positions[-1]', /-1/],
    ['state.p.positions[9]', /found no "9"/],
    ['"a"[0]', /a text has no 0/],
    ['"a" + 1', /a text \+ a number/],
    ['state.later.x', /found no "later"/],
    ['error.code', /no "error" here/],
    ['last.done ? 1 : 2', /missing, so null: last.done/],
    ['[1].map(1, 2)', /./],
    ['[1].map(x)', /takes a name/],
  ])('%s is refused, and says why', (source, message) => {
    expect(() => evaluate(source)).toThrow(refusal('CONDITION_INVALID', message));
  });

  it('of data hold only their own members', () => {
    expect(() => evaluate('state.p.positions[0].constructor')).toThrow(refusal('REFERENCE_UNRESOLVED'));
    expect(() => evaluate('[state.p].map(x, x.__proto__)')).toThrow(refusal('REFERENCE_UNRESOLVED'));
    expect(() => evaluate('state.p["to" + "String"]')).toThrow(refusal('CONDITION_INVALID'));
    expect(evaluate('"toString" in state.p || has(state.p.toString)')).toBe(false);
    expect(evaluate('state.dangerous.b')).toBe(2);
  });

  it('share nothing with the scope', () => {
    const value = evaluate('state.p.positions') as { symbol: string }[];
    (value[0] ?? { symbol: '' }).symbol = 'changed';
    expect(rows[0]?.symbol).toBe('A');
  });

  it.each([
    ['brackets', '(', '1', ')'],
    ['lists', '[', '1', ']'],
    ['negations', '!', 'true', ''],
    ['calls', 'size(', '"a"', ')'],
    ['choices', 'true ? 1 : ', '2', ''],
    ['objects', '{"a": ', '1', '}'],
  ])('nest 32 deep in %s and no deeper', (_, open, inner, close) => {
    const nested = (depth: number): string => open.repeat(depth) + inner + close.repeat(depth);
    expect(() => parseExpression(nested(32))).not.toThrow();
    expect(() => parseExpression(nested(33))).toThrow(refusal('LIMIT_EXCEEDED', /nest 32 deep/));
  });

  it('are refused at once when they are too long, whatever they hold', () => {
    const began = performance.now();
    expect(() => parseExpression('('.repeat(100_000))).toThrow(refusal('LIMIT_EXCEEDED', /2000 characters/));
    expect(() => parseExpression(`${'('.repeat(50_000)}1${')'.repeat(50_000)}`)).toThrow(
      refusal('LIMIT_EXCEEDED'),
    );
    expect(() => parseExpression('x'.repeat(10_000))).toThrow(refusal('LIMIT_EXCEEDED'));
    expect(() => parseExpression(`1${'+1'.repeat(999)}`)).not.toThrow();
    expect(() => parseExpression('!'.repeat(2000))).toThrow();
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it.each([
    ['too many steps', 'state.big.all(a, state.big.all(b, a + b >= 0))', /1000000 steps/],
    ['too long a value', 'state.big.map(i, state.long.text)', /2 MiB/],
    [
      'too long a text',
      '[1, 2, 3, 4, 5].map(i, state.big.map(j, state.long.text + state.long.text))',
      /steps/,
    ],
    ['too many digits', `decimal(state.long.digits) * decimal(state.long.digits)`, /1000 digits/],
  ])('end with an error after %s', (_, source, message) => {
    const began = performance.now();
    expect(() => evaluate(source)).toThrow(refusal('LIMIT_EXCEEDED', message));
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('are read once, however often they are evaluated', () => {
    const expression = parseExpression(
      'state.p.positions.filter(p, p.value > 1).map(p, p.symbol + "x").size() > 1',
    );
    const began = performance.now();
    for (let i = 0; i < 10_000; i += 1) evaluateExpression(expression, scope);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('keep the references in the order in which they stand, each once', () => {
    const { references } = parseExpression(
      'state.p.i + {{p.i}} + state.p.positions[0].value + steps.p.attempts + index',
    );
    expect(references.map(({ text }) => text)).toEqual([
      'state.p.i',
      'state.p.positions.0.value',
      'steps.p.attempts',
      'index',
    ]);
  });
});
