import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inputsOf, jsonArgument } from './inputs';

const schema = {
  properties: {
    text: { type: 'string' },
    price: { type: 'string' },
    days: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    list: { type: 'array' },
  },
};

describe('inputsOf', () => {
  it('reads each value as the pattern declares it', () => {
    const input = ['text=a=b', 'price=12.50', 'days=30', 'list=[1]', 'unknown=x', 'other=1'];
    expect(inputsOf({ input }, schema)).toEqual({
      text: 'a=b', price: '12.50', days: 30, list: [1], unknown: 'x', other: 1,
    }); // prettier-ignore
    expect(inputsOf({ input: ['days=null'] }, schema)).toEqual({ days: null });
  });

  it('refuses what is no pair, and what is not of the declared type', () => {
    expect(() => inputsOf({ input: ['text'] }, schema)).toThrow('not of the form name=value');
    expect(() => inputsOf({ input: ['=x'] }, schema)).toThrow('not of the form name=value');
    expect(() => inputsOf({ input: ['days=soon'] }, schema)).toThrow('"soon" is not integer or null');
    expect(() => inputsOf({ inputs: '/no/such/file' }, schema)).toThrow('/no/such/file');
  });

  it('names file, line and column of what is no JSON', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'inputs-')), 'inputs.json');
    writeFileSync(file, '{\n  "days": 30,\n}');
    expect(() => inputsOf({ inputs: file }, schema)).toThrow(
      `--inputs: ${file} is not valid JSON: line 3, column 1: expected a name in double quotes, found "}"`,
    );
  });

  it('takes names that objects have by themselves as any other', () => {
    expect(Object.keys(inputsOf({ input: ['__proto__=1'] }, schema))).toEqual(['__proto__']);
  });
});

describe('jsonArgument', () => {
  it('takes JSON, and refuses what is none', () => {
    expect(jsonArgument('{"a":1}', '--data')).toEqual({ a: 1 });
    expect(() => jsonArgument('{a', '--data')).toThrow('--data is neither JSON nor @file');
    expect(() => jsonArgument('@/no/such/file', '--data')).toThrow('/no/such/file');
  });
});
