/** How many cells a file may have: a list whose items have few members in common makes a table of the square of its length. */
import { EngineError } from '../contract/errors';

export const maximumCells = 2_000_000;

/** @throws EngineError EXPORT_TOO_LARGE */
export function requireFewCells(rows: number, columns: number, what: string): void {
  if (rows * columns <= maximumCells) return;
  throw new EngineError(
    'EXPORT_TOO_LARGE',
    `${what} would have ${String(rows)} rows of ${String(columns)} columns, more than ${String(maximumCells)} cells; take fewer outputs with \`outputs=\`, or JSON.`,
  );
}
