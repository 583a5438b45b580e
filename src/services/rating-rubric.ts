/**
 * The rubric of the quality rating as data: dividend safety 30 %, moat 40 %, resilience 30 %, each of four components.
 * A threshold is met at its very value.
 */
import type { RubricName } from '../contract/decision-names';

export interface Component {
  /** Name of the fundamental it reads. */
  name: string;
  /** Share of the overall rating; all add up to 1. */
  weight: number;
  better: 'higher' | 'lower';
  /** Thresholds from best to worst, each with its points. */
  steps: readonly (readonly [threshold: number, points: number])[];
  /** Points where no threshold is met. */
  otherwise: number;
}

type Row = [
  name: string,
  weight: number,
  better: Component['better'],
  steps: Component['steps'],
  otherwise: number,
];

const dividendSafety: Row[] = [
  [
    'fcf_coverage',
    0.35,
    'higher',
    [
      [3, 10],
      [2, 8],
      [1.5, 6],
    ],
    4,
  ],
  [
    'payout_ratio',
    0.3,
    'lower',
    [
      [0.4, 10],
      [0.6, 8],
      [0.8, 6],
    ],
    4,
  ],
  [
    'dividend_growth_streak',
    0.2,
    'higher',
    [
      [10, 10],
      [5, 8],
      [3, 6],
    ],
    4,
  ],
  [
    'net_cash',
    0.15,
    'higher',
    [
      [50e9, 10],
      [10e9, 8],
      [1e9, 6],
    ],
    4,
  ],
];
const moat: Row[] = [
  [
    'return_on_equity',
    0.35,
    'higher',
    [
      [0.2, 10],
      [0.15, 8],
      [0.1, 6],
    ],
    4,
  ],
  [
    'gross_margin',
    0.3,
    'higher',
    [
      [0.6, 10],
      [0.4, 8],
      [0.25, 6],
    ],
    4,
  ],
  [
    'intangibles_to_assets',
    0.2,
    'higher',
    [
      [0.3, 8],
      [0.15, 6],
    ],
    4,
  ],
  [
    'switching_costs',
    0.15,
    'higher',
    [
      [8, 10],
      [6, 8],
      [4, 6],
    ],
    4,
  ],
];
const resilience: Row[] = [
  [
    'debt_to_equity',
    0.4,
    'lower',
    [
      [0.5, 10],
      [1, 8],
      [2, 6],
    ],
    3,
  ],
  [
    'current_ratio',
    0.25,
    'higher',
    [
      [2, 10],
      [1.5, 8],
      [1, 7],
    ],
    4,
  ],
  [
    'interest_coverage',
    0.2,
    'higher',
    [
      [10, 10],
      [5, 8],
      [2, 6],
    ],
    3,
  ],
  [
    'operating_margin_deviation',
    0.15,
    'lower',
    [
      [0.02, 10],
      [0.05, 8],
      [0.1, 6],
    ],
    4,
  ],
];

export const rubric: readonly Component[] = [
  ...weighed(dividendSafety, 0.3),
  ...weighed(moat, 0.4),
  ...weighed(resilience, 0.3),
];

/** Each part on its own, and the whole as `quality`. */
export const rubrics = {
  quality: rubric,
  dividend_safety: weighed(dividendSafety, 1),
  moat_strength: weighed(moat, 1),
  resilience: weighed(resilience, 1),
} as const satisfies Record<RubricName, readonly Component[]>;

function weighed(rows: readonly Row[], share: number): Component[] {
  return rows.map(([name, weight, better, steps, otherwise]) => ({
    name,
    weight: weight * share,
    better,
    steps,
    otherwise,
  }));
}
