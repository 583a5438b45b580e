/** What a generated program is: a pattern with all that its run depends on. The model reads patterns as plain JSON. */

export interface JsonStep {
  capability?: string;
  pattern?: string;
  steps?: JsonStep[];
  map?: {
    in: unknown;
    do: JsonStep;
    concurrency?: number;
    on_item_error?: 'fail' | 'collect';
    max_failures?: number;
  };
  repeat?: { do: JsonStep; until: string; max: number; every?: string };
  compute?: string | Record<string, string>;
  wait?: { for: string };
  approval?: { title: string; timeout?: string };
  assert?: string;
  message?: string;
  args?: Record<string, unknown>;
  outputs?: string | string[] | Record<string, unknown>;
  as?: string;
  condition?: string;
  after?: string | string[];
  parallel?: boolean;
  timeout?: string;
  retry?: {
    maximum_attempts?: number;
    initial_interval?: string;
    backoff_coefficient?: number;
    maximum_interval?: string;
    non_retryable?: string[];
  };
  optional?: boolean;
  fallback?: unknown;
  on_error?: { match: string[]; use: unknown }[];
  compensate?: { capability: string; args?: Record<string, unknown> };
  cache?: boolean;
}

export interface JsonPattern {
  id: string;
  name: string;
  version?: string;
  inputs?: Record<string, { type: string; required?: boolean; default?: unknown }>;
  steps: JsonStep[];
  outputs: string[] | Record<string, unknown>;
}

export interface Answer {
  decision: 'approve' | 'reject';
  data: unknown;
  /** How long the person takes. */
  ms: number;
}

export interface Program {
  pattern: JsonPattern;
  others: JsonPattern[];
  inputs: Record<string, unknown>;
  /** By the path of the approval; none: silence. */
  answers: Record<string, Answer>;
}

const kinds = [
  'capability',
  'pattern',
  'steps',
  'map',
  'repeat',
  'compute',
  'wait',
  'approval',
  'assert',
] as const;
export type Kind = (typeof kinds)[number];

export function kindOf(step: JsonStep): Kind {
  const kind = kinds.find((name) => step[name] !== undefined);
  if (kind === undefined) throw new Error('a step without a kind');
  return kind;
}

/** Whether a `use` or a `fallback` is a step. */
export function isStep(use: unknown): use is JsonStep {
  return typeof use === 'object' && use !== null && kinds.some((name) => Object.hasOwn(use, name));
}

export function nameOf(step: JsonStep): string | null {
  return step.as ?? step.capability?.split('.').at(-1) ?? null;
}

/** `on_error`, then `fallback` as a last entry for any code, each with the name of its path. */
export function handlersOf(step: JsonStep): { match: string[]; use: unknown; label: string }[] {
  const entries = (step.on_error ?? []).map((entry, i) => ({ ...entry, label: `on_error.${String(i)}` }));
  if (step.fallback === undefined) return entries;
  return [...entries, { match: ['*'], use: step.fallback, label: 'fallback' }];
}

/** `PT1M0.5S` as milliseconds. */
export function millisecondsOf(duration: string): number {
  const [, minutes = '0', seconds = '0'] = /^PT(?:([0-9]+)M)?(?:([0-9.]+)S)?$/.exec(duration) ?? [];
  return Math.round(Number(minutes) * 60_000 + Number(seconds) * 1000);
}
