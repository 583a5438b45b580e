/** The agent `optimizer`: trades, their impact, and hedges. */
import type { Pool } from 'pg';
import { optimizerCatalogue } from '../../src/capabilities/optimizer';
import { defineAgent } from '../agent';
import { hedgesHandlers } from './hedges';

type Name = keyof typeof optimizerCatalogue;
const names = Object.keys(optimizerCatalogue) as Name[];

export const optimizer = defineAgent('optimizer', names, (services: { database: Pool }) => ({
  ...hedgesHandlers(services),
}));
