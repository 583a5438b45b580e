/** What can be asked of the agent `reports`: files to keep: PDF and CSV. */

export const reportsCatalogue = {} as const;
