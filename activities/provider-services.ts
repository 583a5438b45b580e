/** What agents that ask providers are built from. */
import type { Pool } from 'pg';
import type { Providers } from '../src/providers/providers';

export interface ProviderServices {
  database: Pool;
  /** Left out: no provider has a key. */
  providers?: Providers;
}
