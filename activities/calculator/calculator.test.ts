import { catalogue } from '../../src/capabilities';
import { compileSchema } from '../../src/validate';
import type { Call } from '../agent';
import { calculator } from '.';

const annualise = async (args: unknown) => {
  const answer = await calculator.handlers(null)['calc.annualise']?.(args, {} as Call);
  expect(compileSchema(catalogue['calc.annualise'].result)(answer?.result)).toEqual([]);
  return answer?.result as { annualised: number | null; reasons: object };
};

describe('the calculator', () => {
  it('takes numbers and decimal texts', async () => {
    expect((await annualise({ total_return: '0.21', days: 730 })).annualised).toBeCloseTo(0.1, 12);
    expect(
      (await annualise({ total_return: 0.01, periods: '1', periods_per_year: 12 })).annualised,
    ).toBeCloseTo(1.01 ** 12 - 1, 12);
  });

  it('says why a figure is not available', async () => {
    expect(await annualise({ total_return: 0.1 })).toMatchObject({
      annualised: null,
      reasons: { annualised: 'MISSING_INPUT' },
    });
  });
});
