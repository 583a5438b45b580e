/** What can be asked of the agent `data_harvester`: data of providers: fundamentals, news, corporate actions to come. */

export const harvesterCatalogue = {} as const;
