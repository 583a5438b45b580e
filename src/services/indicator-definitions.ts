/** Economic indicators as data: which series each is made of, under FRED's names where FRED has them. */
import type { IndicatorId } from '../contract/macro-names';

export type Frequency = 'monthly' | 'quarterly' | 'yearly';

export interface IndicatorDefinition {
  name: string;
  /** Of the indicator: its series are reduced to the last value of each such period. */
  frequency: Frequency;
  /**
   * `level`: as published. `growth`: change on the year, a fraction. `change`: change on the year of a series in percent,
   * in percentage points. `difference`: first less second series, both in percent, in percentage points. `real_rate`: first
   * series, in percent, less the growth on the year of the second, in percent. `share`: as published, but a fraction where
   * that is percent.
   */
  rule: 'level' | 'growth' | 'change' | 'difference' | 'real_rate' | 'share';
  series: readonly string[];
}

export const indicatorsVersion = '1';

const monthly = 'monthly';
const quarterly = 'quarterly';
const yearly = 'yearly';

export const indicators: Readonly<Record<IndicatorId, IndicatorDefinition>> = {
  GS10: define('10-year Treasury yield', monthly, 'level', 'GS10'),
  GS2: define('2-year Treasury yield', monthly, 'level', 'GS2'),
  TB3MS: define('3-month Treasury yield', monthly, 'level', 'TB3MS'),
  T10Y2Y: define('Slope of the yield curve: 10 years − 2 years', monthly, 'difference', 'GS10', 'GS2'),
  BAA10Y: define('Credit spread: Baa − 10-year Treasury', monthly, 'difference', 'BAA', 'GS10'),
  REAL_RATE: define('Real short rate: 3 months − inflation', monthly, 'real_rate', 'TB3MS', 'CPIAUCSL'),
  UNRATE: define('Unemployment rate', monthly, 'level', 'UNRATE'),
  UNRATE_CHANGE: define('Unemployment rate, change on the year', monthly, 'change', 'UNRATE'),
  CPI_GROWTH: define('Consumer prices, growth on the year', monthly, 'growth', 'CPIAUCSL'),
  INDPRO_GROWTH: define('Industrial production, growth on the year', monthly, 'growth', 'INDPRO'),
  PAYEMS_GROWTH: define('Payrolls, growth on the year', monthly, 'growth', 'PAYEMS'),
  GDP_GROWTH: define('Real GDP, growth on the year', quarterly, 'growth', 'GDPC1'),
  MONEY_GROWTH: define('Money stock M1, growth on the year', quarterly, 'growth', 'M1'),
  CREDIT_GROWTH: define('Bank credit, growth on the year', monthly, 'growth', 'TOTBKCR'),
  ASSET_PRICE_GROWTH: define('Share prices, growth on the year', monthly, 'growth', 'SP500'),
  PRODUCTIVITY_GROWTH: define('Output per hour, growth on the year', quarterly, 'growth', 'OPHNFB'),
  DEBT_GDP: define('Federal debt to GDP', quarterly, 'level', 'GFDEGDQ188S'),
  DEBT_SERVICE: define('Debt service of households to income', quarterly, 'level', 'TDSP'),
  DEFAULT_RATE: define('Delinquency rate of loans', quarterly, 'level', 'DRALACBN'),
  WORLD_GDP_SHARE: define('Share of the world’s GDP', yearly, 'level', 'WORLD_GDP_SHARE'),
  RESERVE_SHARE: define('Share of the world’s currency reserves', yearly, 'level', 'RESERVE_SHARE'),
  MILITARY_SHARE: define('Share of the world’s military spending', yearly, 'level', 'MILITARY_SHARE'),
  EDUCATION: define('Education index', yearly, 'level', 'EDUCATION'),
  INNOVATION: define('Innovation index', yearly, 'level', 'INNOVATION'),
  CONFLICT: define('Conflict index', yearly, 'level', 'CONFLICT'),
  GINI: define('Gini coefficient of incomes', yearly, 'share', 'SIPOVGINIUSA'),
  TRUST: define('Trust in institutions', yearly, 'share', 'TRUST'),
  POLARISATION: define('Political polarisation', yearly, 'share', 'POLARISATION'),
};

/** What an overview of the economy shows. */
export const usualIndicators = [
  ...([
    'T10Y2Y',
    'BAA10Y',
    'UNRATE',
    'UNRATE_CHANGE',
    'CPI_GROWTH',
    'INDPRO_GROWTH',
    'PAYEMS_GROWTH',
  ] as const),
  ...(['GDP_GROWTH', 'MONEY_GROWTH', 'REAL_RATE', 'GS10', 'GS2', 'TB3MS'] as const),
] satisfies IndicatorId[];

/** Values older than this are not available: the next one is overdue. Calendar days from the end of the period. */
export const ageLimits: Readonly<Record<Frequency, number>> = { monthly: 90, quarterly: 180, yearly: 760 };

/** What a value is compared with: those of the last years, itself among them, and how many there have to be. */
export const zWindows: Readonly<Record<Frequency, { years: number; least: number }>> = {
  monthly: { years: 10, least: 60 },
  quarterly: { years: 10, least: 20 },
  yearly: { years: 40, least: 20 },
};

export function seriesOf(ids: readonly IndicatorId[]): string[] {
  return [...new Set(ids.flatMap((id) => indicators[id].series))];
}

function define(
  name: string,
  frequency: Frequency,
  rule: IndicatorDefinition['rule'],
  ...series: string[]
): IndicatorDefinition {
  return { name, frequency, rule, series };
}
