/** What the contract of a capability says of one member of its result: what it means, and in which unit it is. */
import type { Unit } from '../../contract/explanation';

interface Schema {
  type?: string;
  title?: string;
  format?: string;
  pattern?: string;
  description?: string;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
}

export interface FigureSchema {
  unit: Unit;
  meaning: string | null;
}

/** @param path below the result; a member that the schema does not describe is a plain number or text */
export function figureSchema(result: unknown, path: readonly string[], value: unknown): FigureSchema {
  const name = [...path].reverse().find((segment) => !/^\d+$/.test(segment)) ?? '';
  const schema = schemaAt(result as Schema, path);
  const core = schema?.anyOf?.find(({ type, anyOf }) => type !== 'null' || anyOf) ?? schema ?? {};
  const meaning = schema?.description ?? core.description ?? null;
  return { unit: unitOf(core, name, meaning ?? '', value), meaning };
}

function schemaAt(schema: Schema | undefined, path: readonly string[]): Schema | undefined {
  const [first, ...rest] = path;
  if (first === undefined || schema === undefined) return schema;
  if (schema.anyOf) {
    for (const option of schema.anyOf) {
      const found = schemaAt(option, path);
      if (found) return found;
    }
    return undefined;
  }
  if (schema.properties && Object.hasOwn(schema.properties, first)) {
    return schemaAt(schema.properties[first], rest);
  }
  if (schema.items && /^\d+$/.test(first)) return schemaAt(schema.items, rest);
  const record = Object.values(schema.patternProperties ?? {})[0] ?? schema.additionalProperties;
  return typeof record === 'object' ? schemaAt(record, rest) : undefined;
}

/** Units by name, where the schema says no more than that it is a number. */
const byName: [RegExp, Unit][] = [
  [/_bps$|basis_points/, 'basis_points'],
  [/(^|_)days$|^age_days$/, 'days'],
  [/quantity|^shares$/, 'quantity'],
  [/^(close|price)$|^price_/, 'price'],
  [/rate_base_per_local|^fx_base_per_local$|^rate$/, 'exchange_rate'],
  [/^unit_cost/, 'price'],
  [/sharpe|sortino|beta|correlation|information_ratio|^t$|t_stat|r_squared|capture|condition|skew|kurtosis|calmar/, 'ratio'],
  [/observations|^count$|_count$|^n$|^total_positions$/, 'count'],
]; // prettier-ignore

function unitOf({ title, type, format, pattern }: Schema, name: string, meaning: string, value: unknown): Unit {
  if (title === 'IsoDate' || format === 'date') return 'date';
  if (title === 'Currency') return 'currency';
  const named = byName.find(([test]) => test.test(name))?.[1];
  if (title === 'DecimalString' || (pattern ?? '').startsWith('^-?(0|')) return named ?? 'money';
  if (type === 'integer') return named === 'days' ? 'days' : 'count';
  if (type === 'number') return numberUnit(named, meaning);
  if (type === 'boolean') return 'flag';
  if (type === 'array') return 'list';
  if (type === 'string') return 'text';
  return typeof value === 'number' ? (named ?? 'number') : typeof value === 'boolean' ? 'flag' : 'text';
} // prettier-ignore

function numberUnit(named: Unit | undefined, meaning: string): Unit {
  if (/basis point/.test(meaning)) return 'basis_points';
  if (/0 to 10\b/.test(meaning)) return 'score';
  return named ?? 'fraction';
}
