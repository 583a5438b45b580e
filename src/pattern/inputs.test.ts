import { checkInputs } from './inputs';

const declared = {
  portfolio_id: { type: 'uuid', required: true },
  days: { type: 'integer', default: 252, minimum: 1 },
  from: { type: 'date' },
  amount: { type: 'decimal' },
  list: { type: 'array', items: { type: 'string' } },
};
const portfolio_id = '00000000-0000-4000-8000-000000000001';

describe('checkInputs', () => {
  it('fills defaults and leaves an optional input that was not given absent', () => {
    expect(checkInputs(declared, { portfolio_id })).toEqual({
      inputs: { portfolio_id, days: 252 },
      problems: [],
    });
  });

  it('takes what fits the short types', () => {
    const given = { portfolio_id, from: '2013-02-28', amount: '10.50', list: ['a'] };
    expect(checkInputs(declared, given).problems).toEqual([]);
  });

  it('asks for one input where another may be given instead', () => {
    const either = {
      scenario: { type: 'string', required_unless: ['shocks', 'beta'] },
      shocks: { type: 'object' },
      beta: { type: 'number', required_unless: ['scenario', 'shocks'] },
    };
    for (const given of [{ scenario: 'a' }, { shocks: {} }, { scenario: 'a', beta: 0 }]) {
      expect(checkInputs(either, given)).toEqual({ inputs: given, problems: [] });
    }
    expect(checkInputs(either, {}).problems).toEqual([
      {
        code: 'REQUEST_INVALID',
        pointer: '/inputs/scenario',
        message: 'is required unless "shocks" or "beta" is given',
      },
      {
        code: 'REQUEST_INVALID',
        pointer: '/inputs/beta',
        message: 'is required unless "scenario" or "shocks" is given',
      },
    ]);
    // A wrong value stands for the input: one mistake is one problem.
    expect(checkInputs(either, { shocks: 1 }).problems.map(({ pointer }) => pointer)).toEqual([
      '/inputs/shocks',
    ]);
  });

  it.each([
    [{}, '/inputs/portfolio_id'],
    [{ portfolio_id: 'x' }, '/inputs/portfolio_id'],
    [{ portfolio_id, days: '252' }, '/inputs/days'],
    [{ portfolio_id, days: 0 }, '/inputs/days'],
    [{ portfolio_id, from: '2013-02-30' }, '/inputs/from'],
    [{ portfolio_id, amount: 10.5 }, '/inputs/amount'],
    [{ portfolio_id, list: [1] }, '/inputs/list/0'],
    [{ portfolio_id, dayz: 1 }, '/inputs/dayz'],
    [
      JSON.parse(`{"portfolio_id":"${portfolio_id}","__proto__":{"days":1}}`) as Record<string, unknown>,
      '/inputs/__proto__',
    ],
  ])('refuses %j at %s', (given, pointer) => {
    expect(checkInputs(declared, given).problems.map((problem) => problem.pointer)).toEqual([pointer]);
  });
});
