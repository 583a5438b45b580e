/** Words of ratings and fundamentals that contracts and services share. */

/** What is computed from a company's annual statements (src/services/fundamentals-*.ts). */
export const fundamentalNames = [
  'payout_ratio',
  'fcf_coverage',
  'dividend_growth_streak',
  'net_cash',
  'return_on_equity',
  'gross_margin',
  'intangibles_to_assets',
  'switching_costs',
  'debt_to_equity',
  'current_ratio',
  'interest_coverage',
  'operating_margin_deviation',
  'operating_margin',
  'free_cash_flow_margin',
  'growth_variation',
  'cash_to_assets',
] as const;
export type FundamentalName = (typeof fundamentalNames)[number];

export const fundamentalUnits = ['fraction', 'multiple', 'years', 'currency', 'points'] as const;
export type FundamentalUnit = (typeof fundamentalUnits)[number];

/** The parts of a company's quality rating, each a rubric of its own. */
export const ratingParts = ['dividend_safety', 'moat_strength', 'resilience'] as const;
export type RatingPart = (typeof ratingParts)[number];

export const grades = ['A', 'B', 'C', 'D', 'F'] as const;
export type Grade = (typeof grades)[number];

export const checkOutcomes = ['pass', 'fail', 'not_available'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];
