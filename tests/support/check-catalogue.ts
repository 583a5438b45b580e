/** For tests of the checker: a catalogue with amounts, lists, choices, writes and declared errors, and patterns to run. */
import { DecimalString } from '../../src/contract/scalars';
import { type CheckContext, lookupOf } from '../../src/pattern/check-context';
import { type SignatureEntry, signaturesOf } from '../../src/pattern/signatures';

const closed = { additionalProperties: false } as const;
const text = { type: 'string' };
const amount = { type: 'string', pattern: DecimalString.pattern };
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const object = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  ...closed,
});
const policy = {
  startToCloseTimeout: '10s',
  maximumAttempts: 3,
  initialInterval: '200ms',
  backoffCoefficient: 2,
  maximumInterval: '5s',
};

type Entry = Partial<SignatureEntry> & Pick<SignatureEntry, 'args' | 'result'>;

function entries(of: Record<string, Entry>): Record<string, SignatureEntry> {
  const full = Object.entries(of).map(([name, entry]): [string, SignatureEntry] => {
    const own = { name, version: '1', agent: 'tester', effect: 'none', pure: true, displayTtlSeconds: null } as const;
    return [name, { ...own, policy, ...entry }];
  });
  return Object.fromEntries(full);
} // prettier-ignore

const position = object({ symbol: text, quantity: amount });
const write = { effect: 'write', pure: false } as const;

const catalogue = entries({
  'ledger.positions': {
    args: object({ portfolio_id: { type: 'string', format: 'uuid' } }),
    result: object({
      positions: { type: 'array', items: position },
      total: amount,
      owner: orNull(text),
      count: { type: 'integer' },
      asof: { type: 'string', format: 'date' },
    }),
    errors: ['LEDGER_LOCKED'],
  },
  'prices.apply': {
    args: object(
      {
        positions: { type: 'array', items: position },
        mode: { type: 'string', enum: ['last', 'mid'] },
        days: { type: 'integer', minimum: 1, maximum: 10 },
        note: orNull(text),
        limit: amount,
        filter: object({ symbol: text, least: { type: 'number' } }, ['symbol']),
      },
      ['positions'],
    ),
    result: object({ value: orNull(amount), rows: { type: 'array', items: position } }),
  },
  'text.write': { args: object({ text }), result: object({ text }) },
  'order.place': { ...write, args: object({ symbol: text }), result: object({ order_id: text }), errors: ['NO_STOCK'] },
  'order.cancel': { ...write, args: object({ order_id: text }), result: object({}) },
  'time.read': { pure: false, args: object({}), result: object({ at: { type: 'string', format: 'date-time' } }) },
  'any.thing': { args: { type: 'object' }, result: { type: 'object' } },
}); // prettier-ignore

const list = { capability: 'ledger.positions', args: { portfolio_id: '{{inputs.id}}' }, as: 'listed' };
const sub = {
  name: 'Sub',
  inputs: { id: { type: 'uuid', required: true } },
  steps: [list],
  outputs: ['listed'],
};
const runs = (pattern: string) => ({ pattern, args: { id: '{{inputs.id}}' }, as: 'inner' });

const patterns = [
  { ...sub, id: 'holdings', version: '1.2.0' },
  { ...sub, id: 'holdings', version: '1.0.0' },
  { ...sub, id: 'broken', steps: [{ capability: 'ledger.postions', as: 'listed' }] },
  { ...sub, id: 'ring', steps: [runs('p')], outputs: ['inner'] },
  { ...sub, id: 'wraps', steps: [runs('holdings')], outputs: { all: '{{state.inner.listed.positions}}' } },
];

export const checkContext: CheckContext = {
  signatures: signaturesOf(catalogue, [{ name: 'positions.list', alias_of: 'ledger.positions' }]),
  patterns: lookupOf(patterns),
};

/** A step that gives positions, and one that needs them. */
export const listed = list;
export const priced = {
  capability: 'prices.apply',
  args: { positions: '{{state.listed.positions}}' },
  as: 'priced',
};

/** A pattern without problems. */
export const soundPattern = {
  id: 'p',
  name: 'P',
  inputs: { id: { type: 'uuid', required: true } },
  steps: [listed, priced],
  outputs: ['priced'],
};
