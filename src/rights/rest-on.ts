/** From the steps that fed an output to the providers whose data it rests on. */
import type { LineageLink, LineageStep } from '../contract/lineage';
import { ownerOfSeries } from './series-owners';
import { answersFromArguments, type PackPart, partsReadBy } from './what-is-read';

/** Who gave what of a pack's whole history. */
export type PackSources = Readonly<Record<PackPart, readonly string[]>>;

export interface RestsOn {
  /** Names as stored; `Manual` for what is the user's own. */
  sources: string[];
  /** One sentence for each step whose data are nobody knows whose. */
  unresolved: string[];
}

export type TracedStep = Pick<
  LineageStep,
  'path' | 'kind' | 'capability' | 'agent' | 'source' | 'result_digest'
> &
  Partial<Pick<LineageStep, 'fed_by'>>;

const ownData = 'Manual';
/** The text or the details of an error, as a reference; its code and its step say nothing of anybody's data. */
const errorText = /^(steps\.[^.]+\.)?error(?!\.(code|step)$)(\..*)?$|^steps\.[^.]+$/;

/**
 * @param packs by id; of every pack that `packsIn` names and that there is
 * @param links what the output itself is made of
 */
export function restOn(
  steps: readonly TracedStep[],
  packs: ReadonlyMap<string, PackSources>,
  links: readonly LineageLink[] = [],
): RestsOn {
  const sources = new Set<string>();
  const unresolved = [...links, ...steps.flatMap(({ fed_by = [] }) => fed_by)].flatMap(quotedError);
  for (const step of steps) {
    if (step.kind !== 'capability' || step.result_digest === null) continue;
    const found = sourcesOfStep(step, packs);
    if (typeof found === 'string') unresolved.push(found);
    else for (const source of found) sources.add(source);
  }
  // Made of inputs and of the context alone.
  if (sources.size === 0 && unresolved.length === 0) sources.add(ownData);
  return { sources: [...sources].sort(), unresolved: [...new Set(unresolved)] };
}

/** An error may quote what it failed at, and its step gave no source. */
function quotedError({ reference, via }: LineageLink): string[] {
  if (via === 'condition' || !errorText.test(reference)) return [];
  return [`"${reference}" is the text of an error, which may quote anybody's data; give its code instead.`];
}

/** The packs whose sources `restOn` has to know. */
export function packsIn(steps: readonly TracedStep[]): string[] {
  const ids = steps.flatMap(({ source }) => /^pricing_pack:(.+)$/.exec(source ?? '')?.[1] ?? []);
  return [...new Set(ids)].sort();
}

/** A sentence when it cannot be said. */
function sourcesOfStep(
  { path, capability, agent, source }: TracedStep,
  packs: ReadonlyMap<string, PackSources>,
): readonly string[] | string {
  const name = capability ?? '';
  if (source === null) {
    if (answersFromArguments(name, agent)) return [];
    return `The step "${path}" (${name}) does not say on which source its answer rests.`;
  }
  const [, kind = '', of = ''] = /^([a-z_]+):(.+)$/s.exec(source) ?? [];
  if (kind === 'ledger') return [ownData];
  if (kind === 'provider') return [ownerOfSeries(of) ?? source];
  if (kind !== 'pricing_pack') return [source];
  const pack = packs.get(of);
  if (!pack)
    return `The step "${path}" (${name}) rests on the pricing pack ${of}, which the database does not have.`;
  const given = partsReadBy(name).flatMap((part) => pack[part]);
  return given.length > 0 ? given : [ownData];
}
