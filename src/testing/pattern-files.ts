/** Finding and reading pattern files. A file that cannot be read is one whose test fails, and says why. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseJson } from '../pattern/parse-json';
import { categories } from '../pattern/schema';

export interface PatternFile {
  path: string;
  /** What the JSON says; `null` when it cannot be read. */
  source: unknown;
  unreadable?: string;
}

export function readPatternFile(file: string): PatternFile {
  try {
    return { path: file, source: parseJson(readFileSync(file, 'utf8')) };
  } catch (error) {
    const unreadable = error instanceof Error ? error.message : String(error);
    return { path: file, source: null, unreadable };
  }
}

/** The patterns of a folder and of those in it; `schema.json` is none. */
export function readPatternFolder(folder: string): PatternFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && path.basename(file) !== 'schema.json')
    .map((file) => path.join(folder, file))
    .filter((file) => statSync(file).isFile())
    .sort()
    .map(readPatternFile);
}

export interface Selection {
  files: PatternFile[];
  /** Patterns that the chosen ones may run. */
  others: PatternFile[];
  /** Where to look for changes. */
  places: string[];
}

/**
 * What ids, files and folders choose; nothing chooses all of `home`.
 * @param home where patterns are named by id
 * @throws Error naming what is neither a pattern's id nor a file or folder
 */
export function selectPatterns(names: readonly string[], home: string): Selection {
  const known = existsSync(home) ? readPatternFolder(home) : [];
  if (names.length === 0) return { files: known, others: [], places: [home] };
  const files = names.flatMap((name) => select(name, known, home));
  const chosen = distinct(files);
  const beside = names.filter(existsSync).flatMap(neighbourhood);
  const paths = new Set(chosen.map((file) => path.resolve(file.path)));
  const others = distinct([...known, ...beside]).filter((file) => !paths.has(path.resolve(file.path)));
  return { files: chosen, others, places: [...new Set([home, ...names.filter(existsSync)])] };
}

function select(name: string, known: readonly PatternFile[], home: string): PatternFile[] {
  const byId = known.filter(({ source }) => (source as { id?: unknown } | null)?.id === name);
  if (byId.length > 0) return byId;
  if (existsSync(name)) return statSync(name).isDirectory() ? readPatternFolder(name) : [readPatternFile(name)];
  throw new Error(`"${name}" is neither a file or folder nor the id of a pattern in ${home}`);
} // prettier-ignore

/** The patterns among which a file stands: `<folder>/<category>/<id>.json` may run others of `<folder>`. */
function neighbourhood(name: string): PatternFile[] {
  if (statSync(name).isDirectory()) return [];
  const folder = path.dirname(path.resolve(name));
  const isCategory = (categories as readonly string[]).includes(path.basename(folder));
  if (isCategory) return readPatternFolder(path.dirname(folder));
  const beside = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'schema.json');
  return beside.map((file) => readPatternFile(path.join(folder, file)));
}

function distinct(files: readonly PatternFile[]): PatternFile[] {
  return [...new Map(files.map((file) => [path.resolve(file.path), file])).values()];
}
