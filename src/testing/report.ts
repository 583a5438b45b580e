/** The results of pattern tests as text: a line for each test, below it what is not as expected, a closing line alone. */
import { diffLinesUnified } from 'jest-diff';
import { sortedJson } from './values';
import { countResults, type Mishap, type SuiteResult, type TestResult } from './result';

export interface ReportStyle {
  /** A terminal that shows colours. */
  colours: boolean;
}

/** `N passed, N failed`, and nothing else: what scripts read. */
export function closingLine(suites: readonly SuiteResult[]): string {
  const { passed, failed } = countResults(suites);
  return `${String(passed)} passed, ${String(failed)} failed`;
}

export function testText(pattern: string, test: TestResult, style: ReportStyle): string {
  const paint = painter(style);
  const mark = test.passed ? paint('32', '✓') : paint('31', '✗');
  const lines = [`${mark} ${pattern} › ${test.name}`];
  for (const mishap of test.mishaps) lines.push(indent(mishapText(mishap, style), '    '));
  return `${lines.join('\n')}\n`;
}

/** One mishap with no colours and no indentation, e.g. for JUnit. */
export function mishapText(mishap: Mishap, style: ReportStyle = { colours: false }): string {
  const { at, message } = mishap;
  const paint = painter(style);
  const head = `${paint('1', at)}: ${message}`;
  const values = valuesText(mishap, style);
  return values === '' ? head : `${head}\n${indent(values, '  ')}`;
}

function valuesText({ expected, received }: Mishap, style: ReportStyle): string {
  const paint = painter(style);
  if (expected === undefined && received === undefined) return '';
  if (expected === undefined) return `received ${paint('31', asText(received))}`;
  if (isScalar(expected) || isScalar(received)) {
    return `expected ${paint('32', asText(expected))}\nreceived ${paint('31', asText(received))}`;
  }
  const plain = (text: string): string => text;
  const colours = style.colours ? {} : { aColor: plain, bColor: plain, changeColor: plain, commonColor: plain, patchColor: plain }; // prettier-ignore
  const [a, b] = [sortedJson(expected).split('\n'), sortedJson(received).split('\n')];
  return diffLinesUnified(a, b, { expand: false, contextLines: 3, ...colours });
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

/** Long values are cut: the whole is in `--json`. */
function asText(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 2000 ? `${text.slice(0, 2000)}… (${String(text.length)} characters)` : text;
}

function indent(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `${by}${line}`))
    .join('\n');
}

function painter({ colours }: ReportStyle): (code: string, text: string) => string {
  return (code, text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
}
