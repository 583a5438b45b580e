/** How near a matrix is to a singular one. */

/**
 * Largest over smallest singular value (2-norm), by one-sided Jacobi rotations. Infinite for a singular matrix.
 * @param matrix square or tall, by columns or rows (a square one has the same singular values as its transpose)
 */
export function conditionNumber(matrix: readonly (readonly number[])[]): number {
  const vectors = matrix.map((vector) => [...vector]);
  for (let sweep = 0, isDone = false; !isDone && sweep < 60; sweep += 1) {
    isDone = true;
    for (let p = 0; p < vectors.length; p += 1) {
      for (let q = p + 1; q < vectors.length; q += 1) {
        if (rotate(vectors[p] as number[], vectors[q] as number[])) isDone = false;
      }
    }
  }
  const sizes = vectors.map((vector) => Math.sqrt(dot(vector, vector)));
  return Math.max(...sizes) / Math.min(...sizes);
}

/** Makes two vectors orthogonal; false where they are already. */
function rotate(a: number[], b: number[]): boolean {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  if (Math.abs(ab) <= 1e-15 * Math.sqrt(aa * bb)) return false;
  const zeta = (bb - aa) / (2 * ab);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + t * t);
  a.forEach((value, i) => {
    const other = b[i] as number;
    a[i] = c * (value - t * other);
    b[i] = c * (t * value + other);
  });
  return true;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
