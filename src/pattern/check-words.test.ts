/** What a problem says, word for word: the form that is wanted, where in the expression, and what to do next. */
import { checkContext, listed, priced, soundPattern } from '../../tests/support/check-catalogue';
import { checkPattern } from './check';

/** `/pointer: message (suggestion)` of all that is found in the sound pattern with a change. */
function said(change: object): string[] {
  const { problems, warnings } = checkPattern({ ...soundPattern, ...change }, checkContext);
  return [...problems, ...warnings].map(({ pointer, message, suggestion }) =>
    [`${pointer}: ${message}`, ...(suggestion === undefined ? [] : [`(${suggestion})`])].join(' '),
  );
}

const steps = (...more: object[]) => ({ steps: [listed, priced, ...more] });
const nameForm = 'a small letter, then at most 63 small letters, digits or _';

describe('a text of the wrong form is shown, and the form is told', () => {
  it.each<[string, object, string]>([
    ['version', { version: '1.0' }, '/version: "1.0" is no version: three numbers such as 1.0.0'],
    ['date', { created: 'today' }, '/created: "today" is no date: YYYY-MM-DD such as 2026-01-31'],
    ['id', { id: 'My-P' }, `/id: "My-P" is no pattern id (also the name of its file): ${nameForm}`],
    ['panel', { display: { panels: [{ id: 'A b', title: 'x', type: 't', source: 'priced' }] } }, `/display/panels/0/id: "A b" is no panel id: ${nameForm}`],
    ['duration', steps({ wait: { for: '10 min' }, as: 'w' }), '/steps/2/wait/for: "10 min" is no duration: ISO 8601, such as PT10S, PT1H30M or P7D'],
    ['pattern', steps({ pattern: 'holdings@1', as: 's' }), '/steps/2/pattern: "holdings@1" is no pattern name: an id, or id@version, such as portfolio_overview@1.0.0'],
    ['one name or a list of them', { steps: [listed, { ...priced, after: 'B C' }] }, `/steps/1/after: "B C" is no step name: ${nameForm}`],
    ['a list of names or an object', { outputs: ['priced', 'B-'] }, `/outputs/1: "B-" is no step name: ${nameForm}`],
    ['a delay of a test', { tests: [{ name: 't', expect: { elapsed: '1s' } }] }, '/tests/0/expect/elapsed: "1s" is no duration on the virtual clock: ISO 8601, such as PT10S'],
  ])('%s', (_title, change, expected) => {
    expect(said(change)).toEqual([expected]);
  });

  it('shows only the beginning of a long one', () => {
    expect(said({ version: '1'.repeat(500) })).toEqual([
      `/version: "${'1'.repeat(40)}…" is no version: three numbers such as 1.0.0`,
    ]);
  });
}); // prettier-ignore

describe('of a step whose name may not be only the name is told', () => {
  it.each(['__proto__', 'MyStep', 'my-step', 'my step', 'a.b', 'item'])('%s', (name) => {
    const uses = [
      { compute: 'inputs.id', as: name },
      { compute: `state.${name} == null`, as: 'c', after: name },
      { capability: 'text.write', args: { text: `{{state.${name}.x}} {{${name}}}` }, as: 'written' },
    ];
    const panel = { id: 'a', title: 'A', type: 'table', source: `${name}.x` };
    const found = said({ ...steps(...uses), outputs: ['priced', name, 'c'], display: { panels: [panel] } });
    expect(found).toEqual([expect.stringMatching(/^\/steps\/2\/as: /)]);
  });

  it('other mistakes are told beside it', () => {
    const uses = [
      { compute: '1', as: '__proto__' },
      { compute: 'state.lisetd.count', as: 'c' },
    ];
    expect(said({ ...steps(...uses), outputs: ['priced', 'c', 'B-'] })).toHaveLength(3);
  });
});

const condition = (text: string) => ({ steps: [listed, { ...priced, condition: text }] });

