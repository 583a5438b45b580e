import { reasonOfNone, surroundingsOf } from './surroundings';

const statement = {
  lines: { taxes: { amount: null, postings: [] }, fees: { amount: '0', postings: [] } },
  reasons: { taxes: 'NO_QUOTE' },
};

it('finds the reason of a figure that is named by what holds it', () => {
  const of = { unit: 'money', base: 'CAD' } as const;
  expect(surroundingsOf({ statement }, ['statement', 'lines', 'taxes', 'amount'], of).reason).toBe(
    'NO_QUOTE',
  );
});

it('says why a list is empty where the result does', () => {
  expect(reasonOfNone({ statement }, ['statement', 'lines', 'taxes', 'postings'])).toBe('NO_QUOTE');
  expect(reasonOfNone({ statement }, ['statement', 'lines', 'fees', 'postings'])).toBeNull();
  const valued = { positions: [], reasons: { positions: 'NO_HOLDINGS' } };
  expect(reasonOfNone({ valued }, ['valued', 'positions'])).toBe('NO_HOLDINGS');
  expect(reasonOfNone({}, [])).toBeNull();
});
