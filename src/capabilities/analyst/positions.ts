/** What each holding is and did: sectors, contribution, details, return, risk. */

export const positionsCatalogue = {} as const;
