/** How near a matrix is to a singular one. */
import type { Matrix } from './matrix';
import { singularValues } from './svd';

/**
 * Largest over smallest singular value (2-norm). Infinite for a singular matrix.
 * @param matrix square or tall, by columns or rows (a square one has the same singular values as its transpose)
 */
export function conditionNumber(matrix: Matrix): number {
  const sizes = singularValues(matrix);
  return Math.max(...sizes) / Math.min(...sizes);
}
