/**
 * The part of CEL that generated patterns use, read and evaluated by the model itself: numbers, texts, `true`, `false`,
 * `null`, lists, paths, `size()`, `!`, `* +`, comparisons, `&&`, `||`.
 */

/** What an expression that has no value throws. */
export class NoValue extends Error {}

type Lookup = (path: string[]) => unknown;

/** @throws NoValue, and whatever `lookup` throws */
export function evaluate(source: string, lookup: Lookup): unknown {
  const tokens = tokensOf(source);
  let at = 0;
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  type Thunk = () => unknown;

  function or(): Thunk {
    let left = and();
    while (take('||')) left = logic(left, and(), true);
    return left;
  }
  function and(): Thunk {
    let left = comparison();
    while (take('&&')) left = logic(left, comparison(), false);
    return left;
  }
  function comparison(): Thunk {
    const left = sum();
    const operator = ['==', '!=', '<=', '>=', '<', '>'].find(take);
    if (operator === undefined) return left;
    const right = sum();
    return () => compare(operator, left(), right());
  }
  function sum(): Thunk {
    let left = product();
    while (take('+')) {
      const [a, b] = [left, product()];
      left = () => add(a(), b());
    }
    return left;
  }
  function product(): Thunk {
    let left = unary();
    while (take('*')) {
      const [a, b] = [left, unary()];
      left = () => numberOf(a()) * numberOf(b());
    }
    return left;
  }
  function unary(): Thunk {
    if (!take('!')) return primary();
    const of = unary();
    return () => !booleanOf(of());
  }
  function primary(): Thunk {
    if (take('(')) {
      const inner = or();
      take(')');
      return inner;
    }
    if (take('[')) {
      const items: Thunk[] = [];
      while (!take(']')) {
        items.push(or());
        take(',');
      }
      return () => items.map((item) => item());
    }
    const token = tokens[at++] ?? '';
    if (token === 'size' && take('(')) {
      const of = or();
      take(')');
      return () => sizeOf(of());
    }
    if (/^[0-9]/.test(token)) return () => Number(token);
    if (token.startsWith('"')) return () => JSON.parse(token) as unknown;
    if (token === 'true' || token === 'false') return () => token === 'true';
    if (token === 'null') return () => null;
    return () => lookup(token.split('.'));
  }

  const value = or();
  if (at !== tokens.length) throw new Error(`the model cannot read ${source}`);
  return value();
}

/** The paths that an expression names. */
export function pathsOf(source: string): string[][] {
  return tokensOf(source)
    .filter((token) => /^[a-z]/i.test(token) && !['true', 'false', 'null', 'size'].includes(token))
    .map((token) => token.split('.'));
}

function tokensOf(source: string): string[] {
  const tokens = source.match(
    /"[^"]*"|[A-Za-z_][\w.]*|[0-9]+(?:\.[0-9]+)?|==|!=|<=|>=|&&|\|\||[-+*()[\],<>!]/g,
  );
  return tokens ?? [];
}

/** One side that decides is enough: the other may then have no value. */
function logic(left: () => unknown, right: () => unknown, decides: boolean): () => boolean {
  return () => {
    const sides = [left, right].map((side) => {
      try {
        return { value: booleanOf(side()) };
      } catch (error) {
        return { error };
      }
    });
    if (sides.some((side) => side.value === decides)) return decides;
    const failed = sides.find((side) => 'error' in side);
    if (failed) throw failed.error as Error;
    return !decides;
  };
}

function compare(operator: string, left: unknown, right: unknown): boolean {
  if (operator === '==') return isEqual(left, right);
  if (operator === '!=') return !isEqual(left, right);
  const isComparable =
    (typeof left === 'number' && typeof right === 'number') ||
    (typeof left === 'string' && typeof right === 'string');
  if (!isComparable) throw new NoValue(`cannot compare with ${operator}`);
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return operator === '<=' ? left <= right : left >= right;
}

function isEqual(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join()}}`;
}

function add(left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (Array.isArray(left) && Array.isArray(right)) return [...(left as unknown[]), ...(right as unknown[])];
  throw new NoValue('cannot add');
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (value !== null && typeof value === 'object') return Object.keys(value).length;
  throw new NoValue('has no size');
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new NoValue('not a number');
  return value;
}

function booleanOf(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new NoValue('not true or false');
  return value;
}
