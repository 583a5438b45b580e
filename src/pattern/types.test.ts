import type { JsonSchema } from './signatures';
import { kindsOf, namesNull, othersOf, schemaAt } from './types';

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

  it('know what every member of a record holds, and what alternatives hold beside their own members', () => {
    const record: JsonSchema = { type: 'object', patternProperties: { '^(.*)$': text } };
    expect(schemaAt(record, ['anything'])).toEqual({ schema: text });
    expect(schemaAt({ type: 'object', additionalProperties: list }, ['x', '0', 'v'])).toEqual({
      schema: nullableNumber,
    });
    expect(othersOf({ type: 'object', patternProperties: { '^a': text } })).toBe('open');
    expect(schemaAt({ properties: { a: text }, oneOf: [root] }, ['a'])).toEqual({ schema: text });
    expect(schemaAt({ oneOf: [root] }, ['list', '0', 'v'])).toEqual({ schema: nullableNumber });
    expect(schemaAt({ $ref: '#/$defs/x' }, ['a'])).toEqual({ unknown: true });
  });

  it('are the kinds of value that type, alternatives or listed values name', () => {
    expect(kindsOf({ type: ['string', 'integer'] })).toEqual(new Set(['string', 'number']));
    expect(kindsOf({ enum: ['a', 1, null] })).toEqual(new Set(['string', 'number', 'null']));
    expect(kindsOf(nullableNumber)).toEqual(new Set(['number', 'null']));
    expect(kindsOf({}).size).toBe(6);
  });

  it('tell null that is named from null that is merely not excluded', () => {
    expect([{}, nullableNumber, text, { enum: [null] }, { anyOf: [{}, text] }].map(namesNull)).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
  });
});