describe('an expression that cannot be read', () => {
  it.each<[string, string]>([
    ['state.listed.count = 5', 'unexpected "=" at column 20 (write == to compare)'],
    ['state.listed.count =< 5', 'unexpected "=<" at column 20 (write <= to compare)'],
    ['state.listed.count <> 5', 'unexpected ">" at column 21 (write != for "is not")'],
    ['true & true', 'unexpected "&" at column 6 (write && for "and")'],
    ['true or true', 'unexpected "or" at column 6 (write || for "or")'],
    ['not true', 'unexpected "true" at column 5 (write ! for "not")'],
    ['1 2', 'unexpected "2" at column 3 (write an operator such as == or && before it)'],
    ['1 > )', 'unexpected ")" at column 5'],
    ['"abc', 'the text that begins at column 1 does not end (close it with ")'],
    ['true && ', 'the expression ends too early, at column 9: a value is missing after "&&"'],
    ['(true', 'the expression ends too early, at column 6: ")" is missing'],
    ['true\n&& )', 'unexpected ")" at line 2, column 4'],
    ['1 > 1e+', 'the expression ends too early, at column 8: a value is missing after "+"'],
  ])('%s: where, and what to write', (source, expected) => {
    expect(said(condition(source))[0]).toBe(`/steps/1/condition: "${source}": ${expected}`);
  });

  it('shows the part with the mistake of a long one', () => {
    const [found = ''] = said(
      condition(`${'true || '.repeat(60)}true = true || ${'true || '.repeat(60)}true`),
    );
    expect(found).toMatch(/^\/steps\/1\/condition: "….{80,} = .{80,}…": unexpected "=" at column 486 /);
  });

  it('is called an expression in a compute', () => {
    expect(said({ ...steps({ compute: 'foo(1)', as: 'c' }), outputs: ['priced', 'c'] })[0]).toMatch(
      /^\/steps\/2\/compute: in this expression, "foo\(1\)": there is no foo\(\)/,
    );
  });
});

describe('what is always null where true or false has to be', () => {
  const advice = 'it is null, not true or false (compare with != null';
  const nothing = { compute: 'null', as: 'nothing' };
  it('may be removed when it is a condition', () => {
    expect(said(condition('null'))).toEqual([
      `/steps/1/condition: "null": ${advice}, or remove the condition)`,
    ]);
    expect(said({ steps: [nothing, listed, { ...priced, condition: 'state.nothing' }] })).toEqual([
      `/steps/2/condition: "state.nothing": ${advice}, or remove the condition)`,
    ]);
  });

  it('is compared when it is not', () => {
    expect(said(steps({ assert: 'null', as: 'a' }))).toEqual([`/steps/2/assert: "null": ${advice})`]);
  });
});

