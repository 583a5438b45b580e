import { parseReference, referencesIn, resolveTemplate } from './reference';
import { type EndedStep, openFrame, type Scope } from './scope';

const frame = openFrame(null);
const ended = (value: unknown, missing = false): EndedStep => ({
  status: missing ? 'skipped' : 'success',
  value,
  missing,
  error: null,
  attempts: 1,
});
frame.ended.set('list', ended({ items: [{ v: 1.5 }, { v: null }], 'odd name': 1 }));
frame.ended.set('skipped', ended(null, true));
const scope: Scope = {
  ctx: { pricing_pack_id: 'PP_2013-02-28' },
  inputs: { text: '{{ctx.pricing_pack_id}}', n: 3 },
  frame,
};
const resolve = (template: unknown) => resolveTemplate(template, scope);

describe('references', () => {
  it('keep the type of a value when they are the whole string', () => {
    expect(resolve('{{state.list.items.0.v}}')).toEqual({ value: 1.5 });
    expect(resolve('{{ state.list.items }}')).toEqual({ value: [{ v: 1.5 }, { v: null }] });
    expect(resolve({ a: ['{{inputs.n}}'], b: 7 })).toEqual({ value: { a: [3], b: 7 } });
  });

  it('become text inside a longer string', () => {
    expect(resolve('n={{inputs.n}} v={{state.list.items.0.v}} p={{ctx.pricing_pack_id}}')).toEqual({
      value: 'n=3 v=1.5 p=PP_2013-02-28',
    });
    expect(() => resolve('x={{state.list.items}}')).toThrow(/neither text, number nor boolean/);
  });

  it('read a bare path as one below state, and steps by their status', () => {
    expect(resolve('{{list.items.0.v}}')).toEqual({ value: 1.5 });
    expect(resolve('{{steps.list.status}}')).toEqual({ value: 'success' });
  });

  it('never look again at text that came from data', () => {
    expect(resolve('{{inputs.text}}')).toEqual({ value: '{{ctx.pricing_pack_id}}' });
    expect(resolve('a {{inputs.text}}')).toEqual({ value: 'a {{ctx.pricing_pack_id}}' });
  });

  it('leave an escaped brace alone', () => {
    expect(resolve('\\{{state.x}} {{inputs.n}}')).toEqual({ value: '{{state.x}} 3' });
    expect(referencesIn('\\{{state.x}}')).toEqual([]);
  });

  it('are missing below a skipped step and an input not given, but a null that is data is data', () => {
    expect(resolve('{{state.skipped.deep.er}}')).toEqual({ missing: 'skipped' });
    expect(resolve('{{inputs.not_given}}')).toEqual({ missing: 'inputs.not_given' });
    expect(resolve('{{state.list.items.1.v}}')).toEqual({ value: null });
  });

  it.each([
    'state.nothing',
    'state.list.items.9',
    'state.list.length',
    'ctx.toString',
    'state.list.items.1.v.x',
  ])('find nothing at %s and say so', (path) => {
    expect(() => resolve(`{{${path}}}`)).toThrow(
      expect.objectContaining({ code: 'REFERENCE_UNRESOLVED' }) as Error,
    );
  });

  it.each(['state.__proto__', 'state.list.constructor', 'inputs.prototype', 'state..x', 'state.a b', ''])(
    'refuse "%s"',
    (path) => {
      expect(() => parseReference(path)).toThrow(
        expect.objectContaining({ code: 'REFERENCE_UNRESOLVED' }) as Error,
      );
    },
  );

  it('are found with the pointer of the string they stand in', () => {
    expect(referencesIn({ a: ['x', '{{state.l}} and {{inputs.n}}'], 'b/c': '{{ctx.y}}' })).toEqual([
      { reference: expect.objectContaining({ text: 'state.l' }) as object, pointer: '/a/1' },
      { reference: expect.objectContaining({ text: 'inputs.n' }) as object, pointer: '/a/1' },
      { reference: expect.objectContaining({ text: 'ctx.y' }) as object, pointer: '/b~1c' },
    ]);
  });
});
