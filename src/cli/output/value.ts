/** Any JSON value as people read it: members line by line, lists of objects as tables, the rest of what is long cut short. */
import { isEmpty, isObject, type Json, scalar } from './scalar';
import { shorten } from './steps';
import { type ValueLimits, valueTable } from './value-table';

export type { ValueLimits } from './value-table';

const deepest = 4;

/** One named value; ends without a newline. */
export function valueText(
  name: string,
  value: unknown,
  limits: ValueLimits,
  indent = '  ',
  depth = 0,
): string {
  if (isTable(value)) {
    return `${indent}${name} (${String(value.length)})\n${valueTable(value, limits, `${indent}  `)}`;
  }
  if (isNested(value, depth)) {
    return `${indent}${name}\n${membersText(value, limits, `${indent}  `, depth + 1)}`;
  }
  return `${indent}${name}  ${shorten(scalar(value), limits.width - indent.length - name.length - 2)}`;
}

/** The members of an object: short ones first and aligned, as they are read together. Empty ones are left out. */
export function membersText(object: Json, limits: ValueLimits, indent = '  ', depth = 0): string {
  const entries = Object.entries(object).filter(([, value]) => !isEmpty(value));
  const isLong = (value: unknown): boolean => isTable(value) || isNested(value, depth);
  const short = entries.filter(([, value]) => !isLong(value));
  const width = Math.max(0, ...short.map(([name]) => name.length));
  const room = limits.width - indent.length - width - 2;
  return [
    ...short.map(([name, value]) =>
      `${indent}${name.padEnd(width)}  ${shorten(scalar(value), room)}`.trimEnd(),
    ),
    ...entries
      .filter(([, value]) => isLong(value))
      .map(([name, value]) => valueText(name, value, limits, indent, depth)),
  ].join('\n');
}

/** A chart's specification is for a browser, and is not spelled out. */
function isNested(value: unknown, depth: number): value is Json {
  return isObject(value) && depth < deepest && typeof value['$schema'] !== 'string';
}

function isTable(value: unknown): value is Json[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
