/** The rubric of resilience. */
import type { Rubric } from './rubric-definition';

export const resilience = {
  name: 'resilience',
  version: '1.0.0',
  least_covered_weight: 0.8,
  components: [
    {
      name: 'debt_to_equity',
      label: 'Debt over equity',
      unit: 'multiple',
      weight: 0.4,
      steps: [
        ['<', 0.5, 10],
        ['<', 1, 8],
        ['<', 2, 6],
      ],
      otherwise: 3,
    },
    {
      name: 'current_ratio',
      label: 'Current assets over current liabilities',
      unit: 'multiple',
      weight: 0.25,
      steps: [
        ['>', 2, 10],
        ['>', 1.5, 8],
        ['>', 1, 7],
      ],
      otherwise: 4,
    },
    {
      name: 'interest_coverage',
      label: 'Earnings before interest and tax over interest',
      unit: 'multiple',
      weight: 0.2,
      steps: [
        ['>', 10, 10],
        ['>', 5, 8],
        ['>', 2, 6],
      ],
      otherwise: 3,
    },
    {
      name: 'operating_margin_deviation',
      label: 'Deviation of the operating margin over five years',
      unit: 'fraction',
      weight: 0.15,
      steps: [
        ['<', 0.02, 10],
        ['<', 0.05, 8],
        ['<', 0.1, 6],
      ],
      otherwise: 4,
    },
  ],
} as const satisfies Rubric;
