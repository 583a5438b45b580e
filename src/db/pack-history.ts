/** The packs that a pack's hash covers: itself and all before it, as they were when it was built. */

/**
 * SQL of `history(id, date)` for the pack `$1`, from the date `$2` on (`null`: from the beginning). Follows a pack's
 * straight line, and where that begins with a correction, the line it left: a few range scans, however long the past.
 */
export const packHistory = `
  with recursive lines (line_id, upto) as (
    select line_id, date from pricing_packs where id = $1
    union all
    select before.line_id, before.date from lines
      join pricing_packs first on first.id = lines.line_id
      join pricing_packs before on before.id = first.previous_pack_id
  ), history as (
    select pack.id, pack.date from lines
      join pricing_packs pack on pack.line_id = lines.line_id and pack.date <= lines.upto
     where $2::date is null or pack.date >= $2::date
  )`;
