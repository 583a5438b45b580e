/** The agent `reports`: files to keep: PDF and CSV. */
import { reportsCatalogue } from '../../src/capabilities/reports';
import { defineAgent } from '../agent';

type Name = keyof typeof reportsCatalogue;
const names = Object.keys(reportsCatalogue) as Name[];

export const reports = defineAgent('reports', names, (_services: unknown) => ({}));
