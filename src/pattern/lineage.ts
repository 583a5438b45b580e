/**
 * Lineage: from one field of a stored result back to the steps, capabilities, sources and dates that it came from.
 *
 * The plan says what could have fed what, the trace what did: only steps that the trace confirms are told of.
 */
import { digest } from '../canonical';
import { EngineError } from '../contract/errors';
import type { Lineage, LineageLink, LineageStep } from '../contract/lineage';
import type { StepTrace, Trace } from '../contract/trace';
import { type Level, originsOf, trailsOf } from './lineage-level';
import { type Feed, feedsOf, isSameStep, type StepAt } from './lineage-step';
import type { Plan } from './plan';

export interface LineageRequest {
  /** `output.path.to.0.field`. */
  field: string;
  plan: Plan;
  trace: Trace;
  data: Readonly<Record<string, unknown>>;
  inputs: Readonly<Record<string, unknown>>;
}

/** A map over thousands of items can have fed one field; nobody reads that many lines. */
const maximumSteps = 1000;
const shownValueCharacters = 4096;

/**
 * @throws EngineError FIELD_UNKNOWN when the result has no such field (see `fieldOf`), LINEAGE_UNAVAILABLE when the plan is
 *   not the one that left this trace
 */
export function lineageOf({ field, plan, trace, data, inputs }: LineageRequest): Lineage {
  const { name, path, value } = fieldOf(field, data);
  const walk = openWalk(plan, trace);
  const root: Level = { steps: plan.steps, prefix: '', parent: null, locals: {}, call: null };
  const trails = trailsOf(plan.outputs[name], path, 'outputs', `outputs.${name}`);
  const fed_by = walk.follow(trails.map((trail) => ({ trail, level: root })));
  const steps = walk.run();
  const values = steps.map(({ asof_date }) => asof_date);
  return {
    execution_id: trace.execution_id,
    field,
    ...(JSON.stringify(value).length <= shownValueCharacters && { value }),
    value_digest: digest(value),
    pattern: trace.pattern,
    pricing_pack_id: trace.pricing_pack_id,
    ledger_commit_hash: trace.ledger_commit_hash,
    asof_date: trace.asof_date,
    output: { name, fed_by },
    steps,
    inputs: Object.fromEntries([...walk.inputs].sort().map((input) => [input, inputs[input] ?? null])),
    context: [...walk.context].sort(),
    capabilities: distinct(steps.map(capabilityOf)),
    sources: distinct(steps.map(({ source }) => source)),
    asof_dates: distinct(values),
    truncated: walk.isTruncated(),
  };
}

/** The field of a result, by its path. @throws EngineError FIELD_UNKNOWN */
export function fieldOf(
  field: string,
  data: Readonly<Record<string, unknown>>,
): { name: string; path: string[]; value: unknown } {
  const [name = '', ...path] = field.split('.');
  let value: unknown = data;
  for (const [at, segment] of [name, ...path].entries()) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, segment)) {
      throw unknownField(field, [name, ...path].slice(0, at), segment, value);
    }
    value = (value as Record<string, unknown>)[segment];
  }
  return { name, path, value };
}

function unknownField(field: string, found: string[], segment: string, at: unknown): EngineError {
  const members = at !== null && typeof at === 'object' ? Object.keys(at) : [];
  const place = found.length === 0 ? 'The result' : `"${found.join('.')}"`;
  const isList = Array.isArray(at);
  const has = isList ? `${String(members.length)} items` : members.slice(0, 20).join(', ') || 'nothing below it';
  return new EngineError('FIELD_UNKNOWN', `${place} has no "${segment.slice(0, 128)}"; it has ${has}.`, {
    field,
    found: found.join('.'),
    segment,
    candidates: isList ? [] : members.slice(0, 200),
  });
} // prettier-ignore

interface Walk {
  follow(feeds: readonly Feed[]): LineageLink[];
  /** Goes on until nothing new is found. */
  run(): LineageStep[];
  inputs: Set<string>;
  context: Set<string>;
  isTruncated(): boolean;
}

