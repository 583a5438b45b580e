/** Every step of a file with its place, the inner ones included; works on a source whose shape is not checked yet. */
import type { Problem } from '../contract/errors';
import { isStep } from './step-schema';

export const stepLimits = { steps: 200, nesting: 16 } as const;

export interface PlacedStep {
  step: unknown;
  pointer: string;
  /** In a list (of the pattern or a group), inside a map or loop, or in place of a failed step. */
  place: 'list' | 'inner' | 'handler';
  /** 1 for the pattern's own steps. */
  depth: number;
}

/** In file order. Stops one step past each limit, so that a hostile file costs no more than a large one. */
export function placedSteps(steps: readonly unknown[], pointer = '/steps'): PlacedStep[] {
  const found: PlacedStep[] = [];
  const visit = (placed: PlacedStep): void => {
    if (found.length > stepLimits.steps) return;
    found.push(placed);
    if (placed.depth <= stepLimits.nesting) childrenOf(placed).forEach(visit);
  };
  listOf(steps, pointer, 1).forEach(visit);
  return found;
}

export function checkStepLimits(placed: readonly PlacedStep[], steps: readonly unknown[]): Problem[] {
  const deep = placed.find(({ depth }) => depth > stepLimits.nesting);
  return [
    ...(placed.length > stepLimits.steps ? [tooMany(countOf(listOf(steps, '/steps', 1)))] : []),
    ...(deep ? [limit(deep.pointer, `steps nest at most ${String(stepLimits.nesting)} deep`)] : []),
  ];
}

function tooMany(count: number): Problem {
  const allowed = String(stepLimits.steps);
  return {
    ...limit(
      '/steps',
      `this pattern has ${String(count)} steps, inner ones included; ${allowed} are allowed`,
    ),
    suggestion:
      'move some of them into a pattern of their own, and run it as one step: { "pattern": "its_id" }',
  };
}

/** All of them, without a limit: a source that is looked at is neither large nor deep (`check-size.ts`). */
function countOf(placed: readonly PlacedStep[]): number {
  return placed.reduce((sum, one) => sum + 1 + countOf(childrenOf(one)), 0);
}

function childrenOf({ step, pointer, depth: above }: PlacedStep): PlacedStep[] {
  if (!isObject(step)) return [];
  const depth = above + 1;
  const children = Array.isArray(step['steps']) ? listOf(step['steps'], `${pointer}/steps`, depth) : [];
  for (const kind of ['map', 'repeat']) {
    const of = step[kind];
    if (isObject(of) && Object.hasOwn(of, 'do'))
      children.push({ step: of['do'], pointer: `${pointer}/${kind}/do`, place: 'inner', depth });
  }
  const handler = (use: unknown, at: string): void => {
    if (isStep(use)) children.push({ step: use, pointer: `${pointer}/${at}`, place: 'handler', depth });
  };
  if (Array.isArray(step['on_error'])) {
    step['on_error'].forEach((entry: unknown, i) => {
      if (isObject(entry)) handler(entry['use'], `on_error/${String(i)}/use`);
    });
  }
  handler(step['fallback'], 'fallback');
  return children;
}

function listOf(steps: readonly unknown[], pointer: string, depth: number): PlacedStep[] {
  return steps.map((step, i) => ({ step, pointer: `${pointer}/${String(i)}`, place: 'list', depth }));
}

function limit(pointer: string, message: string): Problem {
  return { code: 'LIMIT_EXCEEDED', pointer, message };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
