/** The rubric of moat strength. */
import type { Rubric } from './rubric-definition';

export const moatStrength = {
  name: 'moat_strength',
  version: '1.0.0',
  least_covered_weight: 0.8,
  components: [
    {
      name: 'return_on_equity',
      label: 'Return on equity, five-year mean',
      unit: 'fraction',
      weight: 0.35,
      steps: [
        ['>', 0.2, 10],
        ['>', 0.15, 8],
        ['>', 0.1, 6],
      ],
      otherwise: 4,
    },
    {
      name: 'gross_margin',
      label: 'Gross margin, five-year mean',
      unit: 'fraction',
      weight: 0.3,
      steps: [
        ['>', 0.6, 10],
        ['>', 0.4, 8],
        ['>', 0.25, 6],
      ],
      otherwise: 4,
    },
    {
      name: 'intangibles_to_assets',
      label: 'Goodwill and intangibles over assets',
      unit: 'fraction',
      weight: 0.2,
      steps: [
        ['>', 0.3, 8],
        ['>', 0.15, 6],
      ],
      otherwise: 4,
    },
    {
      name: 'switching_costs',
      label: 'Switching costs, own judgement',
      unit: 'points',
      weight: 0.15,
      steps: 'as_given',
      otherwise: 0,
    },
  ],
} as const satisfies Rubric;
