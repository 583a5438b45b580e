/** How cases of others are asked of the calculator: a map for each measure, or for one case by its id. */

export interface GoldenCase {
  id: string;
  measure: string;
  case: string;
  convention?: string;
  /** In the shape of its source. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each source has a shape of its own, which its map knows
  input: any;
  expected: Record<string, unknown>;
  tolerance: { abs?: number; rel?: number };
}

/** Calls a capability of the calculator. @throws EngineError */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a map reads members that its capability's schema has
export type Ask = (capability: string, args: object) => Promise<any>;

/** The expected members as the calculator has them. */
export type GoldenMap = (golden: GoldenCase, ask: Ask) => Promise<Record<string, unknown>>;

/** By id of a case, else by measure. */
export type Maps = Readonly<Record<string, GoldenMap>>;
