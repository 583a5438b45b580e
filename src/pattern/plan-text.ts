/** A plan in plain text, for terminals: steps in waves, each with what it waits for and why. */
import type { ExplainedStep, PlanExplanation } from '../contract/plan-explanation';

type Written = Omit<PlanExplanation, 'mermaid' | 'text'>;

export function writePlan(plan: Written): string {
  return [...head(plan), '', ...list(plan.steps, null, '')].join('\n');
}

function head(plan: Written): string[] {
  const { pattern, direct, patience, rights, approval_rights, pack, remembered } = plan;
  return [
    `${pattern.id} ${pattern.version}  ${pattern.sha256}`,
    `modes: ${direct.eligible ? 'durable or direct' : `durable (${direct.reasons[0] ?? ''}${more(direct.reasons)})`}`,
    `patience: ${patience}`,
    ...(rights.length > 0 ? [`rights: ${rights.join(', ')}`] : []),
    ...(approval_rights.length > 0 ? [`rights to approve: ${approval_rights.join(', ')}`] : []),
    ...(pack === null ? [] : [`pack: ${pack.id ?? '(none)'} ${pack.status}${because(pack.message)}`]),
    ...(remembered === null ? [] : [`remembered: execution ${remembered} would be the answer`]),
    `longest chain: ${plan.critical_path.join(' → ')}${duration(plan.critical_path_ms)}`,
  ];
}

function more(reasons: readonly string[]): string {
  return reasons.length > 1 ? `, and ${String(reasons.length - 1)} more` : '';
}

function because(message: string | undefined): string {
  return message === undefined ? '' : ` (${message})`;
}

function duration(ms: number | null): string {
  return ms === null ? '' : ` (about ${String(ms)} ms)`;
}

/** The steps of one list by wave; those inside a step stand indented below it. */
function list(all: readonly ExplainedStep[], within: string | null, indent: string): string[] {
  const own = all.filter((step) => step.within === within);
  const waves = [...new Set(own.map(({ wave }) => wave))].sort((a, b) => a - b);
  return waves.flatMap((wave) => [
    ...(waves.length > 1 || within === null ? [`${indent}wave ${String(wave)}`] : []),
    ...own.filter((step) => step.wave === wave).flatMap((step) => lines(all, step, `${indent}  `)),
  ]);
}

function lines(all: readonly ExplainedStep[], step: ExplainedStep, indent: string): string[] {
  const { path, predicted_cache: cache, condition, catches, undo } = step;
  const facts = [
    step.capability ?? step.pattern ?? step.kind,
    ...(step.agent === null ? [] : [`agent ${step.agent}`]),
    ...(step.effect === 'write' ? ['has an effect'] : []),
    ...(step.optional ? ['optional'] : []),
    ...(catches.length > 0 ? [`on ${catches.join(', ')}`] : []),
    ...(undo === null ? [] : [`undone by ${undo}`]),
    ...(cache === null ? [] : [`memory: ${cache.state}${cache.reason === '' ? '' : ` (${cache.reason})`}`]),
  ];
  return [
    `${indent}${path}  ${facts.join(' · ')}`,
    ...(condition === null ? [] : [`${indent}    if ${condition}`]),
    ...waits(step).map((wait) => `${indent}    ${wait}`),
    ...list(all, path, `${indent}  `),
  ];
}

/** A gate or a write waits for everything above it, which is one line and not two hundred. */
function waits({ waits_for }: ExplainedStep): string[] {
  const byName = waits_for.filter(({ reason }) => reason === 'reference' || reason === 'after');
  const named = byName.map(({ step, reason, detail }) =>
    reason === 'after' ? `after ${step}` : `waits for ${step}: ${detail}`,
  );
  const others = new Map<string, string[]>();
  for (const { step, reason, detail } of waits_for) {
    if (reason !== 'reference' && reason !== 'after')
      others.set(detail, [...(others.get(detail) ?? []), step]);
  }
  const shown = [...others].map(([detail, steps]) => `waits for ${steps.join(', ')}: ${detail}`);
  return [...named, ...shown];
}
