/** All pages of a list of alerts, notifications or dead letters. */
import type { Api } from '../client/api';

/** @param member of the answer that holds the rows */
export async function allOf<Row>(
  api: Api,
  route: string,
  member: string,
  query: Record<string, string | undefined>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = { ...query, limit: '100', cursor: cursor ?? undefined };
    const { body } = await api.get<Record<string, unknown> & { next_cursor: string | null }>(route, page);
    rows.push(...(body[member] as Row[]));
    cursor = body.next_cursor;
  }
  return rows;
}
