import { checkContext, listed, priced, soundPattern } from '../../tests/support/check-catalogue';
import { checkPattern } from './check';

/** Code, pointer and, where one is given, suggestion of all that is found. */
function found(pattern: object): string[] {
  const { problems, warnings } = checkPattern(pattern, checkContext);
  return [...problems, ...warnings].map(({ code, pointer, suggestion }) =>
    [code, pointer || '/', ...(suggestion === undefined ? [] : [`(${suggestion})`])].join(' '),
  );
}

type Row = [title: string, change: object, ...expected: string[]];

/** Each row changes a sound pattern. */
function rules(rows: Row[]): void {
  it.each(rows)('%s', (_title, change, ...expected) => {
    expect(found({ ...soundPattern, ...change })).toEqual(expected);
  });
}

/** A pattern with these steps after the sound one's two. */
const steps = (...more: object[]) => ({ steps: [listed, priced, ...more] });
const args = (given: object) => ({ steps: [listed, { ...priced, args: { ...priced.args, ...given } }] });
const wrap = (inner: object, as = 'wrapped') => ({ ...inner, as });
const place = { capability: 'order.place', args: { symbol: 'A' }, as: 'placed' };
const useText = (template: string, more: object = {}) => ({
  capability: 'text.write',
  args: { text: template },
  as: 'written',
  ...more,
});
const outs = (...names: string[]) => ({ outputs: names });

describe('the sound pattern', () => {
  rules([['has no problem', {}]]);
});

describe('the shape of a file is wrong when', () => {
  rules([
    ['a member is unknown', { ouputs: [] }, 'PATTERN_INVALID /ouputs (did you mean outputs?)'],
    ['a step has an unknown member', { steps: [{ ...listed, conditon: 'true' }, priced] }, 'PATTERN_INVALID /steps/0/conditon (did you mean condition?)'],
    ['a member belongs to other kinds of step', steps({ compute: '1', retry: {}, as: 'c' }), 'PATTERN_INVALID /steps/2/retry (a compute step has no retry; capability steps have)', 'UNUSED /steps/2'],
    ['a compute has a time limit', steps({ compute: '1', timeout: 'PT1S', as: 'c' }), 'PATTERN_INVALID /steps/2/timeout (a compute step has no timeout; capability, pattern, steps, map, repeat, approval steps have)', 'UNUSED /steps/2'],
    ['a retry is for a pattern', steps({ pattern: 'holdings', args: { id: '{{inputs.id}}' }, retry: {}, as: 'c' }), 'PATTERN_INVALID /steps/2/retry (a pattern step has no retry; capability steps have)', 'UNUSED /steps/2'],
    ['a group’s single output is a plain text', { ...steps({ steps: [{ compute: '1', as: 'x' }], outputs: 'x', as: 'g' }), outputs: ['priced', 'g'] }, 'PATTERN_INVALID /steps/2/outputs (write "{{state.x}}")', 'UNUSED /steps/2/steps/0'],
    ['a step has no kind', steps({ capabilty: 'x', as: 'c' }), 'PATTERN_INVALID /steps/2 (did you mean capability?)'],
    ['a step has two kinds', steps({ compute: '1', assert: 'true', as: 'c' }), 'PATTERN_INVALID /steps/2'],
    ['a step is named __proto__', steps({ compute: '1', as: '__proto__' }), 'PATTERN_INVALID /steps/2/as'],
    ['a member is named __proto__', JSON.parse('{"presentation": {"__proto__": 1}}') as object, 'PATTERN_INVALID /presentation/__proto__'],
    ['a step has a reserved name', steps({ compute: '1', as: 'state' }), 'PATTERN_INVALID /steps/2/as'],
    ['two steps have one name, in whatever list', steps({ steps: [{ compute: '1', as: 'listed' }], as: 'g' }), 'PATTERN_INVALID /steps/2/steps/0/as'],
    ['a step needs a name and has none', steps({ compute: '1' }), 'PATTERN_INVALID /steps/2'],
    ['a gate is optional', steps({ assert: 'true', as: 'a', optional: true }), 'PATTERN_INVALID /steps/2/optional (a assert step has no optional; capability, pattern, steps, map, repeat steps have)'],
    ['a step inside a map is optional', steps({ map: { in: [1], do: { ...place, optional: true } }, as: 'm' }), 'PATTERN_INVALID /steps/2/map/do/optional (a failure of this step is the item’s or round’s; use on_item_error: "collect" of a map, or a fallback)'],
    ['a duration is none', steps({ wait: { for: '10 minutes' }, as: 'w' }), 'PATTERN_INVALID /steps/2/wait/for'],
    ['a duration is nothing', steps({ wait: { for: 'PT0S' }, as: 'w' }), 'PATTERN_INVALID /steps/2/wait/for (write PT1S, say)'],
    ['a moment is none', steps({ wait: { until: 'tomorrow' }, as: 'w' }), 'PATTERN_INVALID /steps/2/wait/until'],
    ['a day is none', steps({ wait: { until: '2013-02-29' }, as: 'w' }), 'PATTERN_INVALID /steps/2/wait/until'],
    ['a moment is of no day', steps({ wait: { until: '2013-02-30T09:00:00Z' }, as: 'w' }), 'PATTERN_INVALID /steps/2/wait/until'],
    ['an output is a plain text', { outputs: { x: 'priced.value' } }, 'PATTERN_INVALID /outputs/x (write "{{state.priced.value}}")', 'UNUSED /steps/1'],
    ['a panel has the id of another', { display: { panels: [panel('a', 'priced'), panel('a', 'priced')] } }, 'PATTERN_INVALID /display/panels/1/id'],
    ['a source has braces', { display: { panels: [panel('a', '{{priced.value}}')] } }, 'PATTERN_INVALID /display/panels/0/source (write "priced.value")'],
    ['max_failures stands without collect', steps({ map: { in: [1], do: place, max_failures: 1 }, as: 'm' }), 'PATTERN_INVALID /steps/2/map/max_failures (add "on_item_error": "collect")'],
    ['an undo undoes nothing', { steps: [{ ...listed, compensate: { capability: 'order.cancel', args: { order_id: 'x' } } }, priced] }, 'PATTERN_INVALID /steps/0/compensate (leave compensate out)'],
    ['what is not pure is not to be remembered', steps({ capability: 'time.read', as: 't', cache: false }, useText('{{state.t.at}}')), 'PATTERN_INVALID /steps/2/cache (leave cache out)', 'UNUSED /steps/3'],
    ['an approval excludes its starter but asks nobody', steps({ approval: { title: 'Go?', not_starter: true }, as: 'a' }), 'PATTERN_INVALID /steps/2/approval/not_starter (add rights)'],
    ['a form is no schema', steps({ approval: { title: 'Go?', form: { type: 'strnig' } }, as: 'a' }), 'PATTERN_INVALID /steps/2/approval/form (types are string, number, integer, boolean, object, array, null, uuid, date, decimal)'],
  ]);
}); // prettier-ignore

