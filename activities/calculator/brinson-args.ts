/** Reads the four lists of a Brinson attribution, of one period or several, and refuses those that do not fit together. */
import type { Segments } from '../../src/services/brinson';
import { refuse } from './returns-checks';

type Value = number | string | null;
type Name = keyof Segments;
type Lists = Record<Name, Value[] | Value[][]>;

const names = ['weights_portfolio', 'weights_benchmark', 'returns_portfolio', 'returns_benchmark'] as const;

/** Published weights are rounded. */
const weightTolerance = 0.01;

/** @throws EngineError ARGS_INVALID */
export function segmentsByPeriod(lists: Lists): { periods: Segments[]; isSeveral: boolean } {
  const isSeveral = lists.weights_portfolio.some(Array.isArray);
  for (const name of names) {
    const other = lists[name].some(Array.isArray);
    if (lists[name].length > 0 && other !== isSeveral)
      refuse(
        `/${name}`,
        'and /weights_portfolio differ: give lists for one period, or lists of lists, for all.',
      );
  }
  const periods = new Map(names.map((name) => [name, isSeveral ? lists[name] : [lists[name]]])) as Map<
    Name,
    Value[][]
  >;
  const count = lengthOf(periods, 'weights_portfolio');
  for (const name of names) checkLength(`/${name}`, lengthOf(periods, name), count, 'periods');
  return {
    isSeveral,
    periods: Array.from({ length: count }, (_, index) => {
      const place = isSeveral ? `/${String(index)}` : '';
      return periodOf((name) => periods.get(name)?.[index] ?? [], place);
    }),
  };
}

function periodOf(list: (name: Name) => Value[], place: string): Segments {
  const size = list('weights_portfolio').length;
  for (const name of names) checkLength(`/${name}${place}`, list(name).length, size, 'segments');
  const portfolio = sideOf(list, 'weights_portfolio', 'returns_portfolio', place);
  const benchmark = sideOf(list, 'weights_benchmark', 'returns_benchmark', place);
  return {
    weights_portfolio: portfolio.weights,
    returns_portfolio: portfolio.returns,
    weights_benchmark: benchmark.weights,
    returns_benchmark: benchmark.returns,
  };
}

function sideOf(list: (name: Name) => Value[], weightName: Name, returnName: Name, place: string) {
  const read = (name: Name) => list(name).map((value) => (value === null ? null : Number(value)));
  const weights = read(weightName).map((weight) => weight ?? 0);
  const returns = read(returnName);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (Math.abs(sum - 1) > weightTolerance)
    refuse(
      `/${weightName}${place}`,
      `add up to ${String(sum)}, not 1; give fractions, cash as a segment too.`,
    );
  for (const [index, value] of returns.entries()) {
    if (value === null && weights[index] !== 0)
      refuse(
        `/${returnName}${place}/${String(index)}`,
        `is null, but its weight is ${String(weights[index])}.`,
      );
  }
  return { weights, returns };
}

function lengthOf(lists: Map<Name, Value[][]>, name: Name): number {
  return lists.get(name)?.length ?? 0;
}

function checkLength(pointer: string, length: number, expected: number, what: string): void {
  if (length !== expected)
    refuse(
      pointer,
      `has ${String(length)} ${what}, /weights_portfolio ${String(expected)}; give the same number.`,
    );
}
