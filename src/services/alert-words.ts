/** Values and comparisons of alerts in words, with their units. */
import type { AlertOperator } from '../contract/alert-condition';
import { Decimal, decimalText } from './decimal';

/** A number, or money and prices as decimal text. */
export type AlertValue = number | string;

/** Enough to tell a value from its threshold, few enough to read. */
const digits = 6;

const after: Readonly<Record<string, string>> = {
  fraction: ' %',
  percent: ' %',
  percentage_points: ' percentage points',
  points: ' points',
  phases: ' phases',
  ratio: '',
  score: '',
  level: '',
  currency: '',
};

/** `0.2` of a fraction is `20 %`; money keeps all its digits and has its currency behind it. */
export function valueText(value: AlertValue, unit: string): string {
  const known = after[unit];
  if (typeof value === 'string') return known === undefined ? `${value} ${unit}` : `${value}${known}`;
  const shown = unit === 'fraction' ? new Decimal(value).times(100) : new Decimal(value);
  const text = decimalText(shown.toSignificantDigits(digits));
  const one = unit === 'phases' && Math.abs(value) === 1;
  return `${text}${one ? ' phase' : (known ?? ` ${unit}`)}`;
}

export const operatorWords: Readonly<Record<AlertOperator, string>> = {
  '>': 'above',
  '<': 'below',
  '>=': 'at or above',
  '<=': 'at or below',
  '==': 'equal to',
  '!=': 'other than',
};
