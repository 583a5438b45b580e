/** `source.json` of a folder of files: whose the prices and the rates are, by names of the register of rights. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { invalid } from './source-file';

const parts = ['prices', 'fx'] as const;
type Names = Record<(typeof parts)[number], string>;

/**
 * What is written beside each price and each rate. Without the file, or for a part that it does not name, it is the folder's
 * name, which no register knows: results may be seen and not exported.
 * @throws EngineError SOURCE_INVALID
 */
export function folderNames(folder: string): Names {
  const own = `files of ${path.basename(folder)}`;
  const given = read(path.join(folder, 'source.json'));
  const nameOf = (part: (typeof parts)[number]): string => {
    const owner = given[part];
    return owner === undefined ? own : `${owner}, ${own}`;
  };
  return { prices: nameOf('prices'), fx: nameOf('fx') };
}

function read(file: string): Partial<Names> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw invalid(file, [message]);
  }
  const problems: string[] = [];
  const given = parse(text);
  if (given === null) throw invalid(file, ['it is no JSON object such as { "prices": "Manual", "fx": "ECB" }']);
  for (const [name, value] of Object.entries(given)) {
    if (!parts.some((part) => part === name)) problems.push(`"${name}" is no member; there are prices and fx`);
    else if (typeof value !== 'string' || !/^\p{L}[\p{L}\p{N} .&’'-]{0,99}$/u.test(value)) problems.push(`"${name}" is no provider's name`);
  }
  if (problems.length > 0) throw invalid(file, problems);
  return given;
} // prettier-ignore

function parse(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
