/** The rubric of dividend safety. A threshold is met as its relation says: a payout of exactly 30 % is not below 30 %. */
import type { Rubric } from './rubric-definition';

export const dividendSafety = {
  name: 'dividend_safety',
  version: '1.0.0',
  least_covered_weight: 0.8,
  components: [
    {
      name: 'payout_ratio',
      label: 'Payout of earnings, five-year mean',
      unit: 'fraction',
      weight: 0.3,
      steps: [
        ['<', 0.3, 10],
        ['<', 0.5, 7],
        ['<', 0.7, 5],
      ],
      otherwise: 2,
    },
    {
      name: 'fcf_coverage',
      label: 'Free cash flow over dividends',
      unit: 'multiple',
      weight: 0.35,
      steps: [
        ['>', 3, 10],
        ['>', 2, 7],
        ['>', 1, 5],
      ],
      otherwise: 2,
    },
    {
      name: 'dividend_growth_streak',
      label: 'Years of rising dividends in a row',
      unit: 'years',
      weight: 0.2,
      steps: [
        ['>=', 20, 10],
        ['>=', 10, 9],
        ['>=', 5, 7],
      ],
      otherwise: 5,
    },
    {
      name: 'net_cash',
      label: 'Cash less debt',
      unit: 'currency',
      currency: 'USD',
      weight: 0.15,
      steps: [
        ['>', 50e9, 10],
        ['>', 10e9, 8],
        ['>', 1e9, 6],
      ],
      otherwise: 4,
    },
  ],
} as const satisfies Rubric;
