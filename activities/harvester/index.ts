/** The agent `data_harvester`: data of providers: fundamentals, news, corporate actions. */
import { harvesterCatalogue } from '../../src/capabilities/harvester';
import { providersWithoutKeys } from '../../src/providers/providers';
import { defineAgent } from '../agent';
import type { ProviderServices } from '../provider-services';
import { corporateActionHandlers } from './corporate-actions';
import { factHandlers } from './facts';
import { fundamentalHandlers } from './fundamentals';
import { newsHandlers } from './news';

type Name = keyof typeof harvesterCatalogue;
const names = Object.keys(harvesterCatalogue) as Name[];

export const dataHarvester = defineAgent(
  'data_harvester',
  names,
  ({ database, providers = providersWithoutKeys() }: ProviderServices) => ({
    ...factHandlers({ providers }),
    ...corporateActionHandlers({ providers }),
    ...newsHandlers({ providers }),
    ...fundamentalHandlers({ database, providers }),
  }),
);
