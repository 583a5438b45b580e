/** A plan as a mermaid flowchart: a box for each step, an arrow for each wait with its reason, a frame around what holds steps. */
import type { ExplainedStep, PlanExplanation, PlannedWait } from '../contract/plan-explanation';
import { arrowsOf } from './plan-arrows';

type Drawn = Pick<PlanExplanation, 'steps' | 'critical_path'>;

const longestLabel = 60;

export function drawMermaid({ steps, critical_path }: Drawn): string {
  const ids = new Map(steps.map(({ path }, index) => [path, `n${String(index)}`]));
  const idOf = (path: string): string => ids.get(path) ?? '';
  const children = new Map<string | null, ExplainedStep[]>();
  for (const step of steps) children.set(step.within, [...(children.get(step.within) ?? []), step]);
  const critical = critical_path.map(idOf).filter((id) => id !== '');
  return [
    'flowchart TD',
    ...nodes(null, children, idOf, '  '),
    ...[...arrowsOf(steps)].flatMap(([path, waits]) =>
      waits.map((wait) => `  ${idOf(wait.step)} ${arrow(wait)} ${idOf(path)}`),
    ),
    ...(critical.length === 0
      ? []
      : ['  classDef critical stroke-width:3px', `  class ${critical.join(',')} critical`]),
  ].join('\n');
}

function nodes(
  within: string | null,
  children: ReadonlyMap<string | null, ExplainedStep[]>,
  idOf: (path: string) => string,
  indent: string,
): string[] {
  return (children.get(within) ?? []).flatMap((step) => {
    const id = idOf(step.path);
    if (!children.has(step.path)) return [`${indent}${id}${box(step)}`];
    return [
      `${indent}subgraph ${id}["${titleOf(step)}"]`,
      ...ownNode(step, id, indent),
      ...nodes(step.path, children, idOf, `${indent}  `),
      `${indent}end`,
    ];
  });
}

/** A step with a handler is a frame around both; without a box of its own the frame would show the handler alone. */
function ownNode(step: ExplainedStep, id: string, indent: string): string[] {
  const holds = ['group', 'map', 'repeat', 'pattern'].includes(step.kind);
  return holds ? [] : [`${indent}  ${id}_own${box(step)}`];
}

function box(step: ExplainedStep): string {
  const text = `"${titleOf(step)}"`;
  if (step.effect === 'write') return `[[${text}]]`;
  if (step.kind === 'wait' || step.kind === 'approval' || step.kind === 'assert') return `{{${text}}}`;
  return step.kind === 'compute' ? `([${text}])` : `[${text}]`;
}

function titleOf(step: ExplainedStep): string {
  const what = step.capability ?? step.pattern ?? step.kind;
  const lines = [
    lastPart(step),
    what,
    ...(step.condition === null ? [] : [`if ${step.condition}`]),
    ...(step.catches.length === 0 ? [] : [`on ${step.catches.join(', ')}`]),
  ];
  return lines.map(escapeLabel).join('<br/>');
}

/** What distinguishes it within what holds it. */
function lastPart({ path, within }: ExplainedStep): string {
  const part = within === null ? path : path.slice(within.length + 1);
  return part === '*' ? 'each' : part;
}

function arrow({ reason, detail }: PlannedWait): string {
  if (reason === 'reference') return `-->|"${escapeLabel(firstReference(detail))}"|`;
  return reason === 'after' ? '-->|"after"|' : `-.->|"${reason}"|`;
}

function firstReference(detail: string): string {
  const [first = detail, ...more] = [...detail.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, name]) => name ?? '');
  return more.length === 0 ? first : `${first}, …`;
}

/** Mermaid takes `#name;` and `#code;` for characters that would end or change a label. */
function escapeLabel(text: string): string {
  const short = text.length <= longestLabel ? text : `${text.slice(0, longestLabel - 1)}…`;
  return short.replace(/[\s]+/g, ' ').replace(/[^\p{L}\p{N} .,:;_…()/*@+=!?'-]/gu, (character) => {
    return `#${String(character.codePointAt(0))};`;
  });
}
