/** The marks of the checklist, as data with a version: what a figure has to be. */
import type { FundamentalName, FundamentalUnit, RatingPart } from '../contract/rating-names';

export interface Mark {
  part: RatingPart;
  name: FundamentalName;
  label: string;
  unit: FundamentalUnit;
  relation: '>=' | '<=';
  mark: number;
}

export const checklistMethod = { name: 'checklist', version: '1.0.0' };

type Row = [Mark['part'], Mark['name'], label: string, Mark['unit'], Mark['relation'], mark: number];

const rows: Row[] = [
  ['moat_strength', 'return_on_equity', 'Return on equity, five-year mean', 'fraction', '>=', 0.15],
  ['moat_strength', 'operating_margin', 'Operating margin, five-year mean', 'fraction', '>=', 0.2],
  ['moat_strength', 'free_cash_flow_margin', 'Free cash flow margin, five-year mean', 'fraction', '>=', 0.1],
  ['moat_strength', 'growth_variation', 'Variation of revenue growth', 'multiple', '<=', 0.3],
  ['dividend_safety', 'payout_ratio', 'Payout of earnings, five-year mean', 'fraction', '<=', 0.6],
  ['dividend_safety', 'fcf_coverage', 'Free cash flow over dividends', 'multiple', '>=', 1.5],
  ['dividend_safety', 'dividend_growth_streak', 'Years of rising dividends in a row', 'years', '>=', 10],
  ['resilience', 'debt_to_equity', 'Debt over equity', 'multiple', '<=', 1],
  ['resilience', 'interest_coverage', 'Earnings before interest and tax over interest', 'multiple', '>=', 5],
  ['resilience', 'current_ratio', 'Current assets over current liabilities', 'multiple', '>=', 1.5],
  ['resilience', 'cash_to_assets', 'Cash over assets', 'fraction', '>=', 0.1],
];

export const checklistMarks: readonly Mark[] = rows.map(([part, name, label, unit, relation, mark]) => ({
  ...{ part, name, label, unit, relation, mark },
}));
