/** Which rows of two lists were added, removed and changed. */

export type Changes<Row> = {
  counts: Record<'added' | 'removed' | 'changed' | 'unchanged', number>;
  added: Row[];
  removed: Row[];
  changed: { from: Row; to: Row }[];
  more: boolean;
};

const shownRows = 1_000;

/**
 * Rows of the same content are the same, wherever they stand and whatever number they have; of the rest, rows of the same
 * id are one that changed.
 */
export function changesIn<Row>(
  from: readonly Row[],
  to: readonly Row[],
  textOf: (row: Row) => string,
  idOf: (row: Row) => string,
): Changes<Row> {
  const rest = new Map<string, Row[]>();
  for (const row of from) rest.set(textOf(row), [...(rest.get(textOf(row)) ?? []), row]);
  const added: Row[] = [];
  let unchanged = 0;
  for (const row of to) {
    if (rest.get(textOf(row))?.shift() === undefined) added.push(row);
    else unchanged += 1;
  }
  const removed = new Map([...rest.values()].flat().map((row) => [idOf(row), row]));
  const changed: { from: Row; to: Row }[] = [];
  const really = added.filter((row) => {
    const before = removed.get(idOf(row));
    if (before === undefined) return true;
    removed.delete(idOf(row));
    changed.push({ from: before, to: row });
    return false;
  });
  return {
    counts: { added: really.length, removed: removed.size, changed: changed.length, unchanged },
    added: really,
    removed: [...removed.values()],
    changed,
    more: false,
  };
}

/** Every row that differs, of either side. */
export function both<Row>({ added, removed, changed }: Changes<Row>): Row[] {
  return [...added, ...removed, ...changed.flatMap(({ from, to }) => [from, to])];
}

/** No more of each list than anybody reads. */
export function shown<Row>(changes: Changes<Row>): Changes<Row> {
  const { added, removed, changed } = changes;
  return {
    ...changes,
    added: added.slice(0, shownRows),
    removed: removed.slice(0, shownRows),
    changed: changed.slice(0, shownRows),
    more: [added, removed, changed].some(({ length }) => length > shownRows),
  };
}
