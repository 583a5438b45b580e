/** Decimals as people read them. */

/** Ten places are enough to read of a decimal; `--json` has every digit. */
export function short(decimal: string | null): string {
  if (decimal === null) return '–';
  const [whole = '', fraction = ''] = decimal.split('.');
  return fraction.length > 10 ? `${whole}.${fraction.slice(0, 10)}…` : decimal;
}
