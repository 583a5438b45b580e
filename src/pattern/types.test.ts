import type { JsonSchema } from './signatures';
import { describeKinds, kindsOf, mayFit, schemaAt } from './types';

const text: JsonSchema = { type: 'string' };
const nullableNumber: JsonSchema = { anyOf: [{ type: 'number' }, { type: 'null' }] };
const list: JsonSchema = {
  type: 'array',
  items: { type: 'object', properties: { v: nullableNumber }, additionalProperties: false },
};
const root: JsonSchema = {
  type: 'object',
  properties: { list, open: { type: 'object' }, either: { anyOf: [{ type: 'null' }, list] } },
  additionalProperties: false,
};

describe('types across steps', () => {
  it('find the schema at a path, through lists and unions', () => {
    expect(schemaAt(root, ['list', '0', 'v'])).toEqual({ schema: nullableNumber });
    expect(schemaAt(root, ['either', '3', 'v'])).toEqual({ schema: nullableNumber });
  });

  it('do not know what an open object holds', () => {
    expect(schemaAt(root, ['open', 'anything', 'below'])).toEqual({ unknown: true });
  });

  it('name the segment that cannot be, and what could', () => {
    expect(schemaAt(root, ['lst'])).toEqual({ failedAt: 'lst', known: ['list', 'open', 'either'] });
    expect(schemaAt(root, ['list', 'first'])).toEqual({ failedAt: 'first', known: [] });
    expect(schemaAt(root, ['list', '0', 'w'])).toEqual({ failedAt: 'w', known: ['v'] });
    expect(schemaAt(root, ['either', '0', 'w'])).toEqual({ failedAt: 'w', known: ['v'] });
  });

  it('fit when some value of the source can be one of the target', () => {
    expect(mayFit(nullableNumber, { type: 'integer' })).toBe(true);
    expect(mayFit(text, { type: 'number' })).toBe(false);
    expect(mayFit({ type: 'null' }, nullableNumber)).toBe(false);
    expect(mayFit({ type: 'array', items: text }, { type: 'array', items: { type: 'number' } })).toBe(false);
    expect(mayFit({}, text)).toBe(true);
  });

  it('are told in words', () => {
    expect(describeKinds(nullableNumber)).toBe('a number or null');
    expect(kindsOf({ type: ['string', 'integer'] })).toEqual(new Set(['string', 'number']));
  });
});
