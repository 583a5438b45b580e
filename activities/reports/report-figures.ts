/** Chapters of a report about how a portfolio did: returns by window, risk, what currencies did. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { type WindowName, windowNames } from '../../src/contract/window-names';
import { grouped, missingText, percentText } from '../../src/export/figure-text';
import type { PdfSection } from '../../src/export/pdf-sections';

type Twr = ResultOf<Catalogue['metrics.compute_twr']>;
type Risk = ResultOf<Catalogue['metrics.compute_risk']>;
type History = ResultOf<Catalogue['portfolio.historical_nav']>;
type CurrencyEffects = ResultOf<Catalogue['metrics.currency_attribution']>;

export interface PerformanceParts {
  performance: Twr | null;
  risk: Risk | null;
  history: History | null;
  currency_attribution: CurrencyEffects | null;
}

interface Named {
  name: string;
  value: string;
}

const windowLabels: Record<WindowName, string> = {
  '1d': 'Last trading day',
  mtd: 'Month to date',
  qtd: 'Quarter to date',
  ytd: 'Year to date',
  '1y': '1 year',
  '3y': '3 years',
  '5y': '5 years',
  since_inception: 'Since inception',
};

export function performanceChapter({ performance, risk, history, currency_attribution }: PerformanceParts): PdfSection[] {
  return [
    { kind: 'chapter', title: 'Performance' },
    ...(performance || risk ? [{ kind: 'figures', figures: headline(performance, risk) } satisfies PdfSection] : []),
    ...(history ? historyChart(history) : []),
    ...(performance ? [windowTable(performance)] : []),
    ...(risk ? [riskTable(risk)] : []),
    ...(currency_attribution ? [currencyTable(currency_attribution)] : []),
  ];
} // prettier-ignore

/** The few that stand on the cover too. */
export function headline(twr: Twr | null, risk: Risk | null): Named[] {
  return [
    ...(twr ? returnsOf(twr) : []),
    ...(risk
      ? [
          figure('Volatility per year', percentText(risk.volatility), risk.reasons, 'volatility'),
          figure('Sharpe ratio', grouped(risk.sharpe_ratio), risk.reasons, 'sharpe_ratio'),
          figure('Deepest drawdown', percentText(risk.max_drawdown), risk.reasons, 'max_drawdown'),
        ]
      : []),
  ];
}

function returnsOf({ windows, since_inception }: Twr): Named[] {
  const { ytd, '1y': year } = windows;
  return [
    figure('Return, year to date', percentText(ytd.value), ytd.reasons, 'value'),
    figure('Return, 1 year', percentText(year.value), year.reasons, 'value'),
    figure('Return since inception', percentText(since_inception.value), since_inception.reasons, 'value'),
    figure('… per year', percentText(since_inception.annualised), since_inception.reasons, 'annualised'),
  ];
} // prettier-ignore

function figure(name: string, text: string | null, reasons: Record<string, string>, ...members: string[]): Named {
  return { name, value: text ?? missingText(reasons, ...members) };
} // prettier-ignore

function historyChart({ chart, points }: History): PdfSection[] {
  const title = 'Value over time';
  if (points.length === 0) return [{ kind: 'note', title, text: 'Not available: there are no valued days.' }];
  return [{ kind: 'chart', title, spec: { ...withYears(chart), data: { name: 'nav', values: points } } }];
}

/** On paper nobody can point at a day to see its year. */
function withYears(chart: Record<string, unknown>): Record<string, unknown> {
  const { x, ...others } = chart['encoding'] as Record<string, object>;
  return { ...chart, encoding: { x: { ...x, axis: { format: '%b %Y' } }, ...others } };
}

/** A convention's name in words. */
function inWords(name: string): string {
  return name.replaceAll('_', ' ');
}

