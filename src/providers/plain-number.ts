/** A number of a JSON answer as decimal text. */

/** As the provider wrote it, never as `1e-7`. */
export function plainNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  if (!text.includes('e-')) return BigInt(value).toString();
  return value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '');
}
