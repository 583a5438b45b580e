/** Counts tests; a suite that does not load counts as one failed. `scripts/test.mjs` prints the sum as its last line. */
import { writeFileSync } from 'node:fs';
import type { AggregatedResult } from '@jest/reporters';

/** A class because Jest constructs it; Jest wants it as the default export as well. */
class CountingReporter {
  private readonly summaryFile = process.env['DAWSOS_TEST_SUMMARY'];

  /** Written after each file, so that something is known should Jest itself die. */
  onTestResult(_test: unknown, _result: unknown, results: AggregatedResult): void {
    this.write(results, false);
  }

  onRunComplete(_contexts: unknown, results: AggregatedResult): void {
    this.write(results, true);
    if (this.summaryFile === undefined) {
      const { passed, failed } = countResults(results);
      process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`);
    }
  }

  private write(results: AggregatedResult, complete: boolean): void {
    if (this.summaryFile === undefined) return;
    writeFileSync(this.summaryFile, JSON.stringify({ ...countResults(results), complete }));
  }
}

function countResults(results: AggregatedResult): { passed: number; failed: number } {
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
  };
}

export default CountingReporter;
