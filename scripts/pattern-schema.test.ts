import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { catalogue } from '../src/capabilities';
import { patternFileSchema } from './pattern-schema';

const schema = patternFileSchema(Object.values(catalogue));
const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { date: true } });
const fits = ajv.compile(schema);
const pattern = (...steps: object[]) => ({ id: 'p', name: 'P', steps, outputs: ['a'] });

describe('the schema that editors use', () => {
  it('takes every shipped pattern', () => {
    const root = path.resolve('patterns');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\/.*\.json$/.test(file));
    for (const file of files) {
      const source: unknown = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
      expect([file, fits(source), fits.errors]).toEqual([file, true, null]);
    }
  }); // prettier-ignore

  it('is JSON Schema itself', () => {
    expect(ajv.validateSchema(schema)).toBe(true);
  });

  it.each<[string, object, boolean]>([
    ['every kind of step', pattern({ steps: [{ compute: '1', as: 'x' }], as: 'a' }, { map: { in: [1], do: { repeat: { do: { compute: '1' }, until: 'true', max: 2 } } }, as: 'b' }, { wait: { for: 'PT1S' }, as: 'c' }, { approval: { title: 'x' }, as: 'd' }, { assert: 'true', as: 'e' }, { pattern: 'other', as: 'f' }), true],
    ['an unknown member of an inner step', pattern({ map: { in: [1], do: { compute: '1', retry: {} } }, as: 'a' }), false],
    ['a step as a handler', pattern({ capability: 'ledger.positions', args: { portfolio_id: 'x' }, fallback: { compute: '1' }, as: 'a' }), true],
    ['a value as a handler', pattern({ capability: 'ledger.positions', args: { portfolio_id: 'x' }, fallback: { positions: [] }, as: 'a' }), true],
    ['an unknown argument', pattern({ capability: 'ledger.positions', args: { portfolio: 'x' }, as: 'a' }), false],
    ['a missing argument', pattern({ capability: 'ledger.positions', args: {}, as: 'a' }), false],
    ['a reference for an argument', pattern({ capability: 'ledger.positions', args: { portfolio_id: '{{inputs.id}}' }, as: 'a' }), true],
    ['a capability that only a file describes', pattern({ capability: 'python.fit', args: { x: 1 }, as: 'a' }), true],
    ['a short type of an input', { ...pattern({ compute: '1', as: 'a' }), inputs: { id: { type: 'uuid', required: true } } }, true],
    ['another type of an input', { ...pattern({ compute: '1', as: 'a' }), inputs: { id: { type: 'money' } } }, false],
  ])('knows of %s whether it may be', (_title, source, expected) => {
    expect(fits(source)).toBe(expected);
  }); // prettier-ignore

  it('names and explains the capabilities and their arguments', () => {
    const text = JSON.stringify(schema);
    for (const { name, summary } of Object.values(catalogue)) {
      expect(text).toContain(JSON.stringify({ const: name, description: summary }));
    }
    expect(text).toContain('trading days of the pack calendar');
  });
});
