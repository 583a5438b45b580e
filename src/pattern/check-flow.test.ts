import { checkContext, listed, priced, soundPattern } from '../../tests/support/check-catalogue';
import { checkPattern } from './check';
import { lookupOf } from './check-context';

function all(pattern: object) {
  const { problems, warnings } = checkPattern({ ...soundPattern, ...pattern }, checkContext);
  return [...problems, ...warnings];
}

/** Code, pointer and, where one is given, suggestion of all that is found. */
function found(pattern: object): string[] {
  return all(pattern).map(({ code, pointer, suggestion }) =>
    [code, pointer || '/', ...(suggestion === undefined ? [] : [`(${suggestion})`])].join(' '),
  );
}

type Row = [title: string, change: object, ...expected: string[]];

function rules(rows: Row[]): void {
  it.each(rows)('%s', (_title, change, ...expected) => {
    expect(found(change)).toEqual(expected);
  });
}

/** The sound pattern's steps with more after them, of which the named ones are outputs. */
const steps = (more: object[], ...outputs: string[]) => ({
  steps: [listed, priced, ...more],
  outputs: ['priced', ...outputs],
});
const perhaps = { ...listed, as: 'maybe', condition: 'state.listed.count > 3' };
const optional = { ...listed, as: 'maybe', optional: true };
const uses = (template: string, more: object = {}) => ({
  capability: 'text.write',
  args: { text: template },
  as: 'written',
  ...more,
});
const again = (more: object = {}) => ({
  capability: 'prices.apply',
  args: { positions: '{{state.maybe.positions}}' },
  as: 'again',
  ...more,
});
const place = { capability: 'order.place', args: { symbol: 'A' }, as: 'placed' };
const failing = (more: object) => ({ ...listed, as: 'held', ...more });

describe('what may be missing is warned of when', () => {
  const fix = '(add "condition": "state.maybe != null" to say so, or give "maybe" a fallback)';
  const at = 'POSSIBLY_MISSING /steps/3/args/positions';
  rules([
    ['a required argument comes from a step with a condition', steps([perhaps, again()], 'again'), `${at} ${fix}`],
    ['a required argument comes from an optional step', steps([optional, again()], 'again'), `${at} ${fix}`],
    ['it stands inside a value', steps([perhaps, { ...priced, as: 'again', args: { positions: [{ symbol: '{{state.maybe.asof}}', quantity: '1' }] } }], 'again'), `POSSIBLY_MISSING /steps/3/args/positions/0/symbol ${fix}`],
    ['it stands inside a longer text', steps([perhaps, uses('Of {{state.maybe.asof}}')], 'written'), `POSSIBLY_MISSING /steps/3/args/text ${fix}`],
    ['a map goes through it', steps([perhaps, { map: { in: '{{state.maybe.positions}}', do: uses('{{item.symbol}}') }, as: 'm' }], 'm'), `POSSIBLY_MISSING /steps/3/map/in ${fix}`],
    ['a wait is until it', steps([perhaps, { wait: { until: '{{state.maybe.asof}}' }, as: 'w' }]), `POSSIBLY_MISSING /steps/3/wait/until ${fix}`],
    ['an expression calculates with it', steps([perhaps, { compute: 'state.maybe.count + 1', as: 'c' }], 'c'), 'POSSIBLY_MISSING /steps/3/compute (ask state.maybe != null first)'],
    ['a condition compares it', steps([perhaps, uses('x', { condition: 'state.maybe.count > 1' })], 'written'), 'POSSIBLY_MISSING /steps/3/condition (ask state.maybe != null first)'],
    ['a required argument is an optional input', { ...steps([uses('{{inputs.note}}')], 'written'), inputs: { ...soundPattern.inputs, note: { type: 'string' } } }, 'POSSIBLY_MISSING /steps/2/args/text (make inputs.note required or give it a default)'],
    ['the first round of a repeat has no last', steps([{ repeat: { do: uses('{{last.text}}'), until: 'true', max: 3 }, as: 'r' }], 'r'), 'POSSIBLY_MISSING /steps/2/repeat/do/args/text (add "condition": "last != null")'],
    ['a message names the error of a step that may not have failed', steps([uses('{{steps.listed.error.code}}')], 'written'), 'POSSIBLY_MISSING /steps/2/args/text (add "condition": "steps.listed.error != null")'],
    ['a handler gives a value that may be missing', steps([perhaps, failing({ fallback: '{{state.maybe}}' }), uses('{{state.held.asof}}')], 'written'), 'POSSIBLY_MISSING /steps/4/args/text (add "condition": "state.held != null" to say so, or give "held" a fallback)'],
    ['every step of a chain', steps([perhaps, again(), { ...again(), args: { positions: '{{state.again.rows}}' }, as: 'third' }], 'third'), `${at} ${fix}`, 'POSSIBLY_MISSING /steps/4/args/positions (add "condition": "state.again != null" to say so, or give "maybe" a fallback)'],
  ]);

  it('tells where the chain begins', () => {
    const third = { ...again(), args: { positions: '{{state.again.rows}}' }, as: 'third' };
    expect(all(steps([perhaps, again(), third], 'third')).map(({ message }) => message)).toEqual([
      '"state.maybe.positions" may be missing: "maybe" has a condition; then this step is skipped too',
      '"state.again.rows" may be missing: "maybe" has a condition, so "again" may be too; then this step is skipped too',
    ]);
  });
}); // prettier-ignore