function panel(id: string, source: string): object {
  return { id, title: 'T', type: 'table', source };
}

describe('inputs are wrong when', () => {
  const input = (declared: object) => ({ inputs: { ...soundPattern.inputs, n: declared }, outputs: { p: '{{state.priced}}', n: '{{inputs.n}}' } });
  rules([
    ['a default does not fit', input({ type: 'integer', default: 'x' }), 'PATTERN_INVALID /inputs/n/default'],
    ['a default is out of range', input({ type: 'integer', minimum: 5, default: 1 }), 'PATTERN_INVALID /inputs/n/default'],
    ['a default is no decimal', input({ type: 'decimal', default: '1e5' }), 'PATTERN_INVALID /inputs/n/default'],
    ['one stands in for an input that there is not', input({ type: 'string', required_unless: ['idd'] }), 'PATTERN_INVALID /inputs/n/required_unless/0 (did you mean id?)'],
    ['one stands in for itself', input({ type: 'string', required_unless: ['n'] }), 'PATTERN_INVALID /inputs/n/required_unless/0'],
    ['one stands in that is always there', input({ type: 'string', required_unless: ['id'] }), 'PATTERN_INVALID /inputs/n/required_unless/0'],
    ['another stands in for one with a default', { inputs: { ...soundPattern.inputs, m: { type: 'string' }, n: { type: 'string', default: 'a', required_unless: ['m'] } }, outputs: { p: '{{state.priced}}', n: '{{inputs.n}}', m: '{{inputs.m}}' } }, 'PATTERN_INVALID /inputs/n/required_unless'],
    ['the type is none', input({ type: 'money' }), 'PATTERN_INVALID /inputs/n (types are string, number, integer, boolean, object, array, null, uuid, date, decimal)'],
    ['the schema refers to another', input({ type: 'object', properties: { a: { $ref: '#/x' } } }), 'PATTERN_INVALID /inputs/n/properties/a/$ref'],
    ['the schema answers with a promise', input({ type: 'string', $async: true, default: 'x' }), 'PATTERN_INVALID /inputs/n/$async'],
    ['a regular expression may take for ever', input({ type: 'string', pattern: '^(a+)+$', default: 'x' }), 'PATTERN_INVALID /inputs/n/pattern'],
    ['the schemas are too large', input({ type: 'string', description: 'x'.repeat(70_000) }), 'LIMIT_EXCEEDED /inputs/n'],
    ['one has no name that expressions can read', { inputs: { ...soundPattern.inputs, 'my-n': { type: 'integer' } } }, 'PATTERN_INVALID /inputs/my-n (the name of an input is a letter or _, then letters, digits and _)'],
    ['one has no type, and references to it are none the worse', { inputs: { id: { required: true } } }, 'PATTERN_INVALID /inputs/id/type'],
  ]);
}); // prettier-ignore

