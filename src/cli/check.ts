/** `npm run pattern:check`: checks pattern files against the catalogue, all problems at once. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../contract/errors';
import { compileSet } from '../pattern/compile-set';
import { knownCapabilities } from './known-capabilities';

const usage = `Usage: npm run pattern:check -- [--json] [--strict] [FILE or FOLDER ...]     (default: patterns)

  --strict  warnings count as problems

Exit codes: 0 no problems · 1 problems · 2 a file cannot be read`;

interface FileReport {
  file: string;
  problems: Problem[];
  warnings: Problem[];
}

function main(args: string[]): number {
  if (args.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const places = args.filter((arg) => !arg.startsWith('--'));
  const files = (places.length > 0 ? places : ['patterns']).flatMap(patternFiles);
  const { compiled } = compileSet(files.map(parse), knownCapabilities([]));
  const isStrict = args.includes('--strict');
  const reports = compiled.map(({ problems, warnings }, i): FileReport => {
    const file = files[i] ?? '';
    return isStrict
      ? { file, problems: [...problems, ...warnings], warnings: [] }
      : { file, problems, warnings };
  });
  process.stdout.write(
    args.includes('--json') ? `${JSON.stringify(reports, null, 2)}\n` : reports.map(toText).join(''),
  );
  return reports.some((report) => report.problems.length > 0) ? 1 : 0;
}

function patternFiles(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\/.*\.json$/.test(`/${file}`) && path.basename(file) !== 'schema.json')
    .map((file) => path.join(place, file))
    .sort();
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function toText({ file, problems, warnings }: FileReport): string {
  const line = (kind: string, { code, pointer, message, suggestion }: Problem): string =>
    `  ${kind} ${code} at ${pointer || '/'}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`}\n`;
  const lines = [
    ...problems.map((problem) => line('error', problem)),
    ...warnings.map((warning) => line('warning', warning)),
  ];
  return `${file}: ${lines.length === 0 ? 'ok' : `${String(problems.length)} problems, ${String(warnings.length)} warnings`}\n${lines.join('')}`;
}

try {
  process.exit(main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
