import { DecimalString } from '../contract/scalars';
import { mayTakeForEver } from './check-declarations';
import { misfitOf } from './check-fit';
import type { JsonSchema } from './signatures';

const text: JsonSchema = { type: 'string' };
const number: JsonSchema = { type: 'number' };
const amount: JsonSchema = { type: 'string', pattern: DecimalString.pattern };
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: JsonSchema, more: object = {}): JsonSchema => ({ type: 'array', items, ...more });
const closed = (properties: Record<string, JsonSchema>, required = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

describe('a value of one schema may be one of another', () => {
  it.each<[string, JsonSchema, JsonSchema]>([
    ['when nothing is known of either', {}, {}],
    ['when nothing is known of it', {}, closed({ a: text })],
    ['when anything is wanted', list(text), {}],
    ['when only null stands between them', orNull(number), { type: 'integer' }],
    ['when one of its alternatives does', { oneOf: [text, number] }, number],
    ['when one of the wanted alternatives does', text, orNull(text)],
    ['when a listed value does', { enum: ['a', 'b'] }, { enum: ['b', 'c'] }],
    ['when ranges meet', { type: 'integer', minimum: 1, maximum: 5 }, { type: 'number', minimum: 5 }],
    ['when a text may have the form', text, { type: 'string', format: 'date' }],
    ['when an open object may have the member', { type: 'object' }, closed({ a: text })],
    ['when a member is not required', closed({ a: text }), closed({ a: text, b: text }, ['a'])],
    ['when a record may hold it', { type: 'object', additionalProperties: text }, closed({ a: text })],
    ['when it is the same', { $ref: '#/x' }, { $ref: '#/x' }],
  ])('%s', (_title, source, target) => {
    expect(misfitOf(source, target)).toBeNull();
  });

  it.each<[string, JsonSchema, JsonSchema, string, string]>([
    ['of kind', text, number, '', 'is a text where a number is wanted'],
    ['of null alone', { type: 'null' }, text, '', 'is null where a text is wanted'],
    ['of all alternatives', { anyOf: [text, number] }, list(text), '', 'is a text where a list is wanted'],
    ['of form', { type: 'string', format: 'uuid' }, amount, '', 'is a text (uuid) where a decimal as text is wanted'],
    ['of listed values', { enum: ['a'] }, { type: 'string', enum: ['b', 'c'] }, '', 'is "a" where one of "b", "c" is wanted'],
    ['of a constant', { const: 5 }, { type: 'integer', maximum: 3 }, '', 'is 5 where a number is wanted'],
    ['of choices that it cannot take', { type: 'string', format: 'date' }, { enum: ['last', 'mid'] }, '', 'is a text (date) where one of "last", "mid" is wanted'],
    ['of range', { type: 'integer', minimum: 10 }, { type: 'integer', maximum: 5 }, '', 'has minimum 10 where maximum is 5'],
    ['of length', list(text, { maxItems: 1 }), list(text, { minItems: 2 }), '', 'has maxItems 1 where minItems is 2'],
    ['in the items', list(text), list(number), '0', 'is a text where a number is wanted'],
    ['in a member', closed({ a: list(text) }), closed({ a: list(number) }), 'a.0', 'is a text where a number is wanted'],
    ['of a member that is not there', closed({ a: text }), closed({ a: text, b: text }), '', 'has no "b"'],
    ['of a member too many', closed({ a: text, b: text }), closed({ a: text }), '', 'has a "b", which is not taken'],
    ['in the record’s values', { type: 'object', additionalProperties: text }, closed({ a: number }), 'a', 'is a text where a number is wanted'],
  ])('but not for want %s', (_title, source, target, path, reason) => {
    expect(misfitOf(source, target)).toEqual({ path: path === '' ? [] : path.split('.'), reason });
  }); // prettier-ignore
});

describe('regular expressions of strangers', () => {
  it.each(['^(a+)+$', '(a*)*b', '(a|aa)+$', '((ab)+c)*', '(?:x+y?){2,}'])(
    '%s may take for ever',
    (pattern) => {
      expect(mayTakeForEver(pattern)).toBe(true);
    },
  );

  it.each(['^[A-Z]{3}$', DecimalString.pattern ?? '', '^(a|b)$', '^PP_[0-9]{4}(_[A-Z0-9]+)?$', '\\(+\\)+', '[(+]+'])(
    '%s may not',
    (pattern) => {
      expect(mayTakeForEver(pattern)).toBe(false);
    },
  ); // prettier-ignore
});
