/** The agent `data_harvester`: data of providers: fundamentals, news, corporate actions to come. */
import { harvesterCatalogue } from '../../src/capabilities/harvester';
import { defineAgent } from '../agent';

type Name = keyof typeof harvesterCatalogue;
const names = Object.keys(harvesterCatalogue) as Name[];

export const dataHarvester = defineAgent('data_harvester', names, (_services: unknown) => ({}));
