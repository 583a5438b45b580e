/** The portfolio report, chapter by chapter, and what stands on its cover. */
import type { ArgsOf, Catalogue } from '../../src/capabilities';
import { grouped, missingText } from '../../src/export/figure-text';
import type { PdfCover, PdfSection } from '../../src/export/pdf-sections';
import type { JudgedSections } from './judge-sections';
import { economyChapter, ratingsChapter } from './report-economy';
import { headline, performanceChapter } from './report-figures';
import { allocationChapter, type Holdings, holdingsChapter } from './report-holdings';
import { missingIn } from './report-missing';

/** The arguments that are sections; those that were withheld are not among them. */
export type ReportParts = Omit<
  ArgsOf<Catalogue['reports.render_pdf']>,
  'template' | 'pack_id' | 'portfolio_id'
>;

export interface ReportSetting {
  portfolio: { name: string; base_currency: string } | null;
  asof_date: string;
  pack_id: string;
  ledger_commit_hash: string | null;
  /** By security. */
  sectorOf: ReadonlyMap<string, string | null>;
}

export function coverOf({ holdings, performance, risk }: ReportParts, setting: ReportSetting): PdfCover {
  const { portfolio, asof_date, pack_id, ledger_commit_hash } = setting;
  return {
    lines: [
      `As of ${asof_date}`,
      ...(portfolio ? [`Counted in ${portfolio.base_currency}`] : []),
      `Pricing pack ${pack_id}`,
      `Ledger commit ${ledger_commit_hash ?? 'none'}`,
    ],
    figures: [
      ...(holdings ? [{ name: `Value (${holdings.base_currency})`, value: totalText(holdings) }] : []),
      ...headline(performance ?? null, risk ?? null),
    ],
  };
}

function totalText({ total_value, reasons }: Holdings): string {
  return grouped(total_value) ?? missingText(reasons, 'total_value');
}

export function reportSections(parts: ReportParts, judged: JudgedSections, { sectorOf }: ReportSetting): PdfSection[] {
  const { performance = null, risk = null, history = null, currency_attribution = null } = parts;
  const hasPerformance = [performance, risk, history, currency_attribution].some((part) => part !== null);
  return [
    ...(hasPerformance ? performanceChapter({ performance, risk, history, currency_attribution }) : []),
    ...(parts.holdings ? allocationChapter(parts.holdings, sectorOf) : []),
    ...(parts.holdings ? holdingsChapter(parts.holdings) : []),
    ...(parts.regime ? economyChapter(parts.regime) : []),
    ...(parts.ratings ? ratingsChapter(parts.ratings) : []),
    ...notesChapter(parts, judged),
  ];
} // prettier-ignore

function notesChapter(parts: ReportParts, { withheld, attributions, rights_register }: JudgedSections): PdfSection[] {
  const missing = missingIn(parts);
  const sources = attributions.map(({ provider, text, link }) => [provider, text, link ?? '']);
  return [
    { kind: 'chapter', title: 'Notes and sources' },
    ...withheld.map(({ section, message }): PdfSection => {
      return { kind: 'note', title: `Withheld: ${section.replaceAll('_', ' ')}`, text: message };
    }),
    missing.length > 0
      ? { kind: 'table', title: 'Figures that are not available', columns: ['Section', 'Figure', 'Reason'], rows: missing, note: '`dawsos explain` says what a reason means and what would make the figure available.' }
      : { kind: 'note', title: 'Figures that are not available', text: 'None: every figure of the sections above is there.' },
    sources.length > 0
      ? { kind: 'table', title: 'Whose data this rests on', columns: ['Provider', 'Attribution', 'Address'], rows: sources, note: `Register of rights, version ${rights_register}.` }
      : { kind: 'note', title: 'Whose data this rests on', text: 'Your own ledger alone.' },
  ];
} // prettier-ignore