describe('what may be missing is left alone when', () => {
  rules([
    ['the argument is not required', steps([perhaps, { ...priced, as: 'again', args: { positions: [], days: '{{state.maybe.count}}' } }], 'again')],
    ['the argument admits null', steps([perhaps, { ...priced, args: { ...priced.args, note: '{{state.maybe.asof}}' }, as: 'again' }], 'again')],
    ['the condition asks', steps([perhaps, again({ condition: 'state.maybe != null' })], 'again')],
    ['the condition asks for something in it', steps([perhaps, again({ condition: 'state.maybe.owner != null' })], 'again')],
    ['the condition asks for its status', steps([perhaps, again({ condition: 'steps.maybe.status == "success"' })], 'again')],
    ['the condition is the same', steps([perhaps, again({ condition: 'size(state.listed.positions) > 0 && state.listed.count > 3' })], 'again')],
    ['a group around has the condition', steps([perhaps, { steps: [again()], outputs: ['again'], condition: 'state.maybe != null', as: 'g' }], 'g')],
    ['the condition refuses its absence', steps([perhaps, again({ condition: '!(state.maybe == null || state.listed.count < 9)' })], 'again')],
    ['a map goes through what is inside', steps([perhaps, { map: { in: '{{state.maybe.positions}}', do: uses('{{state.maybe.asof}} {{item.symbol}}') }, as: 'm', condition: 'state.maybe != null' }], 'm')],
    ['an expression asks first', steps([perhaps, { compute: 'state.maybe != null && state.maybe.count > 1', as: 'c' }], 'c')],
    ['a choice asks first', steps([perhaps, { compute: 'state.maybe == null ? 0 : state.maybe.count + 1', as: 'c' }], 'c')],
    ['an expression takes null as it is', steps([perhaps, { compute: '{"a": state.maybe, "b": state.maybe.owner == "x"}', as: 'c' }], 'c')],
    ['every failure is caught', steps([failing({ on_error: [{ match: ['*'], use: '{{state.listed}}' }] }), uses('{{state.held.asof}}')], 'written')],
    ['it is only an output', steps([perhaps], 'maybe')],
    ['the input has a default', { ...steps([uses('{{inputs.note}}')], 'written'), inputs: { ...soundPattern.inputs, note: { type: 'string', default: 'x' } } }],
    ['until reads the newest result', steps([{ repeat: { do: uses('x'), until: 'last.text == "done" || size(last.text) > 3', max: 3 }, as: 'r' }], 'r')],
    ['an undo names the result of its own step', steps([{ ...place, compensate: { capability: 'order.cancel', args: { order_id: '{{state.placed.order_id}}' } } }])],
  ]);
}); // prettier-ignore

describe('data that may be null is warned of when', () => {
  rules([
    ['an argument does not admit it', steps([uses('{{state.listed.owner}}')], 'written'), 'POSSIBLY_NULL /steps/2/args/text (add "condition": "state.listed.owner != null")'],
    ['a map leaves gaps', steps([{ map: { in: '{{state.listed.positions}}', do: uses('{{item.symbol}}'), on_item_error: 'collect' }, as: 'm' }, { map: { in: '{{state.m}}', do: uses('{{item.text}}', { as: 'other' }) }, as: 'n' }], 'n'), 'POSSIBLY_NULL /steps/3/map/do/args/text (add "condition": "item.text != null")'],
    ['it does not ask', steps([uses('{{state.listed.owner}}', { condition: 'state.listed.owner != null' })], 'written')],
    ['not of the context, which the request decides', steps([{ ...listed, args: { portfolio_id: '{{ctx.portfolio_id}}' }, as: 'mine' }], 'mine')],
  ]);
}); // prettier-ignore

