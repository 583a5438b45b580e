/** Chapters of a report about the economy and the quality of what is held. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { grouped, missingText, percentText } from '../../src/export/figure-text';
import type { PdfSection } from '../../src/export/pdf-sections';

type Regime = ResultOf<Catalogue['macro.detect_regime']>;
type Ratings = ResultOf<Catalogue['ratings.aggregate']>;

export function economyChapter(regime: Regime): PdfSection[] {
  const { label, runner_up, margin, coverage, scores, inputs, missing, rule, reasons } = regime;
  return [
    { kind: 'chapter', title: 'Economy' },
    {
      kind: 'figures',
      figures: [
        { name: 'Regime', value: label ?? missingText(reasons, 'label', 'regime') },
        { name: 'Runner-up', value: runner_up?.replaceAll('_', ' ') ?? missingText(reasons, 'runner_up') },
        { name: 'Ahead by, points of 100', value: grouped(margin, 1) ?? missingText(reasons, 'margin') },
        { name: 'Weight of known indicators', value: percentText(coverage, 0) ?? 'n/a' },
      ],
    },
    ...(scores === null
      ? []
      : [
          {
            kind: 'table',
            title: 'Scores of the regimes, 0 to 100',
            columns: ['Regime', 'Score'],
            rows: Object.entries(scores).map(([name, score]) => [name.replaceAll('_', ' '), grouped(score, 1) ?? 'n/a']),
            note: rule,
          } satisfies PdfSection,
        ]),
    {
      kind: 'table',
      title: 'Indicators as known on the day',
      columns: ['Indicator', 'Value', 'Unit', 'Period end', 'Known on', 'z-score'],
      rows: inputs.map((input) => [
        input.name,
        grouped(input.value, 3) ?? missingText(input.reasons, 'value'),
        (input.unit ?? '').replaceAll('_', ' '),
        input.period_end ?? 'n/a',
        input.known_on ?? 'n/a',
        grouped(input.z_score) ?? missingText(input.reasons, 'z_score'),
      ]),
      note: missing.length === 0 ? null : `Not available and left out: ${missing.join(', ')}.`,
    },
  ];
} // prettier-ignore

/** Nothing where no holding has a rating and there is no reason to tell. */
export function ratingsChapter({ overall, grade, rated_fraction, ratings, chart, reasons, method }: Ratings): PdfSection[] {
  const points = (value: number | null, why: Record<string, string>, member: string): string =>
    grouped(value, 1) ?? missingText(why, member);
  return [
    { kind: 'chapter', title: 'Ratings' },
    {
      kind: 'figures',
      figures: [
        { name: 'Quality of the portfolio, 0 to 10', value: points(overall, reasons, 'overall') },
        { name: 'Grade', value: grade ?? missingText(reasons, 'grade', 'overall') },
        { name: 'Rated part of the securities', value: percentText(rated_fraction) ?? missingText(reasons, 'rated_fraction') },
      ],
    },
    ...(ratings.some((row) => row.overall !== null) ? [{ kind: 'chart', title: 'Scores', spec: chart } satisfies PdfSection] : []),
    {
      kind: 'table',
      title: 'By holding, 0 to 10',
      columns: ['Symbol', 'Overall', 'Dividend safety', 'Moat', 'Resilience', 'Weight', ''],
      rows: ratings.map((row) => [
        row.symbol,
        points(row.overall, row.reasons, 'overall'),
        points(row.dividend_safety, row.reasons, 'dividend_safety'),
        points(row.moat_strength, row.reasons, 'moat_strength'),
        points(row.resilience, row.reasons, 'resilience'),
        percentText(row.weight) ?? missingText(row.reasons, 'weight'),
        row.overall !== null && row.overall < 5 ? 'below 5' : '',
      ]),
      note: `${method.name} ${method.version}.`,
    },
  ];
} // prettier-ignore
