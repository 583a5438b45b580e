/** What can be asked of the agent `reports`: files to keep: PDF and CSV. */
import { reportsExportCsv, reportsRenderPdf } from './report';

export const reportsCatalogue = {
  'reports.render_pdf': reportsRenderPdf,
  'reports.export_csv': reportsExportCsv,
} as const;
