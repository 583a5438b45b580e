/** The patterns: read, checked and compiled once, at start. A broken one is kept with its problems, so it can be seen. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError, type Problem } from '../contract/errors';
import type { CheckContext } from '../pattern/check-context';
import type { Compiled } from '../pattern/compile';
import { compileSet } from '../pattern/compile-set';
import { didYouMean, meant } from './meant';
import { parseJson } from '../pattern/parse-json';
import type { Plan } from '../pattern/plan';
import type { Pattern } from '../pattern/schema';
import type { Signatures } from '../pattern/signatures';

export interface StoredPattern {
  id: string;
  /** Relative to the patterns' folder. */
  file: string;
  /** `null` when the file does not even have a pattern's shape. */
  pattern: Pattern | null;
  /** `null` when there are problems. */
  plan: Plan | null;
  problems: Problem[];
  warnings: Problem[];
}

/** By id; looked up by own key only, so no name from a request is ever part of a path. */
export type PatternStore = ReadonlyMap<string, StoredPattern>;

export interface RunnablePattern {
  pattern: Pattern;
  plan: Plan;
}

export interface LoadedPatterns {
  patterns: PatternStore;
  /** What a pattern that is not among them can be checked and planned against. */
  context: CheckContext;
}

export async function loadPatterns(directory: string, signatures: Signatures): Promise<LoadedPatterns> {
  const files = await Promise.all(
    (await patternFiles(directory)).map(async (file) =>
      readSource(file, await readFile(path.join(directory, file), 'utf8')),
    ),
  );
  const { compiled, context } = compileSet(
    files.map(({ source }) => source),
    signatures,
  );
  const patterns = new Map<string, StoredPattern>();
  for (const [index, { file, broken }] of files.entries()) {
    const one = compiled[index];
    if (!one) continue;
    const stored = broken === null ? toStored(file, one) : { ...toStored(file, one), problems: [broken] };
    const earlier = patterns.get(stored.id);
    if (!earlier) patterns.set(stored.id, stored);
    else earlier.problems.push(problem('/id', `${file} has the same id`));
    if (earlier) earlier.plan = null;
  }
  return { patterns, context };
}

/** Relative to the folder, in order. */
export async function patternFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  return (
    entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      // The JSON Schema that editors complete against lies in the folder itself; patterns lie in their category's.
      .filter((file) => file.includes(path.sep))
      .sort()
  );
}

/** @throws EngineError PATTERN_NOT_FOUND or, for one with problems, PATTERN_INVALID */
export function requirePattern(store: PatternStore, id: string): RunnablePattern {
  const stored = store.get(id);
  if (!stored) throw unknownPattern(store, id);
  const { pattern, plan, problems } = stored;
  if (pattern !== null && plan !== null) return { pattern, plan };
  throw new EngineError('PATTERN_INVALID', `The pattern "${id}" has problems and cannot run.`, { problems });
}

/** Says which one was probably meant; of the caller's own text no more than an id can be long. */
export function unknownPattern(store: PatternStore, id: string): EngineError {
  const given = id.slice(0, 64);
  const nearest = meant(given, store.keys());
  const message = `There is no pattern "${given}".${didYouMean(nearest)}`;
  return new EngineError('PATTERN_NOT_FOUND', message, { pattern_id: given, nearest });
}

function readSource(file: string, text: string): { file: string; source: unknown; broken: Problem | null } {
  try {
    return { file, source: parseJson(text), broken: null };
  } catch (error) {
    return { file, source: null, broken: problem('', `${file} ${(error as SyntaxError).message}`) };
  }
}

function toStored(file: string, { pattern, plan, problems, warnings }: Compiled): StoredPattern {
  const all = [...problems, ...(pattern === null ? [] : checkPlace(file, pattern))];
  const id = path.basename(file, '.json');
  return { id, file, pattern, plan: all.length === 0 ? plan : null, problems: all, warnings };
}

/** A file is found by its name, so name and folder say the same as the pattern. */
function checkPlace(file: string, pattern: Pattern): Problem[] {
  const name = path.basename(file, '.json');
  const folder = path.basename(path.dirname(file));
  const problems: Problem[] = [];
  if (pattern.id !== name)
    problems.push(problem('/id', `is "${pattern.id}", but the file is named ${name}.json`));
  if (pattern.category !== undefined && pattern.category !== folder) {
    problems.push(problem('/category', `is "${pattern.category}", but the file lies in ${folder}/`));
  }
  return problems;
}

function problem(pointer: string, message: string): Problem {
  return { code: 'PATTERN_INVALID', pointer, message };
}
