/** The parts of docs/pattern-guide.md that come from the examples: excerpts of their files, and traces of their tests. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pureCalls } from '../src/cli/pure-calls';
import { knownCapabilities } from '../src/cli/known-capabilities';
import type { StepTrace } from '../src/contract/trace';
import { compileSet } from '../src/pattern/compile-set';
import type { PatternTest } from '../src/pattern/tests-schema';
import { type PatternFile, readPatternFolder } from '../src/testing/pattern-files';
import { observeTest, type Runnable } from '../src/testing/run-test';

export interface GuidePart {
  file: string;
  part: string;
  text: string;
}

const guide = 'docs/pattern-guide.md';
const mark = /<!-- generated: (json|trace) ([a-z_]+) (.+) -->/g;

/**
 * What belongs between the marks of the guide: `json <id> <JSON pointers>`, where a pointer's `{}` leaves a member's
 * inside out, and `trace <id> <number of a test, from 1>`.
 * @throws Error when a mark names what there is not
 */
export async function guideParts(root: string): Promise<GuidePart[]> {
  const text = readFileSync(path.join(root, guide), 'utf8');
  const examples = readExamples(root);
  const parts: GuidePart[] = [];
  for (const [whole, kind, id = '', what = ''] of text.matchAll(mark)) {
    const example = examples.find(({ file }) => (file.source as { id: string }).id === id);
    if (!example) throw new Error(`${guide}: ${whole}: there is no example "${id}"`);
    const part = `${kind ?? ''} ${id} ${what}`;
    parts.push({
      file: guide,
      part,
      text: kind === 'json' ? excerpt(example.file, what) : await traceOf(example, what),
    });
  }
  return parts;
}

function excerpt({ source, path: file }: PatternFile, pointers: string): string {
  const members = pointers.split(' ').map((pointer): unknown => {
    let at: unknown = source;
    for (const key of pointer.split('/').slice(1)) at = (at as Record<string, unknown> | undefined)?.[key];
    if (at === undefined) throw new Error(`${guide}: ${file} has nothing at ${pointer}`);
    return at;
  });
  return members.map((member) => `\`\`\`json\n${JSON.stringify(member, null, 2)}\n\`\`\``).join('\n\n');
}

interface Example {
  file: PatternFile;
  runnable: Runnable | null;
}

function readExamples(root: string): Example[] {
  const signatures = knownCapabilities([path.join(root, 'examples/agents')], {});
  const realCalls = pureCalls();
  const files = readPatternFolder(path.join(root, 'examples/patterns'));
  const { compiled } = compileSet(
    files.map(({ source }) => source),
    signatures,
  );
  return files.map((file, i): Example => {
    const { pattern, plan } = compiled[i] ?? {};
    return { file, runnable: pattern && plan ? { pattern, plan, signatures, realCalls } : null };
  });
}

async function traceOf({ file, runnable }: Example, number: string): Promise<string> {
  const test = (file.source as { tests: PatternTest[] }).tests[Number(number) - 1];
  if (!runnable || !test) throw new Error(`${guide}: ${file.path} has problems, or no test ${number}`);
  const { observed } = await observeTest(test, runnable);
  if (!observed) throw new Error(`${guide}: test ${number} of ${file.path} cannot run`);
  const { status, error, steps } = observed;
  const head = `“${test.name}”: ${status}${error === null ? '' : `, \`${error.code}\` at \`${error.step}\``}`;
  return [head, '', '| step | status | attempts | starts after | takes | |', '|---|---|---|---|---|---|', ...rows(steps)].join('\n'); // prettier-ignore
}

function rows(steps: readonly StepTrace[]): string[] {
  const began = steps.flatMap(({ started_at }) => (started_at === null ? [] : [Date.parse(started_at)]));
  const first = Math.min(...began);
  const seconds = (milliseconds: number): string => `${String(milliseconds / 1000)} s`;
  return steps.map((step) => {
    const { path: at, status, attempts, started_at, duration_ms } = step;
    const start = started_at === null ? '' : seconds(Date.parse(started_at) - first);
    const took = duration_ms === null ? '' : seconds(duration_ms);
    return `| \`${at}\` | ${status} | ${String(attempts)} | ${start} | ${took} | ${noteOf(step)} |`;
  });
}

function noteOf({ reason, error, condition, compensation }: StepTrace): string {
  const undone =
    compensation && `undone by \`${compensation.capability}\`, number ${String(compensation.order + 1)}`;
  const asked =
    condition && `\`${condition.expression.replaceAll('|', '\\|')}\` was ${String(condition.value)}`;
  const why = reason === undefined || reason === 'condition' ? undefined : reason;
  return [undone, error && `\`${error.code}\``, asked, why].filter((note) => note !== undefined).join('; ');
}
