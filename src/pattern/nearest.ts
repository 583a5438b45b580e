/** "Did you mean": the nearest of some names, by edit distance. */

/** Nobody means a name that is longer; comparing it would only cost time. */
const longest = 128;

/** The candidate at most a third of its length away that shares something with the name, or `null`. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  if (name.length > longest) return null;
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const allowed = Math.max(2, Math.floor(candidate.length / 3));
    if (Math.abs(candidate.length - name.length) > allowed || candidate.length > longest) continue;
    const distance = editDistance(name, candidate);
    if (distance > allowed || distance >= Math.max(name.length, candidate.length)) continue;
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