function windowTable({ windows, convention }: Twr): PdfSection {
  const rows = windowNames.map((name) => {
    const { value, annualised, from, to, observations, reasons } = windows[name];
    return [
      windowLabels[name],
      percentText(value) ?? missingText(reasons, 'value'),
      percentText(annualised) ?? missingText(reasons, 'annualised'),
      from ?? 'n/a',
      to ?? 'n/a',
      String(observations),
    ];
  });
  return {
    kind: 'table',
    title: 'Time-weighted return',
    columns: ['Window', 'Return', 'Per year', 'From (exclusive)', 'To', 'Daily returns'],
    rows,
    note: `Flows at the ${inWords(convention.flow_timing)}; linking ${inWords(convention.linking)}. Windows shorter than a year are not annualised.`,
  };
}

function riskTable(risk: Risk): PdfSection {
  const { reasons, convention } = risk;
  const pct = (member: 'annual_return' | 'volatility' | 'downside_deviation' | 'max_drawdown' | 'current_drawdown' | 'average_drawdown'): string =>
    percentText(risk[member]) ?? missingText(reasons, member);
  const ratio = (member: 'sharpe_ratio' | 'sortino_ratio' | 'calmar_ratio' | 'skewness' | 'excess_kurtosis'): string =>
    grouped(risk[member]) ?? missingText(reasons, member);
  const tail = (of: 'value_at_risk' | 'expected_shortfall'): string =>
    percentText(risk[of].historical) ?? missingText(reasons, `${of}.historical`, of);
  return {
    kind: 'table',
    title: `Risk, ${risk.from ?? 'n/a'} to ${risk.to ?? 'n/a'}, ${String(risk.observations)} daily returns`,
    columns: ['Measure', 'Value', 'Measure ', 'Value '],
    rows: [
      ['Return per year', pct('annual_return'), 'Sharpe ratio', ratio('sharpe_ratio')],
      ['Volatility per year', pct('volatility'), 'Sortino ratio', ratio('sortino_ratio')],
      ['Downside deviation per year', pct('downside_deviation'), 'Calmar ratio', ratio('calmar_ratio')],
      ['Deepest drawdown', pct('max_drawdown'), 'Skewness', ratio('skewness')],
      ['… from, to', `${risk.peak ?? 'n/a'}, ${risk.trough ?? 'n/a'}`, 'Excess kurtosis', ratio('excess_kurtosis')],
      ['… recovered', risk.recovery ?? missingText(reasons, 'recovery'), `Value at risk, one day, ${percentText(convention.confidence, 0) ?? ''}`, tail('value_at_risk')],
      ['Drawdown now', pct('current_drawdown'), 'Expected shortfall beyond it', tail('expected_shortfall')],
    ],
    note: `Risk-free rate ${percentText(convention.risk_free) ?? ''} per year; ${String(convention.periods_per_year)} trading days a year. Losses are negative.`,
  };
} // prettier-ignore

function currencyTable(effects: CurrencyEffects): PdfSection {
  const { by_currency, reasons, convention, from, to } = effects;
  const cell = (value: number | null, member: string): string =>
    percentText(value) ?? missingText(reasons, member);
  return {
    kind: 'table',
    title: `What currencies did, ${from ?? 'n/a'} to ${to ?? 'n/a'}`,
    columns: ['Currency', 'Average weight', 'Local', 'Currency effect', 'Interaction', 'Total'],
    rows: [
      ...by_currency.map((row) => [
        row.currency,
        cell(row.average_weight, 'by_currency'),
        cell(row.local_return, 'by_currency'),
        cell(row.fx_return, 'by_currency'),
        cell(row.interaction, 'by_currency'),
        cell(row.total, 'by_currency'),
      ]),
      [
        'Portfolio',
        '',
        cell(effects.local_return, 'local_return'),
        cell(effects.fx_return, 'fx_return'),
        cell(effects.interaction, 'interaction'),
        cell(effects.value, 'value'),
      ],
    ],
    totals: 1,
    note: `Contributions to the return of the period, at ${inWords(convention.weights)} weights; linking ${inWords(convention.linking)}.`,
  };
}
