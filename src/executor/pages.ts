/** Long lists in pages: a cursor is the place of the last row shown, so rows that come later move nothing. */
import { type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox';
import { Nullable } from '../contract/scalars';
import { compileSchema } from '../validate';
import { refuseQuery } from './query';

/** What every query of a list may hold. */
export const pageQuery = {
  limit: Type.Optional(
    Type.String({ pattern: '^([1-9][0-9]?|100)$', description: 'a whole number from 1 to 100 (default 20)' }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 4096, description: '`next_cursor` of the page before' }),
  ),
};

/** What every answer with a list holds beside it. */
export const nextCursor = {
  next_cursor: Nullable(
    Type.String({ description: 'the next page’s `cursor`; null: there was nothing more' }),
  ),
};

/** Values by which a list is ordered; the last one is unique. */
export type PageKey = readonly [string, string];

/**
 * Compiles the form of a list's keys once.
 * @returns a function that reads a query: `ask` is one row more than the page, which tells whether there is another
 */
export function pageReader(first: TSchema, second: TSchema): (query: PageQuery) => PageRequest {
  const problemsOf = compileSchema({
    type: 'array',
    prefixItems: [first, second],
    minItems: 2,
    maxItems: 2,
    items: false,
  });
  return ({ limit, cursor }) => {
    const size = Number(limit ?? '20');
    if (cursor === undefined) return { size, ask: size + 1, after: null };
    const key = parseCursor(cursor);
    if (problemsOf(key).length > 0) {
      const message = 'is no cursor of this list; take `next_cursor` of the page before as it is';
      refuseQuery([{ code: 'REQUEST_INVALID', pointer: '/cursor', message }]);
    }
    return { size, ask: size + 1, after: key as PageKey };
  };
}

/** The rows to show, and the cursor of the page after them. */
export function toPage<Row>(
  rows: readonly Row[],
  { size }: PageRequest,
  keyOf: (row: Row) => PageKey,
): { shown: Row[]; next_cursor: string | null } {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { shown, next_cursor: rows.length > size && last ? toCursor(keyOf(last)) : null };
}

/** The whole query of a list: its own filters, and the page. */
export function listQuery<P extends TProperties>(filters: P): TObject<P & typeof pageQuery> {
  return Type.Object({ ...filters, ...pageQuery }, { additionalProperties: false });
}

export interface PageQuery {
  limit?: string | undefined;
  cursor?: string | undefined;
}

export interface PageRequest {
  size: number;
  ask: number;
  after: PageKey | null;
}

function toCursor(key: PageKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}
