/** The agent `ratings`: quality ratings of companies by rubrics. */
import { ratingsCatalogue } from '../../src/capabilities/ratings';
import { defineAgent } from '../agent';
import { aggregateRatings } from './aggregate';
import { companyHandlers } from './company';

type Name = keyof typeof ratingsCatalogue;
const names = Object.keys(ratingsCatalogue) as Name[];

export const ratings = defineAgent('ratings', names, (_services: unknown) => ({
  ...companyHandlers,
  'ratings.aggregate': aggregateRatings,
}));
