/** The agent `calculator`: measures on the numbers it is given. */
import { calculatorCatalogue } from '../../src/capabilities/calculator';
import { defineAgent } from '../agent';
import { decisionsHandlers } from './decisions';
import { holdingsHandlers } from './holdings';
import { returnsHandlers } from './returns';
import { riskHandlers } from './risk';

type Name = keyof typeof calculatorCatalogue;
const names = Object.keys(calculatorCatalogue) as Name[];

export const calculator = defineAgent('calculator', names, (_services: unknown) => ({
  ...returnsHandlers,
  ...riskHandlers,
  ...holdingsHandlers,
  ...decisionsHandlers,
}));
