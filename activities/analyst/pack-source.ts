/** Where a result of a pack's history comes from. */
export function packSource({ id, date }: { id: string; date: string }): {
  source: string;
  asof_date: string;
} {
  return { source: `pricing_pack:${id}`, asof_date: date };
}
