/** A pattern's tests as data: what they give and expect is there, and fits. */
import { RequestContext } from '../contract/request-context';
import { stepStatuses } from '../contract/trace';
import { escapePointer, type Validate } from '../validate';
import { declaredBy, isKnownCode } from './check-error-codes';
import { inputsValidator } from './check-declarations';
import { checkMocks } from './check-test-mocks';
import { knownPaths, nodeAtPath } from './check-test-paths';
import { validatorOf } from './check-validators';
import type { Checking } from './check-session';
import type { Expectation, PatternTest } from './tests-schema';

export function checkTests(checking: Checking): void {
  const { tests = [] } = checking.pattern;
  const names = new Set<string>();
  const inputs = tests.length > 0 ? inputsValidator(checking.pattern) : null;
  tests.forEach((test, i) => {
    const pointer = `/tests/${String(i)}`;
    if (names.has(test.name))
      checking.report('TEST_INVALID', `${pointer}/name`, `two tests are named "${test.name}"`);
    names.add(test.name);
    // The pattern is meant to be refused: nothing of it will run.
    if (test.expect.problems === undefined) checkTest(test, pointer, inputs, checking);
  });
}

function checkTest(test: PatternTest, pointer: string, inputs: Validate | null, checking: Checking): void {
  checkValues(inputs?.(test.inputs ?? {}) ?? [], `${pointer}/inputs`, checking);
  for (const [name, value] of Object.entries(test.ctx ?? {}))
    checkContextMember(name, value, `${pointer}/ctx/${escapePointer(name)}`, checking);
  checkMocks(test, pointer, checking);
  checkAnswers(test, pointer, checking);
  checkExpectation(test.expect, `${pointer}/expect`, checking);
}

function checkValues(problems: ReturnType<Validate>, pointer: string, { report }: Checking): void {
  for (const problem of problems) report('TEST_INVALID', `${pointer}${problem.pointer}`, problem.message);
}

function checkContextMember(name: string, value: unknown, pointer: string, checking: Checking): void {
  const members = RequestContext.properties as unknown as Record<string, object>;
  const schema = Object.hasOwn(members, name) ? members[name] : undefined;
  if (schema) checkValues(validatorOf(schema as Record<string, unknown>)(value), pointer, checking);
  else
    checking.report('TEST_INVALID', pointer, `the context has no "${name}"`, checking.suggest(name, Object.keys(members)));
} // prettier-ignore

function checkAnswers({ answers = {} }: PatternTest, pointer: string, checking: Checking): void {
  for (const [path, answer] of Object.entries(answers)) {
    const place = `${pointer}/answers/${escapePointer(path)}`;
    const node = nodeAtPath(path, checking);
    if (node?.kind !== 'approval' && !node?.isOpaque) {
      const approvals = checking.tree.all.filter(({ kind }) => kind === 'approval');
      const names = approvals.flatMap(({ name }) => name ?? []);
      const message = node ? `"${path}" is no approval` : `there is no approval "${path}"`;
      checking.report('TEST_INVALID', place, message, checking.suggest(path, names));
    } else if (answer.decision !== 'reject' && node.step.approval?.form)
      checkValues(validatorOf(node.step.approval.form)(answer.data ?? null), `${place}/data`, checking);
  }
}

function checkExpectation(expect: Expectation, pointer: string, checking: Checking): void {
  checkOutputNames(Object.keys(expect.outputs ?? {}), `${pointer}/outputs`, checking);
  for (const [path, status] of Object.entries(expect.steps ?? {})) {
    const place = `${pointer}/steps/${escapePointer(path)}`;
    checkPath(path, place, checking);
    if (!(stepStatuses as readonly string[]).includes(status))
      checking.report('TEST_INVALID', place, `"${status}" is no status of a step, only ${stepStatuses.join(', ')}`, checking.suggest(status, stepStatuses));
  }
  const lists: [place: string, paths: readonly string[]][] = [
    ...[...(expect.order ?? [])].map((pair, i): [string, string[]] => [`order/${String(i)}`, pair]),
    ...[...(expect.overlap ?? [])].map((pair, i): [string, string[]] => [`overlap/${String(i)}`, pair]),
    ['compensations', expect.compensations ?? []],
  ];
  for (const path of Object.keys(expect.attempts ?? {}))
    checkPath(path, `${pointer}/attempts/${escapePointer(path)}`, checking);
  for (const [place, paths] of lists)
    paths.forEach((path, i) => {
      checkPath(path, `${pointer}/${place}/${String(i)}`, checking);
    });
  checkError(expect.error, `${pointer}/error`, checking);
} // prettier-ignore

function checkPath(path: string, pointer: string, checking: Checking): void {
  if (nodeAtPath(path, checking)) return;
  const suggestion = checking.suggest(path, knownPaths(checking.tree.nodes));
  checking.report('TEST_INVALID', pointer, `there is no step at "${path}"`, suggestion);
}

function checkOutputNames(names: string[], pointer: string, checking: Checking): void {
  const { properties } = checking.outputsOf(checking.pattern);
  if (!properties) return;
  for (const name of names) {
    if (Object.hasOwn(properties, name)) continue;
    const suggestion = checking.suggest(name, Object.keys(properties));
    checking.report('TEST_INVALID', `${pointer}/${escapePointer(name)}`, `there is no output "${name}"`, suggestion);
  }
} // prettier-ignore

function checkError(error: Expectation['error'], pointer: string, checking: Checking): void {
  if (error?.step !== undefined && error.step !== 'outputs')
    checkPath(error.step, `${pointer}/step`, checking);
  if (error?.code === undefined) return;
  const declared = declaredBy(checking.tree.nodes, checking);
  if (declared && !isKnownCode(error.code, declared))
    checking.report(
      'TEST_INVALID',
      `${pointer}/code`,
      `"${error.code}" is neither in the table of errors nor declared by a capability that is called`,
    );
}