describe('expressions', () => {
  rules([
    ['compare amounts as decimals', steps([uses('x', { condition: 'state.listed.total > 100' })], 'written'), 'CONDITION_INVALID /steps/2/condition (decimal(state.listed.total) > decimal(100))'],
    ['name the parts that are never there', steps([{ compute: 'state.listed.positions.map(p, p.symbl)', as: 'c' }], 'c'), 'CONDITION_INVALID /steps/2/compute (p.symbol)'],
    ['are true or false where they have to be', steps([{ assert: 'state.listed.count', as: 'a' }]), 'CONDITION_INVALID /steps/2/assert'],
    ['are checked by name in a compute', steps([{ compute: { a: '1', b: 'state.listd.count' }, as: 'c' }], 'c'), 'REFERENCE_UNRESOLVED /steps/2/compute/b (did you mean state.listed?)'],
    ['are checked in until', steps([{ repeat: { do: uses('x'), until: 'last.txt == "a"', max: 2 }, as: 'r' }], 'r'), 'REFERENCE_UNRESOLVED /steps/2/repeat/until (did you mean last.text?)'],
    ['know the statuses of a step', steps([uses('x', { condition: 'steps.listed.status == "succes"' })], 'written'), 'CONDITION_INVALID /steps/2/condition ("success")'],
    ['know what a computation gives', steps([{ compute: 'state.listed.count + 1', as: 'c' }, uses('{{state.c}}')], 'written'), 'ARGS_INVALID /steps/3/args/text'],
    ['cannot be read', steps([{ compute: '1 +', as: 'c' }], 'c'), 'CONDITION_INVALID /steps/2/compute'],
    ['nest loops at most two deep', steps([{ compute: '[1].map(a, [1].map(b, [1].map(c, a + b + c)))', as: 'c' }], 'c'), 'LIMIT_EXCEEDED /steps/2/compute'],
  ]);
}); // prettier-ignore

describe('steps wait for each other when', () => {
  const cycle = [uses('{{state.b.text}}', { as: 'a' }), uses('{{state.a.text}}', { as: 'b' })];
  const cut = '(take out one of these references: state.b.text in "a", state.a.text in "b")';
  rules([
    ['they name each other', steps(cycle, 'b'), `PATTERN_INVALID /steps/2 ${cut}`],
    ['two circles are there, both are told', steps([...cycle, ...cycle.map((_, i) => uses(`{{state.${'dc'[i] ?? ''}.text}}`, { as: 'cd'[i] }))], 'b', 'd'), `PATTERN_INVALID /steps/2 ${cut}`, 'PATTERN_INVALID /steps/4 (take out one of these references: state.d.text in "c", state.c.text in "d")'],
    ['a step names itself', steps([uses('{{state.written.text}}')], 'written'), 'PATTERN_INVALID /steps/2 (take out state.written.text in "written")'],
    ['a round names its repeat', steps([{ repeat: { do: uses('{{state.r.text}}'), until: 'true', max: 2 }, as: 'r' }], 'r'), 'PATTERN_INVALID /steps/2 (in a repeat the result of the last round is "last")'],
    ['a step in a group names the group', steps([{ steps: [uses('{{state.g.written.text}}')], outputs: ['written'], as: 'g' }], 'g'), 'PATTERN_INVALID /steps/2 (take out state.g.written.text in "g")'],
    ['a step above a gate names one below it', steps([uses('{{state.later.text}}'), { wait: { for: 'PT1S' }, as: 'w' }, uses('x', { as: 'later' })], 'written'), 'PATTERN_INVALID /steps/2 (change the order in the file, or take out state.later.text in "written")'],
    ['a circle is inside a group', steps([{ steps: cycle, outputs: ['b'], as: 'g' }], 'g'), `PATTERN_INVALID /steps/2/steps/0 ${cut}`],
  ]);

  it('tells the circle, and why a gate or a write is in it', () => {
    const messages = (...more: object[]) => all(steps(more, 'written')).map(({ message }) => message);
    expect(messages(...cycle, uses('x'))[0]).toBe('steps wait for each other: a → b → a');
    expect(messages(uses('{{state.placed.order_id}}'), { ...place, args: { symbol: 'x' } })).toEqual([
      'steps wait for each other: written → placed → written; "placed" writes, and so waits for all steps above it',
    ]);
  });
}); // prettier-ignore

