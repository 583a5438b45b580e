/** The agent `optimizer`: trades, their impact, and hedges. */
import { optimizerCatalogue } from '../../src/capabilities/optimizer';
import { defineAgent } from '../agent';

type Name = keyof typeof optimizerCatalogue;
const names = Object.keys(optimizerCatalogue) as Name[];

export const optimizer = defineAgent('optimizer', names, (_services: unknown) => ({}));
