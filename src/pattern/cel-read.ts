/** Reads CEL text into our tree. The only file that names the engine: of it we take the parser, not the evaluator. */
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { EngineError } from '../contract/errors';
import type { CelNode, LoopName } from './cel-ast';
import { checkCall } from './cel-functions';
import { invalidExpression } from './cel-invalid';
import { expressionLimits } from './cel-normalise';
import { type Reading, readPath, within } from './cel-read-path';
import { syntaxError } from './cel-syntax';

const loopNames: readonly string[] = ['all', 'exists', 'exists_one', 'map', 'filter'];
// Depth is ours to count: the parser counts the segments of a path too.
const environment = new Environment({ unlistedVariablesAreDyn: true, limits: { maxDepth: 1000 } });

/** @throws EngineError CONDITION_INVALID, LIMIT_EXCEEDED, REFERENCE_UNRESOLVED */
export function readCel(text: string): CelNode {
  return read(parse(text), { text, depth: 0, loops: 0, bound: new Set() });
}

function parse(text: string): ASTNode {
  try {
    return environment.parse(text).ast;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    if (reason.startsWith('Exceeded')) throw new EngineError('LIMIT_EXCEEDED', `"${text}": ${reason}`);
    const { code, range } = error instanceof ParseError ? error : {};
    throw syntaxError(text, { code: code ?? '', reason, at: range?.start ?? null });
  }
}

function read(node: ASTNode, at: Reading): CelNode {
  const { start, end } = node.range;
  const place = { start, end };
  switch (node.op) {
    case 'value':
      return { ...place, kind: 'literal', value: literal(node.args, at.text) };
    case 'id':
    case '.':
    case '[]':
      return readPath(node, at, read);
    case 'list': {
      const inner = within(at);
      return { ...place, kind: 'list', items: node.args.map((item) => read(item, inner)) };
    }
    case 'map': {
      const inner = within(at);
      const entries = node.args.map(([key, value]) => ({ key: read(key, inner), value: read(value, inner) }));
      return { ...place, kind: 'object', entries };
    }
    case '?:': {
      const inner = within(at);
      const [condition, then, otherwise] = node.args;
      return {
        ...place,
        kind: 'if',
        condition: read(condition, inner),
        then: read(then, inner),
        otherwise: read(otherwise, inner),
      };
    }
    case '&&':
    case '||':
      return {
        ...place,
        kind: 'logic',
        operator: node.op,
        left: read(node.args[0], at),
        right: read(node.args[1], at),
      };
    case '!_':
      return { ...place, kind: 'not', of: read(node.args, within(at)) };
    case '-_':
      return { ...place, kind: 'minus', of: read(node.args, within(at)) };
    case 'call':
      return readCall(node.args[0], null, node.args[1], place, at);
    case 'rcall':
      return loopNames.includes(node.args[0])
        ? readLoop(node.args[0] as LoopName, node.args[1], node.args[2], place, at)
        : readCall(node.args[0], node.args[1], node.args[2], place, at);
    case '.?':
    case '[?]':
      throw invalidExpression(at.text, 'optional access is not available');
    default:
      return readBinary(node, at);
  }
}

type Place = Pick<CelNode, 'start' | 'end'>;

function literal(value: unknown, text: string): string | number | boolean | null {
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw invalidExpression(
      text,
      `${String(value)} is too large for a number`,
      `decimal("${String(value)}")`,
    );
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value;
  throw invalidExpression(text, 'there are no bytes and no unsigned integers here');
}

function readBinary(node: Extract<ASTNode, { args: [ASTNode, ASTNode] }>, at: Reading): CelNode {
  const [left, right] = node.args;
  const operator = node.op as Extract<CelNode, { kind: 'binary' }>['operator'];
  const between = at.text.slice(left.range.end, right.range.start);
  // CEL reads `a == b < c` from the left, this parser from the right: so nobody may write it.
  if (
    ['==', '!='].includes(operator) &&
    ['<', '<=', '>', '>=', 'in'].includes(right.op) &&
    !between.includes('(')
  )
    throw invalidExpression(
      at.text,
      `"${operator}" and "${right.op}" stand side by side; put brackets around one`,
    );
  return {
    start: node.range.start,
    end: node.range.end,
    kind: 'binary',
    operator,
    left: read(left, at),
    right: read(right, at),
  };
}

function readCall(
  name: string,
  receiver: ASTNode | null,
  args: ASTNode[],
  place: Place,
  at: Reading,
): CelNode {
  const inner = within(at);
  if (name === 'has' && receiver === null) {
    const of = args.length === 1 && args[0] ? read(args[0], inner) : null;
    const isPath = of?.kind === 'select' || (of?.kind === 'reference' && of.reference.path.length > 0);
    if (!isPath) throw invalidExpression(at.text, 'has() takes one path, as in has(ctx.portfolio_id)');
    return { ...place, kind: 'has', of };
  }
  const all = receiver === null ? args : [receiver, ...args];
  const wrong = checkCall(name, receiver !== null, all.length);
  if (wrong !== null) throw invalidExpression(at.text, wrong);
  return {
    ...place,
    kind: 'call',
    name,
    method: receiver !== null,
    args: all.map((arg) => read(arg, inner)),
  };
}

function readLoop(name: LoopName, of: ASTNode, args: ASTNode[], place: Place, at: Reading): CelNode {
  const [variable, first, second] = args;
  const wanted = name === 'map' && second ? 3 : 2;
  if (variable?.op !== 'id' || !first || args.length !== wanted)
    throw invalidExpression(
      at.text,
      `${name}() takes a name and an expression, as in state.x.list.${name}(p, p.value > 1)`,
    );
  if (at.loops >= expressionLimits.loops) {
    const message = `loops nest at most ${String(expressionLimits.loops)} deep`;
    throw new EngineError('LIMIT_EXCEEDED', `"${at.text}": ${message}`);
  }
  const inner = { ...within(at), loops: at.loops + 1, bound: new Set([...at.bound, variable.args]) };
  return {
    ...place,
    kind: 'loop',
    name,
    of: read(of, at),
    variable: variable.args,
    filter: second ? read(first, inner) : null,
    body: read(second ?? first, inner),
  };
}
