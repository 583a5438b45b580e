/** Which plans may run inside the API's process: those that change nothing, wait for nobody, and so may be lost and begun again. */
import { innerSteps } from './lines';
import type { Plan, PlannedStep } from './plan';

/** Why a plan may not run in direct mode, each with the step's path; empty when it may. */
export function reasonsAgainstDirect(plan: Plan): string[] {
  return plan.steps.flatMap((step) => reasonsAt(step, step.as));
}

function reasonsAt(step: PlannedStep, path: string): string[] {
  const inside = innerSteps(step).flatMap((inner) => reasonsAt(inner, `${path}.${inner.as}`));
  const caught = step.handlers.flatMap(({ use, label }) =>
    'step' in use ? reasonsAt(use.step, `${path}:${label}`) : [],
  );
  return [...reasonsOf(step).map((reason) => `step "${path}" ${reason}`), ...inside, ...caught];
}

function reasonsOf(step: PlannedStep): string[] {
  switch (step.kind) {
    case 'capability':
      return reasonsOfCall(step);
    case 'wait':
      return ['waits for a moment'];
    case 'approval':
      return ['waits for a person'];
    case 'repeat':
      return step.everyMs === null ? [] : ['pauses between its rounds'];
    default:
      return [];
  }
}

function reasonsOfCall({ call }: Extract<PlannedStep, { kind: 'capability' }>): string[] {
  if (call.effect === 'write') return [`has an effect (${call.capability})`];
  if (!call.pure)
    return [`calls ${call.capability}, which depends on more than its arguments and the snapshot`];
  return call.source === 'external' ? [`calls ${call.capability}, which another worker serves`] : [];
}
