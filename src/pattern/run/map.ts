/** `map`: one step for each item of a list, some at a time; results in the order of the list. */
import type { StepError } from '../../contract/trace';
import type { MapStep } from '../plan';
import { resolveTemplate } from '../reference';
import { openFrame } from '../scope';
import { type BodyEnd, type Failure, failure } from './ends';
import { matches } from './handlers';
import { type Place, type Run, scopeAt } from './run';
import type { StepRun } from './step-run';
import { openStop } from './stop';

const maximumItems = 5000;

/** An item whose place in the result is `null`. */
interface Gap {
  index: number;
  code: string;
}

export async function runMap(run: Run, step: MapStep, place: Place, line: StepRun): Promise<BodyEnd> {
  const resolved = resolveTemplate(step.in, scopeAt(run, place.frame));
  if (resolved.missing !== undefined) return { kind: 'skipped', reason: `missing: ${resolved.missing}` };
  const problem = problemOf(resolved.value, place.path);
  if (problem) return { kind: 'failed', failure: problem };
  const items = resolved.value as unknown[];
  line.items = items.length;
  run.budget.reserve(items.length);
  const { values, gaps, failed, stopped } = await runItems(run, step, place, items);
  if (failed !== null) return { kind: 'failed', failure: failed };
  if (stopped) return { kind: 'stopped', began: true };
  return gaps.length === 0
    ? { kind: 'value', value: values }
    : { kind: 'degraded', value: values, error: gapsError(place.path, items.length, gaps) };
}

function problemOf(value: unknown, path: string): Failure | null {
  if (!Array.isArray(value)) {
    return failure('ARGS_INVALID', `step "${path}": \`map.in\` is no list`, path);
  }
  if (value.length <= maximumItems) return null;
  const message = `step "${path}": a map takes at most ${String(maximumItems)} items, this list has ${String(value.length)}`;
  return failure('LIMIT_EXCEEDED', message, path);
}

interface ItemsEnd {
  values: unknown[];
  gaps: Gap[];
  failed: Failure | null;
  stopped: boolean;
}

async function runItems(run: Run, step: MapStep, place: Place, items: unknown[]): Promise<ItemsEnd> {
  const stop = openStop(place.stop);
  const values: unknown[] = items.map(() => null);
  const gaps: Gap[] = [];
  let failures = 0;
  let failed: Failure | null = null;
  let stopped = false;
  let next = 0;
  const one = async (index: number): Promise<void> => {
    const frame = openFrame(place.frame, { item: items[index], index });
    const path = `${place.path}.${String(index)}`;
    const end = await run.step(step.do, { path, frame, stop, undo: place.undo });
    if (end.kind === 'stopped') stopped = true;
    else if (end.kind === 'failed') {
      // Once the map has stopped, what still fails in it is no reason any more.
      if (stop.reason() !== null) stopped = true;
      else if (isCollected(step, end.failure.code, failures)) {
        failures += 1;
        gaps.push({ index, code: end.failure.code });
      } else {
        failed = end.failure;
        stop.stop('failure');
      }
    } else if (end.ended.missing) {
      gaps.push({ index, code: end.ended.error?.code ?? 'SKIPPED' });
    } else values[index] = end.ended.value;
  };
  const lane = async (): Promise<void> => {
    while (next < items.length && stop.reason() === null) {
      next += 1;
      await one(next - 1);
    }
  };
  await Promise.all(Array.from({ length: Math.min(step.concurrency, items.length) }, lane));
  stop.close();
  gaps.sort((a, b) => a.index - b.index);
  return { values, gaps, failed, stopped: failed === null && (stopped || next < items.length) };
}

/** Mistakes in a pattern are caught only by naming their code, which `collect` does not. */
function isCollected(step: MapStep, code: string, failures: number): boolean {
  const hasRoom = step.maxFailures === null || failures < step.maxFailures;
  return step.collect && hasRoom && matches(['*'], code) && code !== 'EXECUTION_CANCELLED';
}

function gapsError(path: string, count: number, gaps: Gap[]): StepError {
  const message = `${String(gaps.length)} of ${String(count)} items gave no result`;
  return { code: 'ITEMS_FAILED', message, step: path, attempts: 1, details: gaps };
}
