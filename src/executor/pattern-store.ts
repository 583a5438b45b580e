/** The patterns: read, checked and compiled once, at start. A broken one is kept with its problems, so it can be seen. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError, type Problem } from '../contract/errors';
import { compilePattern } from '../pattern/compile';
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

export async function loadPatterns(directory: string, signatures: Signatures): Promise<PatternStore> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    // The JSON Schema that editors complete against lies in the folder itself; patterns lie in their category's.
    .filter((file) => file.includes(path.sep))
    .sort();
  const store = new Map<string, StoredPattern>();
  for (const file of files) {
    const stored = readPattern(file, await readFile(path.join(directory, file), 'utf8'), signatures);
    const earlier = store.get(stored.id);
    if (!earlier) store.set(stored.id, stored);
    else earlier.problems.push(problem('/id', `${file} has the same id`));
    if (earlier) earlier.plan = null;
  }
  return store;
}

/** @throws EngineError PATTERN_NOT_FOUND or, for one with problems, PATTERN_INVALID */
export function requirePattern(
  store: PatternStore,
  id: string,
  version: string | undefined,
): RunnablePattern {
  const stored = store.get(id);
  if (!stored) throw new EngineError('PATTERN_NOT_FOUND', `There is no pattern "${id}".`, { pattern_id: id });
  const { pattern, plan, problems } = stored;
  if (pattern === null || plan === null) {
    throw new EngineError('PATTERN_INVALID', `The pattern "${id}" has problems and cannot run.`, {
      problems,
    });
  }
  if (version !== undefined && version !== plan.pattern.version) {
    throw new EngineError(
      'PATTERN_NOT_FOUND',
      `There is no version ${version} of "${id}"; there is ${plan.pattern.version}.`,
      { pattern_id: id, version: plan.pattern.version },
    );
  }
  return { pattern, plan };
}

function readPattern(file: string, text: string, signatures: Signatures): StoredPattern {
  const id = path.basename(file, '.json');
  let source: unknown;
  try {
    source = JSON.parse(text);
  } catch {
    const problems = [problem('', `${file} is not valid JSON`)];
    return { id, file, pattern: null, plan: null, problems, warnings: [] };
  }
  const { pattern, plan, problems, warnings } = compilePattern(source, signatures);
  const misplaced = pattern === null ? [] : checkPlace(file, pattern);
  const all = [...problems, ...misplaced];
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
