/** Loops over a list or an object's names: `all`, `exists`, `exists_one`, `filter`, `map`. */
import type { CelNode, NodeOf } from './cel-ast';
import { CelFailure, kindInWords } from './cel-failure';
import { isDecimal } from './decimal-exact';

/** @throws CelFailure, EngineError LIMIT_EXCEEDED */
export function evaluateLoop<At extends { variables: ReadonlyMap<string, unknown> }>(
  node: NodeOf<'loop'>,
  at: At,
  evaluate: (node: CelNode, at: At) => unknown,
): unknown {
  const items = itemsOf(evaluate(node.of, at));
  const variables = new Map(at.variables);
  const inner = { ...at, variables };
  const ask = (part: CelNode, item: unknown): unknown => {
    variables.set(node.variable, item);
    return evaluate(part, inner);
  };
  const holds = (part: CelNode, item: unknown): boolean => asBool(ask(part, item));
  const { body, filter } = node;
  switch (node.name) {
    case 'map':
      return (filter ? items.filter((item) => holds(filter, item)) : items).map((item) => ask(body, item));
    case 'filter':
      return items.filter((item) => holds(body, item));
    case 'exists_one':
      return items.filter((item) => holds(body, item)).length === 1;
    case 'exists':
      return decide(items, true, (item) => holds(body, item));
    case 'all':
      return decide(items, false, (item) => holds(body, item));
  }
}

/** One item that decides wins, even over items that fail. */
function decide(items: unknown[], deciding: boolean, holds: (item: unknown) => boolean): boolean {
  let failure: CelFailure | null = null;
  for (const item of items) {
    try {
      if (holds(item) === deciding) return deciding;
    } catch (error) {
      if (!(error instanceof CelFailure)) throw error;
      failure ??= error;
    }
  }
  if (failure) throw failure;
  return !deciding;
}

function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value === 'object' && value !== null && !isDecimal(value)) return Object.keys(value);
  throw new CelFailure(`${kindInWords(value)} stands where a list must`);
}

/** @throws CelFailure */
export function asBool(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new CelFailure(`${kindInWords(value)} stands where true or false must`);
}
