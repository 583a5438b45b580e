/** What an explainer is: it recomputes one figure of a capability from the evidence, and tells how. */
import type { Inputs, Unit } from '../../contract/explanation';
import type { Evidence } from './evidence';

/** The figure, as the execution holds it. */
export interface Subject {
  value: unknown;
  /** Below the capability's result. */
  path: readonly string[];
  /** The capability's whole result; `undefined`: the output took only a part of it. */
  whole: unknown;
  /** Of the call, as far as the trace holds them: large ones are left out. */
  args: Readonly<Record<string, unknown>>;
  unit: Unit;
  currency: string | null;
  /** Whether holdings of the ledger went into it. */
  isFromLedger: boolean;
}

export type InputLists = Omit<Inputs, 'arguments' | 'lists'>;

export interface Told {
  /** From the evidence, in the form of the stored value. */
  recomputed: unknown;
  /** Sentences with the numbers, each of which can be checked by hand. */
  calculation: string[];
  inputs: Partial<InputLists>;
  /** Paragraphs. */
  text: string[];
}

/** `null`: it has nothing to say of this member of the result. */
export type Explainer = (subject: Subject, evidence: Evidence) => Promise<Told | null>;