describe('did you mean', () => {
  const inText = (path: string) => ({
    ...steps({ capability: 'text.write', args: { text: `{{${path}}}` }, as: 'written' }),
    outputs: ['priced', 'written'],
  });
  it.each<[string, string]>([
    ['input.id', 'inputs.id'],
    ['imputs.ids', 'inputs.id'],
    ['params.id', 'inputs.id'],
    ['stat.listed.owner', 'state.listed.owner'],
    ['step.listed.status', 'steps.listed.status'],
    ['ctxt.pricing_pack_id', 'ctx.pricing_pack_id'],
    ['context.pricing_pack_id', 'ctx.pricing_pack_id'],
    ['results.listed.asof', 'state.listed.asof'],
  ])('%s means %s, in a template and in an expression', (wrong, right) => {
    const [head = ''] = wrong.split('.');
    const hint = `(did you mean ${right}?)`;
    expect(said(inText(wrong))).toEqual([
      `/steps/2/args/text: "${wrong}": there is no step "${head}" ${hint}`,
    ]);
    expect(said(condition(`${wrong} != "x"`))).toEqual([
      `/steps/1/condition: "${wrong} != "x"": "${head}" is unknown ${hint}`,
    ]);
  });

  it('a local one only where it is there', () => {
    const write = { capability: 'text.write', args: { text: '{{itm.symbol}}' } };
    const inMap = { map: { in: '{{state.listed.positions}}', do: write }, as: 'm' };
    expect(said({ ...steps(inMap), outputs: ['priced', 'm'] })[0]).toMatch(/\(did you mean item\.symbol\?\)$/);
    expect(said(inText('itm.symbol'))).toEqual(['/steps/2/args/text: "itm.symbol": there is no step "itm"']);
  });

  it('a step’s own name before a word that is near to it', () => {
    const stats = { compute: 'state.listed.count', as: 'stats' };
    const change = { steps: [listed, stats, { ...priced, condition: 'stats > 1' }] };
    expect(said(change)[0]).toMatch(/"stats" is unknown \(did you mean state\.stats\?\)$/);
  });

  it('says how names begin when nothing is near', () => {
    expect(said(condition('foo.bar > 1'))[0]).toMatch(/\(names begin with inputs, state, steps or ctx\)$/);
  });

  it('a choice that is near', () => {
    expect(said({ category: 'analysys' })[0]).toMatch(/^\/category: must be one of .* \(did you mean analysis\?\)$/);
    const map = { map: { in: [1], do: { compute: 'item' }, on_item_error: 'colect' }, as: 'm' };
    expect(said({ ...steps(map), outputs: ['priced', 'm'] })).toEqual([
      '/steps/2/map/on_item_error: must be one of ["fail","collect"] (did you mean collect?)',
    ]);
  });

  it.each<[string, object, string]>([
    ['a plural', { steps: [{ ...listed, retries: 3 }, priced] }, '/steps/0/retries: unknown member "retries" (did you mean retry?)'],
    ['a longer name', { steps: [{ ...listed, retry_policy: {} }, priced] }, '/steps/0/retry_policy: unknown member "retry_policy" (did you mean retry?)'],
    ['of another kind', { ...steps({ compute: '1', retries: 3, as: 'c' }), outputs: ['priced', 'c'] }, '/steps/2/retries: unknown member "retries" (a compute step has no retry; capability steps have)'],
    ['nothing near in a step', { ...steps({ compute: '1', zebra: 3, as: 'c' }), outputs: ['priced', 'c'] }, '/steps/2/zebra: unknown member "zebra" (a compute step has only compute, as, condition, after, parallel, cache)'],
    ['nothing near in an object', { steps: [{ ...listed, retry: { zebra: 3 } }, priced] }, '/steps/0/retry/zebra: unknown member "zebra" (there are only maximum_attempts, initial_interval, backoff_coefficient, maximum_interval, non_retryable)'],
    ['nothing near in the file', { zebra: 3 }, '/zebra: unknown member "zebra" (a pattern has only $schema, id, name, version, category, description, tags, author, created, inputs, steps, outputs, display, presentation, rights_required, export_allowed, observability, tests)'],
  ])('a member: %s', (_title, change, expected) => {
    expect(said(change)).toEqual([expected]);
  });
}); // prettier-ignore

describe('too many steps', () => {
  it('are counted, inner ones included, and the way out is told', () => {
    const many = Array.from({ length: 250 }, (_, i) => ({ compute: '1', as: `s${String(i)}` }));
    const group = { steps: many, as: 'g' };
    expect(said({ steps: [listed, priced, group] })).toEqual([
      '/steps: this pattern has 253 steps, inner ones included; 200 are allowed (move some of them into a pattern of their own, and run it as one step: { "pattern": "its_id" })',
    ]);
  });
});

describe('steps that wait for each other', () => {
  const write = (text: string, as: string, more: object = {}) => ({
    ...{ capability: 'text.write', args: { text }, as },
    ...more,
  });
  it('are told with the references to cut, and with nothing that follows from it', () => {
    const a = write('{{state.b.text}}', 'a', { condition: 'state.b.text != "x"', optional: true });
    const b = write('{{state.a.text}} {{state.listed.owner}}', 'b');
    const c = write('{{state.c.text}}', 'c', { optional: true });
    expect(said(steps(a, b, c))).toEqual([
      '/steps/2: steps wait for each other: a → b → a (take out one of these references: state.b.text in "a", state.a.text in "b")',
      '/steps/4: the step "c" waits for itself (take out state.c.text in "c")',
    ]);
  });

  it('are quiet inside groups too, and others are not', () => {
    const inside = [write('{{state.b.text}}', 'a', { optional: true }), write('x', 'b', { after: 'a' })];
    const group = { steps: inside, outputs: ['b'], as: 'g' };
    const other = write('{{state.listed.owner}}', 'other');
    expect(said({ ...steps(group, other), outputs: ['priced', 'g', 'other'] })).toEqual([
      '/steps/2/steps/0: steps wait for each other: a → b → a (take out one of these references: state.b.text in "a", "after": "a" in "b")',
      '/steps/3/args/text: "state.listed.owner" may be null, which is not taken here (add "condition": "state.listed.owner != null")',
    ]);
  });
}); // prettier-ignore
