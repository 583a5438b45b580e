/** A tree as CEL text: for suggestions, and for other engines to read. */
import type { CelNode } from './cel-ast';
import { pathText } from './cel-normalise';

const ranks: Record<string, number> = { '||': 2, '&&': 3, '+': 5, '-': 5, '*': 6, '/': 6, '%': 6 };
const comparisonRank = 4;
/** Functions whose result CEL has as an integer; here every number is a double. */
const integers = ['size', 'int'];

export interface PrintOptions {
  /** Says of every number that it is a double, so that an engine with several kinds of number mixes none. */
  doubles?: boolean;
  /** Writes these nodes instead. */
  instead?: (node: CelNode) => string | null;
}

/** Brackets stand only where they are needed. */
export function printCel(node: CelNode, options: PrintOptions = {}): string {
  return print(node, 0, options);
}

function print(node: CelNode, least: number, options: PrintOptions): string {
  const instead = options.instead?.(node);
  if (instead != null) return instead;
  const [text, rank] = write(node, options);
  return rank < least ? `(${text})` : text;
}

function write(node: CelNode, options: PrintOptions): [text: string, rank: number] {
  const p = (of: CelNode, least = 0): string => print(of, least, options);
  switch (node.kind) {
    case 'literal':
      return [literal(node.value, options), 8];
    case 'reference':
      return [pathText(node.reference), 8];
    case 'variable':
      return [node.name, 8];
    case 'select':
      return [`${p(node.of, 8)}${pathText({ root: 'ctx', path: [node.key], text: '' }).slice(3)}`, 8];
    case 'index':
      return [`${p(node.of, 8)}[${p(node.index)}]`, 8];
    case 'list':
      return [`[${node.items.map((item) => p(item)).join(', ')}]`, 8];
    case 'object':
      return [`{${node.entries.map(({ key, value }) => `${p(key)}: ${p(value)}`).join(', ')}}`, 8];
    case 'if':
      return [`${p(node.condition, 2)} ? ${p(node.then, 2)} : ${p(node.otherwise)}`, 1];
    case 'not':
      return [`!${p(node.of, 7)}`, 7];
    case 'minus':
      return [`-${p(node.of, 8)}`, 7];
    case 'logic':
    case 'binary':
      return writeBinary(node, options);
    case 'call':
      return [writeCall(node, options), 8];
    case 'has':
      return [`has(${p(node.of)})`, 8];
    case 'loop': {
      const parts = [node.variable, ...(node.filter ? [p(node.filter)] : []), p(node.body)];
      return [`${p(node.of, 8)}.${node.name}(${parts.join(', ')})`, 8];
    }
  }
}

function writeBinary(
  node: Extract<CelNode, { kind: 'logic' | 'binary' }>,
  options: PrintOptions,
): [string, number] {
  const rank = ranks[node.operator] ?? comparisonRank;
  const isComparison = rank === comparisonRank;
  const left = print(node.left, isComparison ? rank + 1 : rank, options);
  const right = print(node.right, rank + 1, options);
  if (node.operator === '%' && options.doubles) return [`double(int(${left}) % int(${right}))`, 8];
  return [`${left} ${node.operator} ${right}`, rank];
}

function writeCall(node: Extract<CelNode, { kind: 'call' }>, options: PrintOptions): string {
  const args = node.args.map((arg, place) => print(arg, node.method && place === 0 ? 8 : 0, options));
  const text = node.method
    ? `${args[0] ?? ''}.${node.name}(${args.slice(1).join(', ')})`
    : `${node.name}(${args.join(', ')})`;
  return options.doubles && integers.includes(node.name) ? `double(${text})` : text;
}

function literal(value: string | number | boolean | null, options: PrintOptions): string {
  const text = JSON.stringify(value);
  return options.doubles && /^-?[0-9]+$/.test(text) && typeof value === 'number' ? `${text}.0` : text;
}
