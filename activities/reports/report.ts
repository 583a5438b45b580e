/** Handlers of `reports.render_pdf` and `reports.export_csv`. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { ArgsOf, Catalogue } from '../../src/capabilities';
import { EngineError } from '../../src/contract/errors';
import { findPortfolio } from '../../src/db/portfolios';
import { withUser } from '../../src/db/pool';
import { findSecurities } from '../../src/db/securities';
import { writeCsv } from '../../src/export/csv';
import { fileNameOf } from '../../src/export/file-name';
import { renderPdf } from '../../src/export/render-pdf';
import { type Cell, tablesOf } from '../../src/export/tables';
import type { Handler } from '../agent';
import { requirePack } from '../portfolio-history';
import { type JudgedSections, judgeSections } from './judge-sections';
import { coverOf, type ReportParts, reportSections, type ReportSetting } from './report-sections';

export interface ReportServices {
  database: Pool;
}

type ReportArgs = ArgsOf<Catalogue['reports.render_pdf']>;
type Format = 'pdf' | 'csv';

const title = 'Portfolio report';
/** A result may have 2 MiB, and base64 makes four bytes of three. */
const maximumBytes = 1_400_000;

export function renderReportPdf({ database }: ReportServices): Handler<'reports.render_pdf'> {
  return async (args, { ctx, signal }) => {
    const report = await open(database, ctx, args, 'pdf');
    const { parts, judged, setting } = report;
    const { asof_date, portfolio, pack_id, ledger_commit_hash } = setting;
    const { content, pages } = await renderPdf(
      {
        title,
        subtitle: portfolio?.name ?? `as of ${asof_date}`,
        asof_date,
        footer: [
          `As of ${asof_date} · pricing pack ${pack_id} · ledger commit ${ledger_commit_hash ?? 'none'}`,
          judged.attributions.map(({ text }) => text).join(' · ') || 'Own data',
        ],
        cover: coverOf(parts, setting),
        sections: reportSections(parts, judged, setting),
      },
      { signal },
    );
    requireSmall(content.length);
    const result = {
      ...toldOf(report, 'pdf', content),
      pages,
      content_base64: content.toString('base64'),
    };
    return { result, asof_date };
  };
}

export function exportCsv({ database }: ReportServices): Handler<'reports.export_csv'> {
  return async (args, { ctx }) => {
    const report = await open(database, ctx, args, 'csv');
    const { judged, setting } = report;
    const provenance: Cell[][] = [
      ...(setting.portfolio ? [['portfolio', setting.portfolio.name]] : []),
      ['as of', setting.asof_date],
      ['pricing pack', setting.pack_id],
      ['ledger commit', setting.ledger_commit_hash ?? 'none'],
      ['register of rights', `version ${judged.rights_register}`],
      ...judged.attributions.map(({ provider, text, link }) => [provider, link === null ? text : `${text} (${link})`]),
      ...judged.withheld.map(({ section, message }) => [`withheld: ${section}`, message]),
    ];
    const tables = judged.sections.flatMap(([name, value]) => tablesOf(name, value));
    const content = writeCsv([
      ...tables.flatMap(({ name, columns, rows }): Cell[][] => [[name], columns, ...rows, []]),
      ['provenance'],
      ...provenance,
    ]);
    const bytes = Buffer.from(content);
    requireSmall(bytes.length);
    return { result: { ...toldOf(report, 'csv', bytes), content }, asof_date: setting.asof_date };
  };
} // prettier-ignore

interface OpenReport {
  /** Those that may be taken away. */
  parts: ReportParts;
  judged: JudgedSections;
  setting: ReportSetting;
}

interface ReportContext {
  user_id: string;
  portfolio_id: string | null;
  rights: readonly string[];
  ledger_commit_hash: string | null;
}

/** @throws EngineError RIGHTS_MISSING, PACK_NOT_FOUND, PORTFOLIO_NOT_FOUND */
async function open(
  database: Pool,
  { user_id, portfolio_id: ofRun, rights, ledger_commit_hash }: ReportContext,
  { template: _, pack_id, portfolio_id: ofArgs, ...sections }: ReportArgs,
  right: Format,
): Promise<OpenReport> {
  requireRight(rights, `export_${right}`);
  const portfolioId = ofArgs ?? ofRun;
  return withUser(database, user_id, async (tx) => {
    const pack = await requirePack(tx, pack_id);
    const portfolio = portfolioId === null ? null : await findPortfolio(tx, portfolioId);
    if (portfolio === null && portfolioId !== null) {
      throw new EngineError('PORTFOLIO_NOT_FOUND', `There is no portfolio ${portfolioId}.`);
    }
    const judged = await judgeSections(tx, pack_id, sections, right);
    const parts = Object.fromEntries(judged.sections) as ReportParts;
    const ids = parts.holdings?.positions.flatMap(({ security_id }) => security_id ?? []) ?? [];
    const securities = await findSecurities(tx, ids);
    const sectorOf = new Map(securities.map(({ id, sector }) => [id, sector]));
    const setting = { portfolio, asof_date: pack.date, pack_id, ledger_commit_hash, sectorOf };
    return { parts, judged, setting };
  });
}

/** Whatever the pattern asks for: a file is made here. */
function requireRight(rights: readonly string[], right: string): void {
  if (rights.includes(right)) return;
  throw new EngineError('RIGHTS_MISSING', `A report needs the right ${right}.`, { missing: [right] });
}

function requireSmall(bytes: number): void {
  if (bytes <= maximumBytes) return;
  throw new EngineError(
    'EXPORT_TOO_LARGE',
    `The report would have ${String(bytes)} bytes, more than ${String(maximumBytes)}; leave sections out.`,
  );
}

function toldOf({ judged, setting: { portfolio, asof_date } }: OpenReport, format: Format, content: Buffer) {
  return {
    filename: fileNameOf([portfolio?.name ?? 'portfolio', asof_date], format),
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
