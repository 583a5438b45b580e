/** Asks the agents of economy and portfolios about the demo, for Alice, at the pack of a day. */
import { financialAnalyst } from '../../activities/financial-analyst';
import { macroHound } from '../../activities/macro';
import type { Catalogue, CapabilityName, ResultOf } from '../../src/capabilities';
import { type Analyst, startAnalyst } from './ask-analyst';
import type { TestDatabase } from './database';

export interface Economist extends Omit<Analyst, 'ask'> {
  ask<N extends CapabilityName>(name: N, day: string, args?: object): Promise<ResultOf<Catalogue[N]>>;
}

/** @param other left out: a copy of the demo */
export async function startEconomist(other?: TestDatabase): Promise<Economist> {
  const analyst = await startAnalyst(other, [financialAnalyst, macroHound]);
  return { ...analyst, ask: (name, day, args) => analyst.ask(name, args, { day }) };
}
