/** What the model says of a run, and what the engine did, brought to one form and held side by side. */
import type { StepTrace } from '../../src/contract/trace';
import { Endless } from './model-calls';
import type { Line, Schedule } from './model-state';
import { handlersOf, isStep, type JsonPattern, type JsonStep, kindOf, nameOf, type Program } from './program';
import { type ModelOutcome, predict } from './reference-interpreter';
import { patternOf } from './order';
import { disorder } from './order-in-time';
import { type LedgerEntry, retryable } from './world';
import type { Observed } from './run-local';

/** Every planned step in the order of the pattern, depth first, then the handlers that ran. */
function pathsOf(steps: JsonStep[], prefix: string, others: JsonPattern[], outcome: ModelOutcome): string[] {
  return steps.flatMap((step) => pathsAt(step, `${prefix}${nameOf(step) ?? ''}`, others, outcome));
}

function pathsAt(step: JsonStep, path: string, others: JsonPattern[], outcome: ModelOutcome): string[] {
  const { counts, lines } = outcome.run;
  const kind = kindOf(step);
  const each = step.map?.do ?? step.repeat?.do;
  const inside = [
    ...(kind === 'steps' ? pathsOf(step.steps ?? [], `${path}.`, others, outcome) : []),
    ...(kind === 'pattern'
      ? pathsOf(patternOf(step.pattern ?? '', others).steps, `${path}.`, others, outcome)
      : []),
    ...Array.from({ length: each ? (counts.get(path) ?? 0) : 0 }, (_, i) =>
      pathsAt(each ?? {}, `${path}.${String(i)}`, others, outcome),
    ).flat(),
  ];
  const handlers = handlersOf(step).flatMap(({ use, label }) => {
    const at = `${path}:${label}`;
    return isStep(use) && lines.has(at) ? pathsAt(use, at, others, outcome) : [];
  });
  return [path, ...inside, ...handlers];
}

/** Where the language leaves several readings, any of them is right. */
interface Expected {
  path: string;
  status: string[];
  attempts: number | null;
  code: string | null | undefined;
  undo: string | null | undefined;
  line: Line | undefined;
}

/** It was stopped in the moment in which it began: it may as well not have. */
function isVague(line: Line | undefined): boolean {
  return line?.isStopped === true && line.startedAt === line.endedAt;
}

/** It may have answered by itself, as what stopped it came too late; only what it says tells whether there is something to undo. */
function mayHaveAnswered(line: Line, { startedAt }: Comparing): boolean {
  return line.mayHaveWritten || (startedAt === null && line.kind === 'pattern' && line.isStopped);
}

function expectedOf(path: string, line: Line | undefined, comparing: Comparing): Expected {
  if (!line) return { path, status: ['not_run'], attempts: 0, code: null, undo: null, line };
  const { status, attempts, code, undo, isStopped } = line;
  if (isStopped) {
    const any = ['error', ...(line.kind === 'capability' ? [] : ['success', 'degraded', 'compensated'])];
    if (isVague(line)) any.push('not_run', 'skipped');
    // A cancel may come too late for a write, whose undo then knows its result.
    if (line.mayHaveWritten) any.push('success', 'compensated');
    const seenUndo = mayHaveAnswered(line, comparing) && undo !== null ? undefined : undo;
    return { path, status: any, attempts: null, code: undefined, undo: seenUndo, line };
  }
  const isUndone = undo === 'success' && status !== 'error';
  const shown =
    isUndone && status === 'success' ? ['compensated'] : isUndone ? ['compensated', status] : [status];
  return { path, status: shown, attempts, code, undo, line };
}

/** What is known of an observed run beside what happened in it. */
export interface Comparing {
  /** When the run started, to compare times too; `null`: they are chance. */
  startedAt: number | null;
  /** `false`: effects that nothing orders may have come in any order. */
  isOrderExact: boolean;
}

/**
 * A stop reaches a sub-pattern's own workflow some time later; what it did until then is not the model's to say.
 * In memory it reaches it at once.
 */
function freeUnder(outcome: ModelOutcome, { startedAt }: Comparing): (path: string) => boolean {
  const lines = [...outcome.run.lines.values()];
  const stopped = lines
    .filter(({ kind, isStopped }) => kind === 'pattern' && isStopped)
    .map(({ path }) => `${path}.`);
  return (path) => startedAt === null && stopped.some((prefix) => path.startsWith(prefix));
}

