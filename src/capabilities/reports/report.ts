/** `reports.render_pdf` and `reports.export_csv`: a report of one portfolio as a file. */
import { Type } from '@sinclair/typebox';
import { IsoDate, Nullable, PackId, StringEnum, Uuid } from '../../contract/scalars';
import { metricsComputeRisk } from '../analyst/performance-risk';
import { metricsComputeTwr } from '../analyst/performance-twr';
import { metricsCurrencyAttribution } from '../analyst/positions-attribution';
import { portfolioGetValuedPositions } from '../analyst/positions-valued';
import { capabilitiesOf } from '../capability';
import { portfolioHistoricalNav } from '../financial-analyst';
import { macroDetectRegime } from '../macro/regime';
import { ratingsAggregate } from '../ratings/aggregate';

const closed = { additionalProperties: false };
export const reportTemplates = ['portfolio_report'] as const;

const args = Type.Object(
  {
    template: StringEnum(reportTemplates, 'which report'),
    pack_id: PackId,
    portfolio_id: Type.Optional(
      Type.Unsafe<string>({ ...Uuid, description: 'whose name is on it; left out: that of the run' }),
    ),
    holdings: Type.Optional(Nullable(portfolioGetValuedPositions.result)),
    performance: Type.Optional(Nullable(metricsComputeTwr.result)),
    risk: Type.Optional(Nullable(metricsComputeRisk.result)),
    history: Type.Optional(Nullable(portfolioHistoricalNav.result)),
    currency_attribution: Type.Optional(Nullable(metricsCurrencyAttribution.result)),
    regime: Type.Optional(Nullable(macroDetectRegime.result)),
    ratings: Type.Optional(Nullable(ratingsAggregate.result)),
  },
  { ...closed, description: 'what is null or left out is not in the report' },
);

const told = {
  filename: Type.String({
    description:
      '`DawsOS_<portfolio>_<date>`, safe for every file system; `portfolio` where the run has none',
  }),
  media_type: Type.String(),
  sha256: Type.String({ description: 'of the file, `sha256:` and 64 hexadecimal digits' }),
  size_bytes: Type.Integer({ minimum: 1, description: 'of the file' }),
  asof_date: IsoDate,
  sections: Type.Array(Type.String(), { description: 'names of those that are in the file' }),
  withheld: Type.Array(
    Type.Object(
      {
        section: Type.String(),
        source: Type.String({ description: 'as stored with the pack' }),
        provider: Nullable(Type.String({ description: 'null: the register does not know it' })),
        right: Type.String({ description: 'the one that is missing: pdf or csv' }),
        message: Type.String(),
      },
      closed,
    ),
    {
      description: 'sections that were given and whose data may not be taken away; they are not in the file',
    },
  ),
  attributions: Type.Array(
    Type.Object({ provider: Type.String(), text: Type.String(), link: Nullable(Type.String()) }, closed),
    { description: 'printed in the file' },
  ),
  rights_register: Type.String({ description: 'version of the register of rights' }),
};

const report = capabilitiesOf('reports');
const reads = ['user_id', 'portfolio_id', 'rights'] as const;

export const reportsRenderPdf = report({
  name: 'reports.render_pdf',
  summary:
    'A portfolio’s performance, allocation, holdings, economy and ratings as a PDF with cover and contents, the same to the ' +
    'byte for the same arguments, pack and ledger commit. Needs the right export_pdf (RIGHTS_MISSING); sections whose data ' +
    'may not be written into a PDF are withheld and named; larger than 1.4 MB is EXPORT_TOO_LARGE.',
  args,
  result: Type.Object(
    {
      ...told,
      pages: Type.Integer({ minimum: 1, description: 'of the PDF' }),
      content_base64: Type.String({ description: 'the file, base64' }),
    },
    closed,
  ),
  reads,
  policy: { startToCloseTimeout: '60s' },
  version: '2',
});

export const reportsExportCsv = report({
  name: 'reports.export_csv',
  summary:
    'The same report as CSV (RFC 4180): exact figures, one section for each table, provenance and attributions at the end. ' +
    'No cell begins a spreadsheet’s formula. Needs the right export_csv (RIGHTS_MISSING).',
  args,
  result: Type.Object({ ...told, content: Type.String({ description: 'the file, UTF-8' }) }, closed),
  reads,
  version: '2',
});
