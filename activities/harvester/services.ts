/** What the handlers of `data_harvester` share. */
import type { Providers } from '../../src/providers/providers';

/** Its members are read when a capability is called: what needs no provider runs where there are none. */
export interface HarvesterServices {
  providers: Providers;
}

/** Beside an answer: who gave it, and when. */
export function fetchedFrom(provider: 'polygon' | 'fmp' | 'fred' | 'newsapi'): {
  provider: string;
  fetched_at: string;
} {
  return { provider, fetched_at: new Date().toISOString() };
}

/** The reasons of figures that are `null`: one code for all. */
export function missingOf(figures: Readonly<Record<string, unknown>>, code: string): Record<string, string> {
  const missing = Object.entries(figures).filter(([, value]) => value === null);
  return Object.fromEntries(missing.map(([name]) => [name, code]));
}
