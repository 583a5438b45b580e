/** What a step can see: context, inputs, the ended steps around it, and the locals of maps, loops and handlers. */
import type { StepError } from '../contract/trace';

/** What a step left behind for those that name it. */
export interface EndedStep {
  status: 'success' | 'skipped' | 'degraded';
  /** `null` when `missing`. */
  value: unknown;
  /** Skipped, or failed though optional: the value, and every path below it, is missing. */
  missing: boolean;
  error: StepError | null;
  attempts: number;
}

export const localNames = ['item', 'index', 'last', 'error'] as const;
export type LocalName = (typeof localNames)[number];

/** One list of steps, or one item, round or handler: its own names, and those around it. */
export interface Frame {
  parent: Frame | null;
  ended: Map<string, EndedStep>;
  locals: Readonly<Partial<Record<LocalName, unknown>>>;
}

export interface Scope {
  ctx: Readonly<Record<string, unknown>>;
  /** An optional input that was not given is absent, and so a missing value. */
  inputs: Readonly<Record<string, unknown>>;
  frame: Frame;
  /** Told how much an expression took to evaluate. */
  evaluated?: (evaluations: number) => void;
}

export function openFrame(parent: Frame | null, locals: Frame['locals'] = {}): Frame {
  return { parent, ended: new Map(), locals };
}

/** The ended step of this name, looking outwards; names are unique in a file, so nothing is hidden. */
export function findStep(frame: Frame, name: string): EndedStep | undefined {
  for (let at: Frame | null = frame; at !== null; at = at.parent) {
    const found = at.ended.get(name);
    if (found) return found;
  }
  return undefined;
}

/** The innermost local of this name, in a box, since a local may be `null` or absent. */
export function findLocal(frame: Frame, name: LocalName): { value: unknown } | undefined {
  for (let at: Frame | null = frame; at !== null; at = at.parent) {
    if (Object.hasOwn(at.locals, name)) return { value: at.locals[name] };
  }
  return undefined;
}