describe('handlers', () => {
  const held = (more: object) => steps([failing(more)], 'held');
  rules([
    ['name codes of the table and of the capability', held({ on_error: [{ match: ['DATA_MISSING', 'LEDGER_LOCKED', '*'], use: '{{state.listed}}' }] })],
    ['name no other codes', held({ on_error: [{ match: ['LEDGER_LOKED'], use: '{{state.listed}}' }] }), 'ERROR_CODE_UNKNOWN /steps/2/on_error/0/match/0 (did you mean LEDGER_LOCKED?)'],
    ['of a group know the codes of what is inside', steps([{ steps: [place], as: 'g', on_error: [{ match: ['NO_STOCK'], use: {} }] }])],
    ['give what the capability gives', held({ fallback: { positions: [], total: 5 } }), 'RESULT_INVALID /steps/2/fallback/owner', 'RESULT_INVALID /steps/2/fallback/count', 'RESULT_INVALID /steps/2/fallback/asof', 'RESULT_INVALID /steps/2/fallback/total (write "5")'],
    ['give a reference that fits', held({ fallback: '{{state.priced}}' }), 'RESULT_INVALID /steps/2/fallback'],
    ['do not give null', held({ fallback: null }), 'RESULT_INVALID /steps/2/fallback (write "optional": true for a missing value)'],
    ['read the error', steps([uses('x', { as: 'held', fallback: { text: '{{error.code}}: {{error.message}}' } })], 'held')],
    ['read no member that the error has not', steps([uses('x', { as: 'held', fallback: { text: '{{error.cod}}' } })], 'held'), 'REFERENCE_UNRESOLVED /steps/2/fallback/text (did you mean error.code?)'],
    ['may be steps, which are checked', held({ fallback: { capability: 'ledger.positions', args: { portfolio: 'x' } } }), 'ARGS_INVALID /steps/2/fallback/args/portfolio (did you mean portfolio_id?)', 'ARGS_INVALID /steps/2/fallback/args'],
    ['behind "*" are never used', held({ on_error: [{ match: ['*'], use: '{{state.listed}}' }, { match: ['DATA_MISSING'], use: '{{state.listed}}' }], fallback: '{{state.listed}}', optional: true }), 'NEVER_USED /steps/2/on_error/1 (put it before them)', 'NEVER_USED /steps/2/fallback (keep one of the two)', 'NEVER_USED /steps/2/optional (leave optional out)'],
    ['for mistakes in the pattern go beside "*"', held({ on_error: [{ match: ['*'], use: '{{state.listed}}' }, { match: ['ARGS_INVALID'], use: '{{state.listed}}' }] })],
    ['that are steps leave their own failures to optional', held({ fallback: { ...listed, as: 'other' }, optional: true })],
    ['never see a cancellation', held({ on_error: [{ match: ['EXECUTION_CANCELLED'], use: '{{state.listed}}' }] }), 'NEVER_USED /steps/2/on_error/0/match (take EXECUTION_CANCELLED out)'],
    ['are not what a retry names', held({ retry: { non_retryable: ['DATA_MISING'] } }), 'ERROR_CODE_UNKNOWN /steps/2/retry/non_retryable/0 (did you mean DATA_MISSING?)'],
  ]);
}); // prettier-ignore

