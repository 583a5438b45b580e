/** Handlers of `reports.render_pdf` and `reports.export_csv`. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { ArgsOf, Catalogue } from '../../src/capabilities';
import { withUser } from '../../src/db/pool';
import { writeCsv } from '../../src/export/csv';
import { fileNameOf } from '../../src/export/file-name';
import { type PdfSection, sectionsOfValue } from '../../src/export/pdf-sections';
import { renderPdf } from '../../src/export/render-pdf';
import { type Cell, tablesOf } from '../../src/export/tables';
import type { Handler } from '../agent';
import { requirePack } from '../portfolio-history';
import { type JudgedSections, judgeSections } from './judge-sections';

export interface ReportServices {
  database: Pool;
}

type ReportArgs = ArgsOf<Catalogue['reports.render_pdf']>;

const title = 'Portfolio report';

export function renderReportPdf({ database }: ReportServices): Handler<'reports.render_pdf'> {
  return async (args, { ctx, signal }) => {
    const report = await open(database, ctx.user_id, args, 'pdf');
    const { judged, asof_date } = report;
    const rendered = await renderPdf(
      {
        title,
        subtitle: `as of ${asof_date}`,
        asof_date,
        footer: [
          `As of ${asof_date} · pricing pack ${args.pack_id} · ledger commit ${ctx.ledger_commit_hash ?? 'none'}`,
          judged.attributions.map(({ text }) => text).join(' · ') || 'Own data',
        ],
        sections: [...judged.sections.flatMap(([name, value]) => sectionsOfValue(name, value)), ...notesOf(judged)],
      },
      { signal },
    );
    const { content, pages } = rendered;
    return {
      result: { ...toldOf(report, 'pdf', content), pages, content_base64: content.toString('base64') },
      asof_date,
    };
  };
} // prettier-ignore

export function exportCsv({ database }: ReportServices): Handler<'reports.export_csv'> {
  return async (args, { ctx }) => {
    const report = await open(database, ctx.user_id, args, 'csv');
    const { judged, asof_date } = report;
    const provenance: Cell[][] = [
      ['as of', asof_date],
      ['pricing pack', args.pack_id],
      ['ledger commit', ctx.ledger_commit_hash ?? 'none'],
      ...judged.attributions.map(({ provider, text, link }) => [provider, link === null ? text : `${text} (${link})`]),
      ...judged.withheld.map(({ section, message }) => [`withheld: ${section}`, message]),
    ];
    const tables = judged.sections.flatMap(([name, value]) => tablesOf(name, value));
    const content = writeCsv([
      ...tables.flatMap(({ name, columns, rows }): Cell[][] => [[name], columns, ...rows, []]),
      ['provenance'],
      ...provenance,
    ]);
    return { result: { ...toldOf(report, 'csv', Buffer.from(content)), content }, asof_date };
  };
} // prettier-ignore

interface OpenReport {
  template: string;
  asof_date: string;
  judged: JudgedSections;
}

async function open(
  database: Pool,
  userId: string,
  { template, pack_id, ...sections }: ReportArgs,
  right: 'pdf' | 'csv',
): Promise<OpenReport> {
  return withUser(database, userId, async (tx) => {
    const pack = await requirePack(tx, pack_id);
    return { template, asof_date: pack.date, judged: await judgeSections(tx, pack_id, sections, right) };
  });
}

function toldOf({ template, asof_date, judged }: OpenReport, format: 'pdf' | 'csv', content: Buffer) {
  return {
    filename: fileNameOf([template, asof_date], format),
    media_type: format === 'pdf' ? 'application/pdf' : 'text/csv',
    sha256: `sha256:${createHash('sha256').update(content).digest('hex')}`,
    size_bytes: content.length,
    asof_date,
    sections: judged.sections.map(([name]) => name),
    withheld: judged.withheld,
    attributions: judged.attributions,
    rights_register: judged.rights_register,
  };
}

/** What is not in the report, and whose data are. */
function notesOf({ withheld, attributions }: JudgedSections): PdfSection[] {
  const rows = attributions.map(({ provider, text, link }) => [provider, link === null ? text : `${text} (${link})`]);
  return [
    ...withheld.map(({ section, message }): PdfSection => ({ kind: 'note', title: section, text: `Withheld: ${message}` })),
    ...(rows.length > 0 ? [{ kind: 'table', title: 'Attributions', columns: ['provider', 'attribution'], rows, note: null } satisfies PdfSection] : []),
  ];
} // prettier-ignore
