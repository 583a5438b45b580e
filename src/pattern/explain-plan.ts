/** Explains a plan before it runs: what waits for what and why, what can run at once, what is remembered. No effect. */
import type {
  CachePrediction,
  ExplainedStep,
  PackReadiness,
  PlanExplanation,
  PlannedWait,
} from '../contract/plan-explanation';
import { criticalPath } from './critical-path';
import { reasonsAgainstDirect } from './direct-mode';
import { innerSteps } from './lines';
import type { Handler, Plan, PlannedStep } from './plan';
import { drawMermaid } from './plan-mermaid';
import { writePlan } from './plan-text';
import { allUses } from './planned-uses';
import { stepOf } from './reference';

export interface ExplainOptions {
  /** Those that the pattern requires. */
  rights?: readonly string[];
  pack?: PackReadiness | null;
  /** Milliseconds by path, as recent runs took. */
  durations?: ReadonlyMap<string, number>;
  /** By path, for capability steps. */
  predictions?: ReadonlyMap<string, CachePrediction>;
  /** The execution that would be answered with instead of a run. */
  remembered?: string | null;
}

export function explainPlan(plan: Plan, options: ExplainOptions = {}): PlanExplanation {
  const { id, version, sha256 } = plan.pattern;
  const { durations, predictions } = options;
  const reasons = reasonsAgainstDirect(plan);
  const chain = criticalPath(plan.steps, durations);
  const explained: Omit<PlanExplanation, 'mermaid' | 'text'> = {
    pattern: { id, version, sha256 },
    direct: { eligible: reasons.length === 0, reasons },
    patience: plan.patience,
    rights: [...(options.rights ?? [])],
    approval_rights: [...new Set(approvalRights(plan.steps))].sort(),
    steps: explainList(plan.steps, null).map((step) => ({
      ...step,
      predicted_cache: predictions?.get(step.path) ?? null,
    })),
    critical_path: chain.steps,
    critical_path_ms: chain.ms > 0 ? Math.round(chain.ms) : null,
    pack: options.pack ?? null,
    remembered: options.remembered ?? null,
  };
  return { ...explained, mermaid: drawMermaid(explained), text: writePlan(explained) };
}

/** The steps of one list, each followed by those inside it. */
function explainList(steps: readonly PlannedStep[], within: string | null): ExplainedStep[] {
  const pathOf = (name: string): string => (within === null ? name : `${within}.${name}`);
  const waves = wavesOf(steps);
  return steps.flatMap((step) =>
    explainStep(step, {
      path: pathOf(step.as),
      within,
      wave: waves.get(step.as) ?? 1,
      waits_for: waitsOf(step, steps, pathOf),
      catches: [],
    }),
  );
}

type Placed = Pick<ExplainedStep, 'path' | 'within' | 'wave' | 'waits_for' | 'catches'>;

function explainStep(step: PlannedStep, placed: Placed): ExplainedStep[] {
  const call = step.kind === 'capability' ? step.call : null;
  const { path, within, wave, waits_for, catches } = placed;
  const own: ExplainedStep = {
    path,
    within,
    as: step.as,
    kind: step.kind,
    capability: call?.capability ?? null,
    version: call?.capability_version ?? null,
    agent: call?.agent ?? null,
    pattern: step.kind === 'pattern' ? `${step.plan.pattern.id}@${step.plan.pattern.version}` : null,
    effect: step.effect,
    condition: step.condition,
    optional: step.optional,
    catches,
    undo: 'compensate' in step ? (step.compensate?.capability ?? null) : null,
    waits_for,
    wave,
    predicted_cache: null,
  };
  return [own, ...explainInside(step, path), ...step.handlers.flatMap((each) => explainHandler(each, path))];
}

function explainInside(step: PlannedStep, path: string): ExplainedStep[] {
  if (step.kind !== 'map' && step.kind !== 'repeat') return explainList(innerSteps(step), path);
  return explainStep(step.do, { path: `${path}.*`, within: path, wave: 1, waits_for: [], catches: [] });
}

function explainHandler({ use, match, label }: Handler, within: string): ExplainedStep[] {
  if (!('step' in use)) return [];
  const path = `${within}:${label}`;
  return explainStep(use.step, { path, within, wave: 1, waits_for: [], catches: match });
}

/** 1 for what waits for nothing, else one more than the last of what it waits for. */
function wavesOf(steps: readonly PlannedStep[]): Map<string, number> {
  const byName = new Map(steps.map((step) => [step.as, step]));
  const waves = new Map<string, number>();
  const waveOf = (step: PlannedStep): number => {
    const known = waves.get(step.as);
    if (known !== undefined) return known;
    const before = step.edges.flatMap(({ step: name }) => byName.get(name) ?? []).map(waveOf);
    const wave = 1 + Math.max(0, ...before);
    waves.set(step.as, wave);
    return wave;
  };
  steps.forEach(waveOf);
  return waves;
}

function waitsOf(
  step: PlannedStep,
  list: readonly PlannedStep[],
  pathOf: (name: string) => string,
): PlannedWait[] {
  const uses = allUses(step);
  return step.edges.map(({ step: name, reason }): PlannedWait => {
    const wait = { step: pathOf(name) };
    if (reason === 'after') return { ...wait, reason, detail: 'after' };
    if (reason === 'write') return { ...wait, reason, detail: `${step.as} has an effect and stands below` };
    if (reason === 'gate') {
      const gate = isGate(step) ? step : list.find(({ as }) => as === name);
      return { ...wait, reason, detail: `${gate?.as ?? name} (${gate?.kind ?? 'gate'}) is a gate` };
    }
    const named = uses.filter(({ reference }) => stepOf(reference) === name);
    const texts = named.map(({ place, reference }) => `${place} = {{${reference.text}}}`);
    return { ...wait, reason: 'reference', detail: [...new Set(texts)].join(', ') };
  });
}

function isGate({ kind }: PlannedStep): boolean {
  return kind === 'wait' || kind === 'approval' || kind === 'assert';
}

function approvalRights(steps: readonly PlannedStep[]): string[] {
  return steps.flatMap((step) => [
    ...(step.kind === 'approval' ? step.rights : []),
    ...approvalRights(innerSteps(step)),
    ...approvalRights(step.handlers.flatMap(({ use }) => ('step' in use ? [use.step] : []))),
  ]);
}
