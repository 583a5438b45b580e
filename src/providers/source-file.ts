/** A file that cannot be read as a source of facts: SOURCE_INVALID, which names the file and its lines. */
import { EngineError } from '../contract/errors';
import { CsvError } from '../services/csv-table';

/** As many problems are told. */
const mostTold = 10;

/** @param file as the reader of a message knows it @throws EngineError SOURCE_INVALID where the work throws CsvError */
export function readFrom<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof CsvError ? invalid(file, error.problems) : error;
  }
}

export function invalid(file: string, problems: readonly string[]): EngineError {
  const more = problems.length > mostTold ? `; and ${String(problems.length - mostTold)} more` : '';
  const told = `${problems.slice(0, mostTold).join('; ')}${more}`;
  return new EngineError('SOURCE_INVALID', `${file} cannot be read: ${told}. Correct it and start again.`, {
    source: file,
  });
}
