import { didYouMean, meant, withMeant } from './meant';

const names = ['lookback_days', 'portfolio_id', 'benchmark_id'];

it.each([
  ['lookback_dsys', 'lookback_days'],
  ['lookback', 'lookback_days'],
  ['_id', null],
  ['da', null],
  ['nothing', null],
])('%s was meant as %j', (written, found) => {
  expect(meant(written, names)).toBe(found);
});

it('asks nothing where nobody knows', () => {
  expect([didYouMean('x'), didYouMean(null)]).toEqual([' Did you mean "x"?', '']);
});

it('names for each unknown member the one that was meant, else all', () => {
  const problem = (pointer: string, message: string) => ({ code: 'REQUEST_INVALID', pointer, message });
  const found = [
    problem('/inputs/lookback', 'unknown member "lookback"'),
    problem('/inputs/nothing', 'unknown member "nothing"'),
    problem('/inputs/days', 'must be integer'),
    problem('/inputs/options/deep', 'unknown member "deep"'),
  ];
  const all = 'there are lookback_days, portfolio_id, benchmark_id';
  expect(withMeant(found, '/inputs', names).map(({ suggestion }) => suggestion)).toEqual([
    'did you mean lookback_days?',
    all,
    undefined,
    undefined,
  ]);
});
