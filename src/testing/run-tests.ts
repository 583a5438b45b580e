/** Runs the tests that patterns bring along: each pattern is checked, and each of its tests is run on its own. */
import type { Problem } from '../contract/errors';
import { checkPattern } from '../pattern/check';
import { type CheckContext, lookupOf } from '../pattern/check-context';
import { checkShape } from '../pattern/check-shape';
import { toPlan } from '../pattern/compile';
import { partsOf } from '../pattern/compile-set';
import type { Pattern } from '../pattern/schema';
import type { Signatures } from '../pattern/signatures';
import type { Expectation, PatternTest } from '../pattern/tests-schema';
import type { PatternFile } from './pattern-files';
import type { Mishap, SuiteResult, TestResult } from './result';
import { runTest } from './run-test';
import type { RealCalls } from './world';

export interface TestRun {
  /** Whose tests are run. */
  files: readonly PatternFile[];
  /** Patterns that these may run beside each other. */
  others?: readonly PatternFile[];
  signatures: Signatures;
  realCalls: RealCalls;
  /** Stops after the first test that fails. */
  bail?: boolean;
  onResult?(test: TestResult, suite: SuiteResult): void;
}

/** Never throws for what a file says: that is a failed test. */
export async function runPatternTests(run: TestRun): Promise<SuiteResult[]> {
  const { files, others = [], signatures } = run;
  const sources = [...files, ...others].map(({ source }) => source);
  const shaped = sources.filter((source): source is Pattern => checkShape(source).length === 0);
  const context: CheckContext = { signatures, patterns: lookupOf(shaped) };
  const suites: SuiteResult[] = [];
  for (const file of files) {
    const suite: SuiteResult = { file: file.path, pattern: idOf(file), tests: [] };
    suites.push(suite);
    for await (const test of testsOf(file, context, run)) {
      suite.tests.push(test);
      run.onResult?.(test, suite);
      if (run.bail === true && !test.passed) return suites;
    }
  }
  return suites;
}

async function* testsOf(file: PatternFile, context: CheckContext, run: TestRun): AsyncGenerator<TestResult> {
  const { pattern, problems: own } = checkPattern(file.source, context);
  const problems = [...own, ...(pattern === null ? [] : problemsOfParts(pattern, context))];
  const tests = listOf(file.source);
  if (file.unreadable !== undefined || (problems.length > 0 && tests.length === 0)) {
    const message = file.unreadable ?? problemText(problems);
    yield { name: 'can be read and checked', passed: false, mishaps: [{ at: 'check', message }], duration_ms: 0 };
  }
  const ofPattern = problems.filter(isOfPattern);
  const plan = pattern !== null && ofPattern.length === 0 ? toPlan(pattern, context) : null;
  for (const [i, test] of tests.entries()) {
    const startedAt = performance.now();
    const ofTest = problems.filter(({ pointer }) => `${pointer}/`.startsWith(`/tests/${String(i)}/`));
    const mishaps = await outcomeOf(async () => {
      if (test.expect?.problems !== undefined) return compareProblems(test.expect.problems, ofPattern);
      if (ofPattern.length > 0) return [{ at: 'check', message: problemText(ofPattern) }];
      if (ofTest.length > 0) return ofTest.map(toMishap);
      if (pattern === null || plan === null) return [{ at: 'check', message: problemText(problems) }];
      return runTest(test as PatternTest, { pattern, plan, signatures: run.signatures, realCalls: run.realCalls });
    });
    const name = typeof test.name === 'string' ? test.name : `test ${String(i)}`;
    const duration_ms = Math.round(performance.now() - startedAt);
    yield { name, passed: mishaps.length === 0, mishaps, duration_ms };
  }
} // prettier-ignore

/** A pattern cannot be better than those that it runs; their tests are their own affair. */
function problemsOfParts(pattern: Pattern, context: CheckContext, seen = new Set([pattern.id])): Problem[] {
  return partsOf(pattern.steps).flatMap((id) => {
    const part = context.patterns?.find(id, null);
    if (!part || seen.has(id)) return [];
    seen.add(id);
    const [first] = checkPattern(part, context).problems.filter(isOfPattern);
    if (!first) return problemsOfParts(part, context, seen);
    const message = `runs the pattern "${id}", which has problems: ${first.code} at ${textOf(first)}`;
    return [{ code: 'PATTERN_INVALID', pointer: '/steps', message }];
  });
}

function isOfPattern({ pointer }: Problem): boolean {
  return !pointer.startsWith('/tests/');
}

async function outcomeOf(work: () => Promise<Mishap[]>): Promise<Mishap[]> {
  try {
    return await work();
  } catch (error) {
    return [{ at: 'run', message: error instanceof Error ? error.message : String(error) }];
  }
}

/** What is a test even where the file is none that can be run. */
type LooseTest = Partial<Omit<PatternTest, 'expect'>> & { expect?: Partial<Expectation> };

function listOf(source: unknown): LooseTest[] {
  const { tests } = (source ?? {}) as { tests?: unknown };
  if (!Array.isArray(tests)) return [];
  return tests.filter((test): test is LooseTest => typeof test === 'object' && test !== null);
}

function idOf({ path, source }: PatternFile): string {
  const { id } = (source ?? {}) as { id?: unknown };
  return typeof id === 'string' ? id : path;
}

function compareProblems(
  expected: NonNullable<Expectation['problems']>,
  problems: readonly Problem[],
): Mishap[] {
  const at = 'expect.problems';
  const received = problems.map(({ code, pointer, message }) => ({
    code,
    contains: `${pointer}: ${message}`,
  }));
  if (problems.length === 0)
    return [{ at, message: 'check finds nothing wrong with the pattern', expected, received }];
  const missing = expected.filter(
    ({ code, contains = '' }) =>
      !problems.some((problem) => problem.code === code && textOf(problem).includes(contains)),
  );
  return missing.length === 0
    ? []
    : [{ at, message: 'check does not find these', expected: missing, received }];
}

function textOf({ pointer, message, suggestion }: Problem): string {
  return `${pointer}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`;
}

function problemText(problems: readonly Problem[]): string {
  return [
    'the pattern has problems',
    ...problems.map((problem) => `${problem.code} at ${textOf(problem)}`),
  ].join('\n');
}

/** `/tests/0/expect/steps/x` as `expect.steps.x`. */
function toMishap(problem: Problem): Mishap {
  const [, , , ...place] = problem.pointer.split('/');
  const { code, message, suggestion } = problem;
  const text = `${message}${suggestion === undefined ? '' : ` (${suggestion})`}`;
  return { at: place.join('.') || 'test', message: `${code}: ${text}` };
}
