/** The steps of a checked pattern as a plan holds them: names resolved, policies and slots filled in, order inferred. */
import { type CheckContext, findPattern } from './check-context';
import { toMilliseconds } from './duration';
import { effectOf, edgesOf } from './graph';
import { inputsSchema } from './inputs';
import type { ArgumentSlot, Callable, Handler, Patience, Plan, PlannedStep, WaitStep } from './plan';
import { policyOf, undoPolicy } from './policy';
import type { Pattern } from './schema';
import type { JsonSchema, Signature } from './signatures';
import { type Compensate, isStep, kindOf, nameOf, type Step } from './step-schema';
import { isNullable } from './types';

/** What stays the same for all steps of a plan. */
export interface Planning {
  context: CheckContext;
  patience: Patience;
  /** Makes the plan of a sub-pattern; handed in, since plans hold steps and steps hold plans. */
  planOf(pattern: Pattern): Plan;
}

type Common = Pick<
  PlannedStep,
  'as' | 'condition' | 'edges' | 'effect' | 'optional' | 'handlers' | 'timeoutMs'
>;

const defaultConcurrency = 10;

export function planList(steps: readonly Step[], planning: Planning): PlannedStep[] {
  const edges = edgesOf(steps, planning.context);
  return steps.map((step) => {
    const name = nameOf(step) ?? '';
    return planStep(step, name, edges.get(name) ?? [], planning);
  });
}

/** A step that stands alone: in a map, a loop or a handler. */
function planSingle(step: Step, label: string, planning: Planning): PlannedStep {
  return planStep(step, nameOf(step) ?? label, [], planning);
}

function planStep(step: Step, as: string, edges: PlannedStep['edges'], planning: Planning): PlannedStep {
  const common: Common = {
    as,
    condition: step.condition ?? null,
    edges,
    effect: effectOf(step, planning.context),
    optional: step.optional ?? false,
    handlers: handlersIn(step, planning),
    timeoutMs: step.timeout === undefined ? null : toMilliseconds(step.timeout),
  };
  switch (kindOf(step)) {
    case 'capability':
      return planCapability(step, common, planning);
    case 'pattern':
      return planPattern(step, common, planning);
    case 'steps':
      return {
        ...common,
        kind: 'group',
        steps: planList(step.steps ?? [], planning),
        outputs: outputsOf(step.outputs),
      };
    case 'map':
      return planMap(step, common, planning);
    case 'repeat':
      return planRepeat(step, common, planning);
    case 'compute':
      return { ...common, kind: 'compute', expressions: step.compute ?? '' };
    case 'wait':
      return { ...common, kind: 'wait', wait: waitOf(step) };
    case 'approval':
      return planApproval(step, common);
    case 'assert':
      return { ...common, kind: 'assert', expression: step.assert ?? '', message: step.message ?? null };
    case null:
      throw new Error(`the step "${as}" passed the check but has no kind`);
  }
}

function planCapability(step: Step, common: Common, planning: Planning): PlannedStep {
  const signature = signatureOf(step.capability ?? '', planning);
  const call: Callable = {
    ...callableOf(signature, step.args ?? {}),
    policy: policyOf(step, signature, planning.patience),
    cache: signature.pure && signature.effect === 'none' && step.cache !== false,
  };
  // A capability's time limit is one attempt's, and so its policy's.
  return {
    ...common,
    kind: 'capability',
    timeoutMs: null,
    call,
    compensate: undoOf(step.compensate, planning),
  };
}

function planPattern(step: Step, common: Common, planning: Planning): PlannedStep {
  const pattern = findPattern(step.pattern ?? '', planning.context);
  if (!pattern) throw new Error(`the pattern ${step.pattern ?? ''} passed the check but is not there`);
  const args = step.args ?? {};
  const defaults = Object.entries(pattern.inputs ?? {}).filter(([, input]) =>
    Object.hasOwn(input, 'default'),
  );
  return {
    ...common,
    kind: 'pattern',
    plan: planning.planOf(pattern),
    args,
    slots: slotsOf(inputsSchema(pattern.inputs ?? {}), Object.keys(args)),
    defaults: Object.fromEntries(
      defaults.map(([name, input]) => [name, (input as { default?: unknown }).default]),
    ),
    compensate: undoOf(step.compensate, planning),
  };
}

