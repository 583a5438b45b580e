/** The agent `reports`: files to keep: PDF and CSV. */
import { reportsCatalogue } from '../../src/capabilities/reports';
import { defineAgent } from '../agent';
import { exportCsv, renderReportPdf, type ReportServices } from './report';

type Name = keyof typeof reportsCatalogue;
const names = Object.keys(reportsCatalogue) as Name[];

export const reports = defineAgent('reports', names, (services: ReportServices) => ({
  'reports.render_pdf': renderReportPdf(services),
  'reports.export_csv': exportCsv(services),
}));
