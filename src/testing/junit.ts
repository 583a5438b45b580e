/** The results of pattern tests as JUnit XML: a suite for each pattern file. */
import builder from 'junit-report-builder';
import { mishapText } from './report';
import type { SuiteResult } from './result';

export function toJunit(suites: readonly SuiteResult[]): string {
  const report = builder.newBuilder();
  for (const { pattern, file, tests } of suites) {
    const suite = report.testSuite().name(pattern).property('file', file);
    for (const { name, passed, mishaps, duration_ms } of tests) {
      const entry = suite
        .testCase()
        .className(pattern)
        .name(name)
        .file(file)
        .time(duration_ms / 1000);
      if (passed) continue;
      const [first] = mishaps;
      entry.failure(first ? `${first.at}: ${first.message}` : 'failed', 'mismatch');
      entry.standardError(mishaps.map((mishap) => mishapText(mishap)).join('\n\n'));
    }
  }
  return report.build();
}