/** Differences in words; none when the engine did what the model says. */
export function differences(
  program: Program,
  outcome: ModelOutcome,
  { outcome: actual, effects, workflowId }: Observed,
  comparing: Comparing,
): string[] {
  const found: string[] = [];
  const same = (what: string, expected: unknown, got: unknown): void => {
    const [a, b] = [JSON.stringify(expected), JSON.stringify(got)];
    if (a !== b) found.push(`${what}: expected ${a}, got ${b}`);
  };
  same('status', outcome.status, actual.status);
  if (outcome.status === 'succeeded') same('data', sorted(outcome.data), sorted(actual.data));
  same('error code', outcome.error?.code ?? null, actual.error?.code ?? null);
  if (outcome.status === 'failed') same('error step', outcome.error?.step, actual.error?.step);
  const paths = pathsOf(program.pattern.steps, '', program.others, outcome);
  const { steps, degraded } = actual.trace;
  const isFree = freeUnder(outcome, comparing);
  const isSure = (path: string): boolean => !isVague(outcome.run.lines.get(path)) && !isFree(path);
  same('paths', paths.filter(isSure), steps.map(({ path }) => path).filter(isSure));
  same(
    'degraded',
    steps.flatMap(({ path, status }) => (status === 'degraded' ? [path] : [])),
    degraded,
  );
  const lines = new Map(steps.map((step) => [step.path, step]));
  for (const path of paths) {
    const step = lines.get(path);
    if (step && !isFree(path))
      found.push(...differencesOf(expectedOf(path, outcome.run.lines.get(path), comparing), step, comparing));
  }
  const keeps = ({ key }: LedgerEntry): boolean => !isFree(key.replace(/^[^/]*\//, '').replaceAll('/', '.'));
  found.push(...differencesOfEffects(outcome, effects.filter(keeps), workflowId, comparing, keeps));
  found.push(...disorder(program, outcome.run.counts, steps, effects));
  return found;
}

function differencesOf(expected: Expected, step: StepTrace, { startedAt }: Comparing): string[] {
  const found: string[] = [];
  const { path, line } = expected;
  const same = (what: string, wanted: unknown, got: unknown): void => {
    if (JSON.stringify(wanted) !== JSON.stringify(got)) {
      found.push(`${path} ${what}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
    }
  };
  if (!expected.status.includes(step.status)) same('status', expected.status, step.status);
  if (expected.attempts !== null) same('attempts', expected.attempts, step.attempts);
  if (expected.code !== undefined) same('code', expected.code, step.error?.code ?? null);
  if (expected.undo === undefined && !step.compensation && !saysNothingDone(step, line)) {
    found.push(`${path} was not undone`);
  }
  if (expected.undo !== undefined) same('undo', expected.undo, step.compensation?.status ?? null);
  if (!line?.isStopped) same('reason', line?.reason ?? null, step.reason ?? null);
  if (expected.code === 'ITEMS_FAILED') same('details', line?.details, shortDetails(step.error?.details));
  if (startedAt === null || !line || line.isStopped || step.started_at === null) return found;
  const at = Date.parse(step.started_at) - startedAt;
  if (Math.abs(at - line.startedAt) > 1.5) same('started_at', line.startedAt, at);
  if (line.endedAt !== null && step.duration_ms !== null) {
    const duration = line.endedAt - line.startedAt;
    if (Math.abs(duration - step.duration_ms) > 2) same('duration', duration, step.duration_ms);
  }
  return found;
}

/**
 * Cancelled, it still answered by itself: with a failure of the kind that is told before anything is done, or, being a
 * sub-pattern, with any: it has undone what it did.
 */
function saysNothingDone({ error }: StepTrace, line: Line | undefined): boolean {
  if (error == null || error.code === 'EXECUTION_CANCELLED') return false;
  return line?.kind === 'pattern' || !retryable.has(error.code);
}

function shortDetails(details: unknown): unknown {
  if (!Array.isArray(details)) return details;
  return (details as { index: number; code: string }[]).map(({ index, code }) => ({ index, code }));
}

function differencesOfEffects(
  outcome: ModelOutcome,
  effects: LedgerEntry[],
  workflowId: string,
  comparing: Comparing,
  keeps: (entry: LedgerEntry) => boolean,
): string[] {
  const unsure = new Set(
    [...outcome.run.lines.values()]
      .filter((line) => mayHaveAnswered(line, comparing))
      .map(({ path }) => path.replaceAll('.', '/')),
  );
  const isSure = (key: string): boolean =>
    !unsure.has(
      key
        .replace(/^[^/]*\//, '')
        .replace(/:undo$/, '')
        .replaceAll('.', '/'),
    );
  const expected = outcome.run.ledger.entries.filter(keeps).map(({ key, action }) => `${action} ${key}`);
  const got = effects.map(({ key, action }) => `${action} ${key.replace(workflowId, 'w')}`);
  const keep = (entry: string): boolean => isSure(entry.split(' ')[1] ?? '');
  const [a, b] = [expected.filter(keep), got.filter(keep)];
  if (!comparing.isOrderExact) for (const list of [a, b]) list.sort();
  return a.join('\n') === b.join('\n')
    ? []
    : [`effects: expected ${JSON.stringify(a)}, got ${JSON.stringify(b)}`];
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
}

export interface Verdict {
  /** Empty: the engine did what the language says. */
  differences: string[];
  /** The language does not say what should happen. */
  isAmbiguous: boolean;
}

/** A schedule under which the run would never end was not the one. */
function passEndless(error: unknown): null {
  if (error instanceof Endless) return null;
  throw error;
}

/** Whether one of the schedules explains what the engine did. */
export async function judge(
  program: Program,
  observed: Observed,
  schedules: Iterable<Schedule>,
  comparing: Comparing,
): Promise<Verdict> {
  let first: Verdict | null = null;
  for (const schedule of schedules) {
    const outcome = await predict(program, schedule).catch(passEndless);
    if (outcome === null) continue;
    const found = differences(program, outcome, observed, comparing);
    const verdict = { differences: found, isAmbiguous: outcome.run.isAmbiguous };
    if (verdict.isAmbiguous || found.length === 0) return verdict;
    if (!first || found.length < first.differences.length) first = verdict;
  }
  return first ?? { differences: ['no schedule'], isAmbiguous: false };
}