describe('a step that runs a pattern', () => {
  const runs = (pattern: string, more: object = {}) => steps([{ pattern, args: { id: '{{inputs.id}}' }, as: 'sub', ...more }], 'sub');
  rules([
    ['is sound', runs('holdings@1.0.0')],
    ['names one that is there', runs('holdngs'), 'PATTERN_NOT_FOUND /steps/2/pattern (did you mean holdings?)'],
    ['names a version that is there', runs('holdings@9.0.0'), 'PATTERN_NOT_FOUND /steps/2/pattern (the newest is holdings@1.2.0)'],
    ['gives its inputs', runs('holdings', { args: {} }), 'ARGS_INVALID /steps/2/args (add "id": "{{inputs.id}}")'],
    ['gives no others', runs('holdings', { args: { id: '{{inputs.id}}', idd: 1 } }), 'ARGS_INVALID /steps/2/args/idd (did you mean id?)'],
    ['gives inputs that fit', runs('holdings', { args: { id: '{{state.listed.asof}}' } }), 'ARGS_INVALID /steps/2/args/id'],
    ['does not run itself', runs('p'), 'PATTERN_INVALID /steps/2/pattern'],
    ['does not run one that runs it', runs('ring'), 'PATTERN_INVALID /steps/2/pattern'],
    ['runs a sound one', runs('broken'), 'PATTERN_INVALID /steps/2/pattern'],
    ['knows what comes out, through patterns that run patterns', { ...steps([{ pattern: 'wraps', args: { id: '{{inputs.id}}' }, as: 'sub' }, uses('{{state.sub.all.0.symbl}}')], 'written') }, 'REFERENCE_UNRESOLVED /steps/3/args/text (did you mean state.sub.all.0.symbol?)'],
  ]);

  it('tells the circle of patterns', () => {
    expect(all(runs('ring'))[0]?.message).toBe('patterns run each other: p → ring → p');
  });

  it('counts the steps of all patterns that run', () => {
    const many = (id: string, step: object) => ({
      ...{ id, name: id, outputs: ['s0'] },
      steps: Array.from({ length: 45 }, (_, i) => ({ as: `s${String(i)}`, ...step })),
    });
    const context = { ...checkContext, patterns: lookupOf([many('a', { compute: '1' })]) };
    const top = many('top', { pattern: 'a' });
    expect(checkPattern(top, context).problems).toMatchObject([{ code: 'LIMIT_EXCEEDED', pointer: '/steps' }]);
  });
}); // prettier-ignore

describe('warned is of', () => {
  rules([
    ['an input that nothing uses', { inputs: { ...soundPattern.inputs, n: { type: 'integer' } } }, 'UNUSED /inputs/n'],
    ['a result that nothing uses', { outputs: ['listed'] }, 'UNUSED /steps/1'],
    ['a result in a group that nothing uses', steps([{ steps: [uses('x')], as: 'g' }], 'g'), 'UNUSED /steps/2/steps/0'],
    ['no write, gate, or group with either', steps([place, { assert: 'true', as: 'a' }, { steps: [{ ...place, as: 'inner' }], as: 'g' }])],
    ['a hint on a step that waits', steps([uses('{{state.listed.asof}}', { parallel: true })], 'written'), 'HINT_IGNORED /steps/2/parallel (leave parallel out)'],
    ['no hint on a step that does not wait', steps([uses('x', { parallel: true })], 'written')],
    ['an item that hides another', steps([{ map: { in: '{{state.listed.positions}}', do: { map: { in: ['a'], do: uses('{{item}}') }, as: 'inner' } }, as: 'm' }], 'm'), 'NAME_HIDDEN /steps/2/map/do/map (keep the outer one: a compute step with "compute": "item" before it)'],
    ['no item whose outer one has a name of its own', steps([{ map: { in: '{{state.listed.positions}}', do: { steps: [{ compute: 'item', as: 'outer' }, { map: { in: ['a'], do: uses('{{item}} {{state.outer.symbol}}') }, as: 'inner' }], outputs: '{{state.inner}}' } }, as: 'm' }], 'm')],
    ['no item that only the list of the inner map uses', steps([{ map: { in: [['a'], ['b']], do: { map: { in: '{{item}}', do: uses('x') } } }, as: 'm' }], 'm')],
    ['a round that hides a place', steps([{ map: { in: [1], do: { repeat: { do: { compute: 'index' }, until: 'true', max: 2 } } }, as: 'm' }], 'm'), 'NAME_HIDDEN /steps/2/map/do/repeat (keep the outer one: a compute step with "compute": "index" before it)'],
  ]);

  it('nothing but errors, when strict', () => {
    const strict = checkPattern({ ...soundPattern, outputs: ['listed'] }, checkContext, { strict: true });
    expect([strict.problems.map(({ code }) => code), strict.warnings]).toEqual([['UNUSED'], []]);
  });
}); // prettier-ignore
