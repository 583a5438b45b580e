/** What a planned step names, and where: the details of a plan's edges, and the way back from a result to its sources. */
import { parseExpression } from './expression';
import { innerSteps } from './lines';
import type { Edge, PlannedStep } from './plan';
import { type Reference, referencesIn } from './reference';

export type Via = Exclude<Edge['reason'], 'after' | 'gate' | 'write'>;

export interface PlannedUse {
  reference: Reference;
  via: Via;
  /** Where in the step: `args.items`, `condition`, … */
  place: string;
}

/** What the step names itself: neither what stands inside it nor its handlers. */
export function ownUses(step: PlannedStep): PlannedUse[] {
  return [...usesOfWork(step), ...usesOfCondition(step), ...usesOfUndo(step)];
}

/** Everything that the step or a step inside it, handlers included, names. */
export function allUses(step: PlannedStep): PlannedUse[] {
  const handlers = step.handlers.flatMap(({ use, label }) =>
    'step' in use
      ? allUses(use.step).map(({ reference, place }): PlannedUse => {
          return { reference, via: 'handler', place: `${label}.${place}` };
        })
      : templateUses(use.value, 'handler', label),
  );
  // The steps of a sub-pattern name nothing outside it.
  const inside = step.kind === 'pattern' ? [] : innerSteps(step).flatMap(allUses);
  return [...ownUses(step), ...inside, ...handlers];
}

export function usesOfCondition({ condition }: PlannedStep): PlannedUse[] {
  return condition === null ? [] : expressionUses(condition, 'condition', 'condition');
}

/** What the step's own work reads, its condition and its handlers apart. */
export function usesOfWork(step: PlannedStep): PlannedUse[] {
  switch (step.kind) {
    case 'capability':
      return templateUses(step.call.args, 'args', 'args');
    case 'pattern':
      return templateUses(step.args, 'args', 'args');
    case 'group':
      return templateUses(step.outputs, 'outputs', 'outputs');
    case 'map':
      return templateUses(step.in, 'in', 'map.in');
    case 'repeat':
      return expressionUses(step.until, 'until', 'until');
    case 'compute':
      return Object.entries(expressionsOf(step.expressions)).flatMap(([name, source]) =>
        expressionUses(source, 'compute', name === '' ? 'compute' : `compute.${name}`),
      );
    case 'wait':
      return 'until' in step.wait ? templateUses(step.wait.until, 'until', 'wait.until') : [];
    case 'approval':
      return templateUses(step.title, 'args', 'approval.title');
    case 'assert':
      return [
        ...expressionUses(step.expression, 'condition', 'assert'),
        ...templateUses(step.message, 'args', 'message'),
      ];
  }
}

function usesOfUndo(step: PlannedStep): PlannedUse[] {
  if (!('compensate' in step) || step.compensate === null) return [];
  return templateUses(step.compensate.args, 'compensate', 'compensate').filter(
    ({ reference }) => reference.path[0] !== step.as,
  );
}

/** By name; a single expression has the name ''. */
export function expressionsOf(expressions: string | Record<string, string>): Record<string, string> {
  return typeof expressions === 'string' ? { '': expressions } : expressions;
}

export function templateUses(template: unknown, via: Via, place: string): PlannedUse[] {
  return referencesIn(template).map(({ reference, pointer }) => {
    return { reference, via, place: `${place}${pointer.replaceAll('/', '.')}` };
  });
}

export function expressionUses(source: string, via: Via, place: string): PlannedUse[] {
  return parseExpression(source).references.map((reference) => ({ reference, via, place }));
}
