/** `GET /v1/patterns/{id}`: all there is to know of one pattern, the file as it is written included. */
import { type Static, Type } from '@sinclair/typebox';
import type { RequestHandler } from 'express';
import { Nullable, StringEnum } from '../contract/scalars';
import { isStep, kindOf, nameOf, type Step, stepKinds } from '../pattern/step-schema';
import { type PatternStore, type StoredPattern, unknownPattern } from './pattern-store';
import { PatternListing, ProblemItem, toListing } from './patterns';

export const StepSummary = Type.Object(
  {
    path: Type.String({ description: 'JSON Pointer to the step in `pattern`' }),
    name: Nullable(Type.String({ description: 'of its result' })),
    kind: StringEnum(stepKinds),
    uses: Nullable(Type.String({ description: 'the capability or pattern it calls' })),
    condition: Nullable(Type.String()),
    optional: Type.Boolean(),
  },
  { additionalProperties: false, title: 'StepSummary' },
);
export type StepSummary = Static<typeof StepSummary>;

export const PatternDetail = Type.Object(
  {
    ...PatternListing.properties,
    warnings: Type.Array(ProblemItem),
    steps: Type.Array(StepSummary, { description: 'in the file’s order, inner steps after their own' }),
    pattern: Type.Unknown({ description: 'the file; null when it does not even have a pattern’s shape' }),
  },
  { additionalProperties: false, title: 'PatternDetail' },
);
export type PatternDetail = Static<typeof PatternDetail>;

export function readPattern(store: PatternStore): RequestHandler {
  return (req, res) => {
    const { id } = req.params;
    const stored = typeof id === 'string' ? store.get(id) : undefined;
    if (!stored) throw unknownPattern(store, String(id));
    res.json(toDetail(stored));
  };
}

function toDetail(stored: StoredPattern): PatternDetail {
  const { pattern, warnings } = stored;
  return {
    ...toListing(stored),
    warnings,
    steps: summarise(pattern?.steps ?? [], '/steps'),
    pattern,
  };
}

/** Every step of a list and, after each, those inside it. */
export function summarise(steps: readonly Step[], path: string): StepSummary[] {
  return steps.flatMap((step, index) => summariseStep(step, `${path}/${String(index)}`));
}

function summariseStep(step: Step, path: string): StepSummary[] {
  const summary = {
    path,
    name: nameOf(step),
    kind: kindOf(step) ?? 'capability',
    uses: step.capability ?? step.pattern ?? null,
    condition: step.condition ?? null,
    optional: step.optional ?? false,
  };
  const single: [string, unknown][] = [
    ['/map/do', step.map?.do],
    ['/repeat/do', step.repeat?.do],
    ['/fallback', step.fallback],
    ...(step.on_error ?? []).map(({ use }, at): [string, unknown] => [`/on_error/${String(at)}/use`, use]),
  ];
  return [
    summary,
    ...summarise(step.steps ?? [], `${path}/steps`),
    ...single.flatMap(([below, inner]) => (isStep(inner) ? summariseStep(inner, `${path}${below}`) : [])),
  ];
}
