/** The agent whose step asks for the cancel of its own run, on real workers. */
import type { Agent, Call } from '../../activities/agent';
import type { Services } from '../../activities/shipped-agents';

/** How each run is cancelled, by the key that its steps are given as their name. */
export const cancels = new Map<string, () => Promise<unknown>>();

export const cancelAgent: Agent<Services> = {
  name: 'model',
  capabilities: ['model.cancel'] as unknown as Agent<Services>['capabilities'],
  handlers: () =>
    ({
      'model.cancel': async ({ name }: { name: string }, { signal }: Call) => {
        await cancels.get(name)?.();
        await new Promise((_, reject) => {
          const end = (): void => {
            reject(signal.reason as Error);
          };
          if (signal.aborted) end();
          signal.addEventListener('abort', end, { once: true });
        });
        return { result: {} };
      },
    }) as unknown as ReturnType<Agent<Services>['handlers']>,
};