describe('a limit is exceeded by', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => ({ compute: '1', as: `s${String(i)}` }));
  const advice = '(move some of them into a pattern of their own, and run it as one step: { "pattern": "its_id" })';
  const nested = (depth: number): object => depth === 0 ? { compute: '1', as: 'deep' } : { steps: [nested(depth - 1)], as: `g${String(depth)}` };
  rules([
    ['201 steps', { steps: many(201), outputs: ['s0'] }, `LIMIT_EXCEEDED /steps ${advice}`],
    ['201 steps, inner ones included', { steps: [{ steps: many(200), as: 'g' }], outputs: ['g'] }, `LIMIT_EXCEEDED /steps ${advice}`],
    ['steps that nest 17 deep', { steps: [nested(17)], outputs: ['g17'] }, 'LIMIT_EXCEEDED ' + '/steps/0'.repeat(17)],
    ['a literal of 3 MB', { presentation: { text: 'x'.repeat(3_000_000) } }, 'LIMIT_EXCEEDED /presentation/text'],
    ['an expression of 10,000 characters', { steps: [listed, { ...priced, condition: `true ${' '.repeat(10_000)}` }] }, 'LIMIT_EXCEEDED /steps/1/condition'],
    ['an expression nested 33 deep', { steps: [listed, { ...priced, condition: `${'('.repeat(33)}true${')'.repeat(33)}` }] }, 'LIMIT_EXCEEDED /steps/1/condition'],
    ['a list of 5,001 items', steps({ map: { in: Array.from({ length: 5001 }, () => 1), do: place }, as: 'm' }), 'LIMIT_EXCEEDED /steps/2/map/in'],
    ['a wait of eight days', steps({ wait: { for: 'P8D' }, as: 'w' }), 'LIMIT_EXCEEDED /steps/2/wait/for'],
    ['values that nest 200 deep', { presentation: JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`) as object }, 'LIMIT_EXCEEDED /presentation' + '/a'.repeat(127)],
    ['201 names of a compute', steps({ compute: Object.fromEntries(many(201).map(({ as }) => [as, '1'])), as: 'c' }), 'LIMIT_EXCEEDED /steps/2/compute', 'UNUSED /steps/2'],
    ['201 inputs', { inputs: { ...soundPattern.inputs, ...Object.fromEntries(many(200).map(({ as }) => [as, { type: 'string' }])) }, outputs: { p: '{{state.priced}}', all: Object.fromEntries(many(200).map(({ as }) => [as, `{{inputs.${as}}}`])) } }, 'LIMIT_EXCEEDED /inputs'],
  ]);
}); // prettier-ignore

describe('arguments are wrong when', () => {
  rules([
    ['the capability is not there', steps({ capability: 'ledger.postions', as: 'x' }), 'CAPABILITY_UNKNOWN /steps/2/capability (did you mean ledger.positions?)', 'UNUSED /steps/2'],
    ['one is missing', { steps: [listed, { ...priced, args: {} }] }, 'ARGS_INVALID /steps/1/args', 'UNUSED /steps/0'],
    ['all are missing', { steps: [listed, { capability: 'prices.apply', as: 'priced' }] }, 'ARGS_INVALID /steps/1', 'UNUSED /steps/0'],
    ['one is missing of which an input has the name', { inputs: { portfolio_id: { type: 'uuid', required: true } }, steps: [{ ...listed, args: {} }, priced] }, 'ARGS_INVALID /steps/0/args (add "portfolio_id": "{{inputs.portfolio_id}}")', 'UNUSED /inputs/portfolio_id'],
    ['there is none of that name', args({ moed: 'last' }), 'ARGS_INVALID /steps/1/args/moed (did you mean mode?)'],
    ['a text is none of the choices', args({ mode: 'midd' }), 'ARGS_INVALID /steps/1/args/mode (did you mean mid?)'],
    ['a number is out of range', args({ days: 11 }), 'ARGS_INVALID /steps/1/args/days'],
    ['a number is written as a text', args({ days: '5' }), 'ARGS_INVALID /steps/1/args/days (write 5)'],
    ['an amount is written as a number', args({ limit: 5 }), 'ARGS_INVALID /steps/1/args/limit (write "5")'],
    ['a reference lacks its braces', { steps: [listed, { ...priced, args: { positions: 'state.listed.positions' } }] }, 'ARGS_INVALID /steps/1/args/positions (write "{{state.listed.positions}}")', 'UNUSED /steps/0'],
    ['a text is given for a list', args({ positions: '{{state.listed.total}}' }), 'ARGS_INVALID /steps/1/args/positions'],
    ['the object is given for one of its members', args({ positions: '{{state.listed}}' }), 'ARGS_INVALID /steps/1/args/positions (did you mean {{state.listed.positions}}?)'],
    ['a date is given for an amount', args({ limit: '{{state.listed.asof}}' }), 'ARGS_INVALID /steps/1/args/limit'],
    ['items of a list are of another form', steps({ compute: '[{"symbol": 1, "quantity": "1"}]', as: 'c' }, { ...priced, args: { positions: '{{state.c}}' }, as: 'again' }), 'ARGS_INVALID /steps/3/args/positions', 'UNUSED /steps/3'],
    ['a choice can be none of the choices', { ...args({ mode: '{{inputs.m}}' }), inputs: { ...soundPattern.inputs, m: { type: 'string', enum: ['a', 'b'], default: 'a' } } }, 'ARGS_INVALID /steps/1/args/mode'],
    ['a literal beside references does not fit', args({ filter: { symbol: '{{state.listed.owner}}', least: 'x' } }), 'ARGS_INVALID /steps/1/args/filter/least', 'POSSIBLY_NULL /steps/1/args/filter/symbol (add "condition": "state.listed.owner != null")'],
    ['an inner member is missing or too many', args({ filter: { symbl: '{{state.listed.count}}' } }), 'ARGS_INVALID /steps/1/args/filter/symbl (did you mean symbol?)', 'ARGS_INVALID /steps/1/args/filter'],
    ['a list stands inside a longer text', steps(useText('All: {{state.listed.positions}}')), 'ARGS_INVALID /steps/2/args/text', 'UNUSED /steps/2'],
    ['a longer text is given for a number', args({ days: 'in {{state.listed.count}}' }), 'ARGS_INVALID /steps/1/args/days (write the reference alone)'],
    ['a map goes through a text', steps({ map: { in: '{{state.listed.total}}', do: place }, as: 'm' }), 'ARGS_INVALID /steps/2/map/in'],
    ['a map goes through an object', steps({ map: { in: '{{state.listed}}', do: place }, as: 'm' }), 'ARGS_INVALID /steps/2/map/in (did you mean {{state.listed.positions}}?)'],
    ['a map’s list lacks its braces', steps({ map: { in: 'state.listed.positions', do: place }, as: 'm' }), 'ARGS_INVALID /steps/2/map/in (write "{{state.listed.positions}}")'],
    ['an undo’s argument is missing', steps({ ...place, compensate: { capability: 'order.cancel', args: {} } }), 'ARGS_INVALID /steps/2/compensate/args'],
    ['a wait is until a number', steps({ wait: { until: '{{state.listed.count}}' }, as: 'w' }), 'ARGS_INVALID /steps/2/wait/until'],
  ]);
}); // prettier-ignore

describe('a reference names nothing when', () => {
  const text = (template: string) => ({ ...steps(useText(template)), ...outs('priced', 'written') });
  rules([
    ['there is no such step', text('{{state.lisetd.owner}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text (did you mean state.listed?)'],
    ['it is bare and there is no such step', text('{{lisetd.owner}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text (did you mean state.listed?)'],
    ['it is bare and an input is meant', text('{{id}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text (did you mean inputs.id?)'],
    ['the result has no such path', text('{{state.listed.positions.0.symbl}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text (did you mean state.listed.positions.0.symbol?)'],
    ['the path goes through a text', text('{{state.listed.asof.year}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text'],
    ['there is no such input', text('{{inputs.ids}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text (did you mean inputs.id?)'],
    ['there is no such member of the context', text('{{ctx.pricing_pak_id}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text (did you mean ctx.pricing_pack_id?)'],
    ['it differs from run to run', text('{{ctx.trace_id}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text'],
    ['it differs from request to request', text('{{ctx.request_id}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text'],
    ['it names all of the context', text('{{ctx}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text'],
    ['it has a refused segment', text('{{state.listed.__proto__}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text'],
    ['it is no path', text('{{state..x}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text'],
    ['it is an item outside a map', text('{{item.symbol}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text'],
    ['it is the error outside a handler', text('{{error.code}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text'],
    ['it is the last result outside a repeat', text('{{last.x}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text'],
    ['a status is none', text('{{steps.listed.statsu}}'), 'REFERENCE_UNRESOLVED /steps/2/args/text (did you mean steps.listed.status?)'],
    ['the step is inside a group', { ...steps({ steps: [{ compute: '"a"', as: 'inside' }], outputs: ['inside'], as: 'g' }, useText('{{state.inside}}')), ...outs('priced', 'written') }, 'REFERENCE_UNRESOLVED /steps/3/args/text (name it in the outputs of "g" and read state.g)', 'UNUSED /steps/2'],
    ['the step is inside a map', { ...steps({ map: { in: [1], do: wrap({ compute: 'item' }, 'one') }, as: 'm' }, useText('{{state.one}}')), ...outs('priced', 'written', 'm') }, 'REFERENCE_UNRESOLVED /steps/3/args/text (read state.m)'],
    ['a group gives nothing of that name', { ...steps({ steps: [{ compute: '"a"', as: 'inside' }], outputs: { a: '{{inside}}' }, as: 'g' }, useText('{{state.g.b}}')), ...outs('priced', 'written') }, 'REFERENCE_UNRESOLVED /steps/3/args/text'],
    ['a computed object has no such member', { ...steps({ compute: { total: '1' }, as: 'c' }, useText('{{state.c.totl}}')), ...outs('priced', 'written') }, 'REFERENCE_UNRESOLVED /steps/3/args/text (did you mean state.c.total?)'],
    ['an approval has no such member', { ...steps({ approval: { title: 'Go?' }, as: 'a' }, useText('{{state.a.decison}}')), ...outs('priced', 'written') }, 'REFERENCE_UNRESOLVED /steps/3/args/text (did you mean state.a.decision?)'],
    ['a form has no such field', { ...steps({ approval: { title: 'Go?', form: { type: 'object', properties: { reason: { type: 'string' } }, additionalProperties: false } }, as: 'a' }, useText('{{state.a.data.reson}}')), ...outs('priced', 'written') }, 'REFERENCE_UNRESOLVED /steps/3/args/text (did you mean state.a.data.reason?)'],
    ['it goes below what a wait gives', { ...steps({ wait: { for: 'PT1S' }, as: 'w' }, useText('{{state.w.at}}')), ...outs('priced', 'written') }, 'REFERENCE_UNRESOLVED /steps/3/args/text'],
    ['items of a map have no such member', { ...steps({ map: { in: '{{state.listed.positions}}', do: useText('{{item.symbl}}') }, as: 'm' }), ...outs('priced', 'm') }, 'REFERENCE_UNRESOLVED /steps/2/map/do/args/text (did you mean item.symbol?)'],
    ['results of a map are a list', { ...steps({ map: { in: [1], do: useText('x') }, as: 'm' }, useText('{{state.m.text}}', { as: 'other' })), ...outs('priced', 'other') }, 'REFERENCE_UNRESOLVED /steps/3/args/text'],
    ['a sub-pattern has no such output', { ...steps({ pattern: 'holdings', args: { id: '{{inputs.id}}' }, as: 'sub' }, useText('{{state.sub.listd.asof}}')), ...outs('priced', 'written') }, 'REFERENCE_UNRESOLVED /steps/3/args/text (did you mean state.sub.listed?)'],
    ['after names no step', { steps: [listed, { ...priced, after: ['listed', 'lsted'] }] }, 'REFERENCE_UNRESOLVED /steps/1/after/1 (did you mean listed?)'],
    ['after names a step in a group', { ...steps({ steps: [{ compute: '1', as: 'inside' }], outputs: ['inside'], as: 'g' }, useText('x', { after: 'inside' })), ...outs('priced', 'written', 'g') }, 'REFERENCE_UNRESOLVED /steps/3/after'],
    ['an output is no step', outs('pricd'), 'REFERENCE_UNRESOLVED /outputs/0 (did you mean state.priced?)', 'UNUSED /steps/1'],
    ['a panel shows nothing', { display: { panels: [panel('a', 'priced.vale')] } }, 'REFERENCE_UNRESOLVED /display/panels/0/source (did you mean priced.value?)'],
    ['an older file names a panel that is not there', { outputs: { panels: ['ab'] }, display: { panels: [panel('abc', 'priced')] } }, 'PATTERN_INVALID /outputs/panels/0 (did you mean abc?)'],
  ]);
}); // prettier-ignore
