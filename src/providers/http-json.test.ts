/** An answer of another shape is not believed, however often it is wrong. */
import { Type } from '@sinclair/typebox';
import { shapeOf } from './http-json';

it('looks no further than the first of a million mistakes', () => {
  const shape = shapeOf(Type.Array(Type.Object({ a: Type.String(), b: Type.Number() })));
  const text = `[{"a":"x","b":1},${'{},'.repeat(1_000_000)}{}]`;
  const before = process.memoryUsage().heapUsed;
  expect(() => shape(text, 'X')).toThrow('is not as documented (/1/a: missing member "a")');
  // All of them together took more than a gigabyte.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(400_000_000);
});

it('takes members that the provider adds, and no number that JSON does not have', () => {
  const shape = shapeOf(Type.Object({ a: Type.Number() }));
  expect(shape('{"a":1,"more":[]}', 'X')).toEqual({ a: 1, more: [] });
  for (const text of ['{"a":1e999}', '{"a":"1"}', '{"a":null}', '{"a":NaN}'])
    expect(() => shape(text, 'X')).toThrow('nothing of it is used');
});
