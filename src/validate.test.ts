import { Type } from '@sinclair/typebox';
import { DecimalString, IsoDate, StringEnum, Uuid } from './contract/scalars';
import { compileSchema } from './validate';

const check = compileSchema(
  Type.Object(
    {
      id: Uuid,
      day: IsoDate,
      amount: DecimalString,
      kind: StringEnum(['a', 'b']),
      list: Type.Array(Type.Integer()),
    },
    { additionalProperties: false },
  ),
);
const good = {
  id: '00000000-0000-4000-8000-000000000001',
  day: '2012-02-29',
  amount: '-1.50',
  kind: 'a',
  list: [1],
};

describe('validation', () => {
  it('passes what fits, and coerces nothing', () => {
    expect(check(good)).toEqual([]);
    expect(check({ ...good, list: ['1'] })).toHaveLength(1);
  });

  it('tells all problems at once, with pointers', () => {
    const problems = check({
      id: 'x',
      day: '2013-02-29',
      amount: '1e5',
      kind: 'c',
      list: [1, 2.5],
      extra: 1,
    });
    expect(problems.map(({ pointer }) => pointer).sort()).toEqual([
      '/amount',
      '/day',
      '/extra',
      '/id',
      '/kind',
      '/list/1',
    ]);
    expect(check({})).toHaveLength(5);
    expect(check({ ...good, 'a/b~': 1 })[0]?.pointer).toBe('/a~1b~0');
  });

  it.each(['01.5', '.5', '1.', '1e3', '+1', '--1', ''])('refuses %s as a decimal', (amount) => {
    expect(check({ ...good, amount })).toHaveLength(1);
  });

  it('refuses a schema that is not strict', () => {
    expect(() => compileSchema({ type: 'object', unknownKeyword: 1 })).toThrow(/unknownKeyword/);
  });
});
