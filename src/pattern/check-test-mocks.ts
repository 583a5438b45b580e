/** The mocks and expected calls of a test: capabilities that are there and called, results that they may give. */
import { escapePointer } from '../validate';
import { isKnownCode } from './check-error-codes';
import { findPattern } from './check-context';
import { validatorOf } from './check-validators';
import type { Checking } from './check-session';
import type { StepNode } from './check-tree';
import type { Signature } from './signatures';
import type { MockRule, PatternTest } from './tests-schema';
import { othersOf } from './types';

export function checkMocks(test: PatternTest, pointer: string, checking: Checking): void {
  const called = calledBy(checking.tree.nodes, checking, new Set());
  for (const [name, rules] of Object.entries(test.mocks ?? {})) {
    const place = `${pointer}/mocks/${escapePointer(name)}`;
    const signature = capabilityAt(name, place, checking);
    if (!signature) continue;
    if (!called.has(signature.capability))
      checking.report('UNUSED', place, `no step of the pattern calls ${name}`);
    if (Array.isArray(rules)) rules.forEach((rule, i) => { checkRule(rule, signature, `${place}/${String(i)}`, checking); });
    else checkRule(rules, signature, place, checking);
  }
  for (const [name, calls] of Object.entries(test.expect.calls ?? {})) {
    const place = `${pointer}/expect/calls/${escapePointer(name)}`;
    const signature = capabilityAt(name, place, checking);
    if (!signature || !Array.isArray(calls)) continue;
    calls.forEach((args, i) => { checkNames(args, signature, `${place}/${String(i)}`, checking); });
  }
  (test.expect.call_order ?? []).forEach((name, i) => capabilityAt(name, `${pointer}/expect/call_order/${String(i)}`, checking));
} // prettier-ignore

function capabilityAt(name: string, pointer: string, checking: Checking): Signature | null {
  const { signatures } = checking.context;
  const signature = signatures.get(name);
  if (signature) return signature;
  // Of a step that calls it, it is told already.
  if (checking.tree.all.some(({ step }) => step.capability === name || step.compensate?.capability === name)) return null;
  checking.report('TEST_INVALID', pointer, `there is no capability "${name}"`, checking.suggest(name, signatures.keys()));
  return null;
} // prettier-ignore

function checkRule(rule: MockRule, signature: Signature, pointer: string, checking: Checking): void {
  const { report } = checking;
  const hasResult = Object.hasOwn(rule, 'result');
  if (hasResult === (rule.error !== undefined))
    report('TEST_INVALID', pointer, 'a mock has either a result or an error');
  if (hasResult && rule.result === null) report('RESULT_INVALID', `${pointer}/result`, 'null is no result');
  else if (hasResult)
    for (const problem of validatorOf(signature.result)(rule.result))
      report('RESULT_INVALID', `${pointer}/result${problem.pointer}`, `${signature.capability} never gives this: ${problem.message}`);
  if (rule.args) checkNames(rule.args, signature, `${pointer}/args`, checking);
  const code = rule.error?.code;
  if (code !== undefined && !isKnownCode(code, signature.errors))
    report('ERROR_CODE_UNKNOWN', `${pointer}/error/code`, `"${code}" is neither in the table of errors nor declared by ${signature.capability}`);
} // prettier-ignore

/** Of the arguments some may be given: what is named must be one. */
function checkNames(args: object, { capability, args: schema }: Signature, pointer: string, checking: Checking): void {
  const known = Object.keys(schema.properties ?? {});
  if (othersOf(schema) !== null) return;
  for (const name of Object.keys(args)) {
    if (known.includes(name)) continue;
    const message = `${capability} has no argument "${name}"`;
    checking.report('TEST_INVALID', `${pointer}/${escapePointer(name)}`, message, checking.suggest(name, known));
  }
} // prettier-ignore

/** The names of all capabilities that a run may call, undos and sub-patterns included. */
function calledBy(nodes: readonly StepNode[], checking: Checking, seen: Set<string>): Set<string> {
  const { signatures } = checking.context;
  const found = new Set<string>();
  for (const { step, steps, do: inner, handlers } of nodes) {
    for (const name of [step.capability, step.compensate?.capability]) {
      const signature = name === undefined ? undefined : signatures.get(name);
      if (signature) found.add(signature.capability);
    }
    const caught = handlers.flatMap(({ use }) => ('node' in use ? [use.node] : []));
    const below = [...steps, ...(inner ? [inner] : []), ...caught];
    const pattern = step.pattern === undefined || seen.has(step.pattern) ? null : findPattern(step.pattern, checking.context);
    if (step.pattern !== undefined) seen.add(step.pattern);
    if (pattern) below.push(...checking.treeOf(pattern).nodes);
    if (below.length > 0) for (const name of calledBy(below, checking, seen)) found.add(name);
  }
  return found;
} // prettier-ignore
