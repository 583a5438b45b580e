/** What can be asked of the agent `ratings`: quality ratings of companies by rubrics. */

export const ratingsCatalogue = {} as const;