function planMap(step: Step, common: Common, planning: Planning): PlannedStep {
  const { map } = step;
  if (!map) throw new Error('a map without `map`');
  return {
    ...common,
    kind: 'map',
    in: map.in,
    do: planSingle(map.do, 'do', planning),
    concurrency: map.concurrency ?? defaultConcurrency,
    collect: map.on_item_error === 'collect',
    maxFailures: map.max_failures ?? null,
  };
}

function planRepeat(step: Step, common: Common, planning: Planning): PlannedStep {
  const { repeat } = step;
  if (!repeat) throw new Error('a loop without `repeat`');
  return {
    ...common,
    kind: 'repeat',
    do: planSingle(repeat.do, 'do', planning),
    until: repeat.until,
    max: repeat.max,
    everyMs: repeat.every === undefined ? null : toMilliseconds(repeat.every),
  };
}

function planApproval(step: Step, common: Common): PlannedStep {
  const { approval } = step;
  if (!approval) throw new Error('an approval without `approval`');
  return {
    ...common,
    kind: 'approval',
    title: approval.title,
    form: approval.form ?? null,
    silenceMs: approval.timeout === undefined ? null : toMilliseconds(approval.timeout),
    rights: approval.rights ?? [],
    notStarter: approval.not_starter ?? false,
  };
}

function waitOf({ wait }: Step): WaitStep['wait'] {
  return wait?.for === undefined ? { until: wait?.until ?? '' } : { forMs: toMilliseconds(wait.for) };
}

function outputsOf(outputs: Step['outputs']): string | Record<string, unknown> {
  if (outputs === undefined) return {};
  return Array.isArray(outputs) ? namedOutputs(outputs) : outputs;
}

/** A list of names, as a map of templates. */
export function namedOutputs(names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, `{{state.${name}}}`]));
}

function handlersIn(step: Step, planning: Planning): Handler[] {
  const handler = (match: string[], use: unknown, label: string): Handler => ({
    match,
    use: isStep(use) ? { step: planSingle(use, label.replace('.', '_'), planning) } : { value: use },
    label,
  });
  const entries = (step.on_error ?? []).map(({ match, use }, i) =>
    handler(match, use, `on_error.${String(i)}`),
  );
  return step.fallback === undefined ? entries : [...entries, handler(['*'], step.fallback, 'fallback')];
}

function undoOf(compensate: Compensate | undefined, planning: Planning): Callable | null {
  if (compensate === undefined) return null;
  const signature = signatureOf(compensate.capability, planning);
  return { ...callableOf(signature, compensate.args ?? {}), policy: undoPolicy(signature), cache: false };
}

function signatureOf(name: string, { context }: Planning): Signature {
  const signature = context.signatures.get(name);
  if (!signature) throw new Error(`${name} passed the check but has no signature`);
  return signature;
}

function callableOf(signature: Signature, args: Record<string, unknown>): Omit<Callable, 'policy' | 'cache'> {
  return {
    capability: signature.capability,
    capability_version: signature.version,
    agent: signature.agent,
    task_queue: signature.task_queue,
    effect: signature.effect,
    pure: signature.pure,
    source: signature.source,
    args,
    slots: slotsOf(signature.args, Object.keys(args)),
  };
}

function slotsOf(args: JsonSchema, names: string[]): Record<string, ArgumentSlot> {
  const slot = (name: string): ArgumentSlot => ({
    nullable: isNullable(args.properties?.[name] ?? {}),
    required: args.required?.includes(name) ?? false,
  });
  return Object.fromEntries(names.map((name) => [name, slot(name)]));
}
