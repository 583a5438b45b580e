/** Asks memory, without any effect, whether calls that a plan foresees would be answered from it. */
import { digest } from '../canonical';
import { type Capability, memoKey } from '../capabilities';
import type { CachePrediction } from '../contract/plan-explanation';
import type { RequestContext } from '../contract/request-context';
import { type ForeseenCall, foreseenCalls } from '../pattern/foreseen-calls';
import type { Plan } from '../pattern/plan';

/** Of each call, in their order; nothing is computed, kept or thrown out. */
export type PredictCache = (
  calls: readonly ForeseenCall[],
  ctx: RequestContext,
) => Promise<CachePrediction[]>;

/** The part of the memory of results that tells what it holds. */
export interface MemoLookup {
  lookup(keys: readonly string[]): Promise<boolean[]>;
  /** Of a `local` one other processes' memories are not known. */
  scope: 'redis' | 'local';
}

const unknown = (reason: string): CachePrediction => ({ state: 'unknown', reason });

export function predictCache(
  catalogue: Readonly<Record<string, Capability>>,
  memo: MemoLookup,
): PredictCache {
  return async (calls, ctx) => {
    const keys = calls.map(({ callable, args }) => {
      const name = callable.capability;
      const capability = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
      return capability && memoKey(capability, digest(args), ctx);
    });
    const asked = keys.filter((key) => key !== undefined);
    const known = new Map((await memo.lookup(asked)).map((is, index) => [asked[index], is]));
    return keys.map((key) => {
      if (key === undefined) return unknown('its agent remembers for itself');
      if (known.get(key)) return { state: 'hit', reason: '' };
      return memo.scope === 'local'
        ? unknown('every process remembers for itself, this one does not')
        : { state: 'miss', reason: '' };
    });
  };
}

/** By path, for every capability step of a plan. */
export async function predictionsOf(
  predict: PredictCache,
  plan: Plan,
  ctx: RequestContext | null,
  inputs: Record<string, unknown>,
): Promise<Map<string, CachePrediction>> {
  if (ctx === null) return new Map();
  const foreseen = [...foreseenCalls(plan, ctx, inputs)];
  const calls = foreseen.flatMap(([path, call]) => ('callable' in call ? [{ path, call }] : []));
  const answers = await predict(
    calls.map(({ call }) => call),
    ctx,
  );
  const answered = new Map(calls.map(({ path }, index) => [path, answers[index] ?? unknown('')]));
  return new Map(
    foreseen.map(([path, call]) => [path, 'callable' in call ? (answered.get(path) ?? unknown('')) : call]),
  );
}
