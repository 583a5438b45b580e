/** What the type checker carries through an expression. */
import type { CelNode } from './cel-ast';
import type { Reference } from './reference';
import type { JsonSchema } from './signatures';

export interface Typing {
  /** `null` and `undefined`: nothing is known. */
  typeOf: (reference: Reference) => JsonSchema | null | undefined;
  /** What loops bind. */
  variables: ReadonlyMap<string, JsonSchema>;
  /** Each part is looked at once, so each mistake is reported once. */
  known: Map<CelNode, JsonSchema>;
  report: (node: CelNode, message: string, suggestion?: string) => void;
  /** A part as it is written, without brackets around it. */
  source: (node: CelNode) => string;
}

export type Infer = (node: CelNode, typing: Typing) => JsonSchema;
