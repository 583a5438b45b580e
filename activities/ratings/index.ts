/** The agent `ratings`: quality ratings of companies by rubrics. */
import { ratingsCatalogue } from '../../src/capabilities/ratings';
import { defineAgent } from '../agent';

type Name = keyof typeof ratingsCatalogue;
const names = Object.keys(ratingsCatalogue) as Name[];

export const ratings = defineAgent('ratings', names, (_services: unknown) => ({}));
