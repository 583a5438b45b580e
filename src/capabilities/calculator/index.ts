/** What can be asked of the agent `calculator`: measures on numbers given as arguments, without any data of ours. */
import { decisionsCatalogue } from './decisions';
import { holdingsCatalogue } from './holdings';
import { returnsCatalogue } from './returns';
import { riskCatalogue } from './risk';

export const calculatorCatalogue = {
  ...returnsCatalogue,
  ...riskCatalogue,
  ...holdingsCatalogue,
  ...decisionsCatalogue,
} as const;
