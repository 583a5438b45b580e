/** What can be asked of the agent `ratings`: quality ratings of companies by rubrics. */
import { ratingsAggregate } from './aggregate';
import { ratingsChecklist } from './checklist';
import { ratingsDividendSafety, ratingsMoatStrength, ratingsResilience } from './company';

export const ratingsCatalogue = {
  'ratings.dividend_safety': ratingsDividendSafety,
  'ratings.moat_strength': ratingsMoatStrength,
  'ratings.resilience': ratingsResilience,
  'ratings.aggregate': ratingsAggregate,
  'ratings.checklist': ratingsChecklist,
} as const;
