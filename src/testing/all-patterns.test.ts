import { pureCalls } from '../cli/pure-calls';
import { knownCapabilities } from '../cli/known-capabilities';
import { compileSet } from '../pattern/compile-set';
import { readPatternFolder } from './pattern-files';
import { closingLine, testText } from './report';
import { runPatternTests } from './run-tests';

const signatures = knownCapabilities(['examples/agents'], {});
const shipped = readPatternFolder('patterns');
const examples = readPatternFolder('examples/patterns');

describe('the patterns of the project and of the examples', () => {
  it('check without a problem or a warning', () => {
    const files = [...shipped, ...examples];
    const { compiled } = compileSet(files.map(({ source }) => source), signatures); // prettier-ignore
    const found = compiled.flatMap(({ problems, warnings }, i) =>
      [...problems, ...warnings].map(
        ({ code, pointer, message }) => `${files[i]?.path ?? ''} ${code} ${pointer} ${message}`,
      ),
    );
    expect(found).toEqual([]);
  });

  it('pass their own tests', async () => {
    const files = [...shipped, ...examples];
    const failures: string[] = [];
    const suites = await runPatternTests({
      ...{ files, signatures, realCalls: pureCalls() },
      onResult: (test, { pattern }) => {
        if (!test.passed) failures.push(testText(pattern, test, { colours: false }));
      },
    });
    expect(failures).toEqual([]);
    expect(closingLine(suites)).toMatch(/^[0-9]+ passed, 0 failed$/);
  });

  it('are twelve examples with three tests each at least', () => {
    const counts = examples.map(({ source }) => (source as { tests: unknown[] }).tests.length);
    expect(counts).toHaveLength(12);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(3);
  });
});