function openWalk(plan: Plan, trace: Trace): Walk {
  const lines = new Map(trace.steps.map((line) => [line.path, line]));
  const items = countItems(trace.steps);
  const itemsOf = (path: string): number => items.get(path) ?? 0;
  const entries = new Map<string, LineageStep>();
  const queue: StepAt[] = [];
  const seen = new Set<string>();
  const inputs = new Set<string>();
  const context = new Set<string>();
  let truncated = false;

  const enter = (at: StepAt): void => {
    // Whatever part of a capability's answer is asked for, the same call gave it.
    const key = at.step.kind === 'capability' ? at.path : `${at.path} ${at.rest.join('.')}`;
    if (seen.has(key)) return;
    seen.add(key);
    queue.push(at);
  };
  const follow = (feeds: readonly Feed[]): LineageLink[] => feeds.flatMap((feed) => linksOf(feed));
  const linksOf = (feed: Feed): LineageLink[] => {
    if ('inner' in feed) {
      enter(feed.inner);
      return [{ step: feed.inner.path, reference: feed.inner.path, via: feed.via }];
    }
    const { reference, via } = feed.trail;
    const found = originsOf(feed.trail, feed.level);
    for (const origin of found) {
      if (origin.kind === 'step') enter(origin);
      else if (origin.kind === 'input') inputs.add(origin.name);
      else if (origin.kind === 'context') context.add(origin.name);
    }
    const steps = found.flatMap((origin) => ('path' in origin ? [origin.path] : []));
    return (steps.length === 0 ? [null] : steps).map((step) => ({ step, reference: reference.text, via }));
  };
  const visit = (at: StepAt): void => {
    const line = lines.get(at.path);
    if (!line || !isSameStep(at.step, line)) throw unavailable(plan, at.path);
    const links = follow(feedsOf(at, line, itemsOf));
    const entry = entries.get(at.path) ?? toEntry(at, line);
    entry.fed_by = distinctLinks([...entry.fed_by, ...links]);
    entries.set(at.path, entry);
  };
  return {
    follow: (feeds) => distinctLinks(follow(feeds)),
    run: () => {
      for (let at = queue.shift(); at; at = queue.shift()) {
        if (entries.size >= maximumSteps && !entries.has(at.path)) truncated = true;
        else visit(at);
      }
      return [...entries.values()];
    },
    inputs,
    context,
    isTruncated: () => truncated,
  };
}

/** How many items or rounds stand below each path. */
function countItems(lines: readonly StepTrace[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of lines) {
    const [, parent, index] = /^(.*)\.(\d+)$/.exec(path) ?? [];
    if (parent !== undefined) counts.set(parent, Math.max(counts.get(parent) ?? 0, Number(index) + 1));
  }
  return counts;
}

function toEntry({ step }: StepAt, line: StepTrace): LineageStep {
  return {
    path: line.path,
    as: line.as,
    kind: line.kind,
    capability: line.capability,
    version: line.version ?? null,
    agent: line.agent,
    pattern: step.kind === 'pattern' ? `${step.plan.pattern.id}@${step.plan.pattern.version}` : null,
    status: line.status,
    source: line.source,
    asof_date: line.asof_date ?? null,
    args_digest: line.args_digest,
    result_digest: line.result_digest,
    cache: line.cache,
    source_execution_id: line.source_execution_id ?? null,
    error: line.error?.code ?? null,
    fed_by: [],
  };
}

function capabilityOf({ capability, version }: LineageStep): string | null {
  if (capability === null) return null;
  return version === null ? capability : `${capability}@${version}`;
}

function distinctLinks(links: readonly LineageLink[]): LineageLink[] {
  return [...new Map(links.map((link) => [JSON.stringify(link), link])).values()];
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values)].filter((value) => value !== null).sort();
}

function unavailable({ pattern }: Plan, path: string): EngineError {
  const message = `The plan of "${pattern.id}" ${pattern.version} is not the one that this execution ran: they differ at "${path}".`;
  return new EngineError('LINEAGE_UNAVAILABLE', message, { path });
}
