/** Durations as patterns (`PT10S`, ISO 8601) and policies (`10s`, `200ms`) write them. */

const short: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @throws RangeError when the text is neither form or not positive */
export function toMilliseconds(text: string): number {
  const plain = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)$/.exec(text);
  const iso = /^P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?$/.exec(text);
  const milliseconds = plain
    ? Number(plain[1]) * (short[plain[2] ?? ''] ?? Number.NaN)
    : iso
      ? [86_400_000, 3_600_000, 60_000, 1000].reduce(
          (sum, unit, i) => sum + Number(iso[i + 1] ?? 0) * unit,
          0,
        )
      : Number.NaN;
  if (!(milliseconds > 0)) throw new RangeError(`"${text}" is not a duration such as PT10S`);
  return Math.round(milliseconds);
}
