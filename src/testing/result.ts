/** What a run of pattern tests gives. */

/** One thing that is not as the test has it. */
export interface Mishap {
  /** The place in the test, e.g. `expect.outputs.total` or `mocks.orders.place`. */
  at: string;
  message: string;
  expected?: unknown;
  received?: unknown;
}

export interface TestResult {
  name: string;
  passed: boolean;
  mishaps: Mishap[];
  /** Real milliseconds. */
  duration_ms: number;
}

/** The tests of one pattern file. */
export interface SuiteResult {
  file: string;
  /** Its id, or the file's name when it has none. */
  pattern: string;
  tests: TestResult[];
}

export function countResults(suites: readonly SuiteResult[]): { passed: number; failed: number } {
  const tests = suites.flatMap((suite) => suite.tests);
  const passed = tests.filter((test) => test.passed).length;
  return { passed, failed: tests.length - passed };
}
