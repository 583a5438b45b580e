/** After tests with servers, whether they passed or not: stops what `global-setup.ts` started. */
import type { TestServers } from './global-setup';

export default async function globalTeardown(): Promise<void> {
  await (globalThis as { testServers?: TestServers }).testServers?.stop();
}
