/** The figures of a result that can be asked about: numbers, amounts, and what is missing with its reason. */
import type { Figures } from '../../contract/explanation';
import { formatFieldPath } from './field-path';
import { surroundingsOf } from './surroundings';

type Figure = Figures['figures'][number];

const mostFigures = 400;
/** Of one member, so that each has its say. */
const mostOfMember = 80;
/** Of a long list the first and the last items stand for the rest. */
const mostItems = 8;
/** They say how a figure is meant and why there is none; they are none themselves. */
const unasked: ReadonlySet<string> = new Set(['reasons', 'convention']);
const decimal = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** @param above the path at which `value` stands in the data */
export function listFigures(
  data: unknown,
  value: unknown,
  { above, all }: { above: readonly string[]; all: boolean },
): Pick<Figures, 'figures' | 'more'> {
  const figures: Figure[] = [];
  let hidden = 0;
  const listed = new Map<string | undefined, number>();
  const visit = (at: unknown, path: readonly string[]): void => {
    if (isFigure(at)) {
      if (at === null && !isMissing(data, path)) return;
      const member = path[above.length];
      const ofMember = listed.get(member) ?? 0;
      if (all || (figures.length < mostFigures && ofMember < mostOfMember)) {
        figures.push(toFigure(data, at, path));
        listed.set(member, ofMember + 1);
      } else hidden += 1;
      return;
    }
    if (at === null || typeof at !== 'object' || isChart(at, path, above)) return;
    const entries = Object.entries(at);
    for (const [index, [name, member]] of entries.entries()) {
      if (!all && Array.isArray(at) && isInMiddle(index, entries.length)) hidden += countFigures(member);
      else if (!unasked.has(name)) visit(member, [...path, name]);
    }
  };
  visit(value, above);
  return { figures, more: hidden };
}

function isInMiddle(index: number, length: number): boolean {
  return length > mostItems && index >= mostItems / 2 && index < length - mostItems / 2;
}

function isFigure(value: unknown): boolean {
  return value === null || typeof value === 'number' || (typeof value === 'string' && decimal.test(value));
}

/** A drawing repeats figures that stand elsewhere; who asks below it is shown it. */
function isChart(value: object, path: readonly string[], above: readonly string[]): boolean {
  return path.length > above.length && '$schema' in value;
}

function countFigures(value: unknown): number {
  if (isFigure(value)) return 1;
  if (value === null || typeof value !== 'object' || '$schema' in value) return 0;
  return Object.values(value).reduce((sum: number, member) => sum + countFigures(member), 0);
}

/** What is null without a reason, an id of cash say, is no figure; a whole output is. */
function isMissing(data: unknown, path: readonly string[]): boolean {
  return path.length < 2 || surroundingsOf(data, path, { unit: 'number', base: null }).reason !== null;
}

function toFigure(data: unknown, value: unknown, path: readonly string[]): Figure {
  const { reason } = surroundingsOf(data, path, { unit: 'number', base: null });
  return { field: formatFieldPath(path), value, not_available: reason };
}
