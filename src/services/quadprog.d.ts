/** Types of the npm package `quadprog`; its arrays begin at 1, so their place 0 is not used. */
declare module 'quadprog' {
  interface Solution {
    solution: number[];
    /** Empty when there is a solution. */
    message: string;
  }
  /** min ½ x′Dx − d′x subject to A′x ≥ b, the first `meq` constraints with equality; changes its arguments. */
  export function solveQP(
    Dmat: number[][],
    dvec: number[],
    Amat: number[][],
    bvec: number[],
    meq: number,
  ): Solution;
}
