/** What can be asked of the agent `alerts`: conditions that somebody wants to hear of. */

export const alertsCatalogue = {} as const;
