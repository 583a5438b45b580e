/** Two runs side by side: which fields of their results differ, at which step they part, and why. */
import type { Diff, DiffSide, StepDifference } from '../contract/diff';
import type { Trace } from '../contract/trace';
import { canonicalJson } from '../canonical';
import { fieldDifferences } from './field-differences';
import { type FirstDifference, firstDifference } from './first-difference';

/** What is stored of a run. */
export interface RunResult {
  status: string;
  inputs: Readonly<Record<string, unknown>>;
  /** Members of the context that a pattern may read; `null` when they are not known. */
  ctx: Readonly<Record<string, unknown>> | null;
  data: Readonly<Record<string, unknown>>;
  trace: Trace;
}

type Reason = StepDifference['reasons'][number];

const maximumListed = 1000;

export function diffResults(left: RunResult, right: RunResult): Diff {
  const differences = fieldDifferences(left.data, right.data);
  const first = firstDifference(left.trace, right.trace);
  return {
    equal: differences.length === 0 && first === null && left.status === right.status,
    left: sideOf(left),
    right: sideOf(right),
    differences: differences.slice(0, maximumListed),
    count: differences.length,
    first_step: first && explain(first, left, right),
  };
}

function sideOf({ status, trace }: RunResult): DiffSide {
  const { execution_id, pattern, pricing_pack_id, ledger_commit_hash, asof_date, fingerprint } = trace;
  return { execution_id, status, pattern, pricing_pack_id, ledger_commit_hash, asof_date, fingerprint };
}

function explain(first: FirstDifference, left: RunResult, right: RunResult): StepDifference {
  const reasons = reasonsFor(first, left, right);
  return { ...first, reasons, explanation: `${said[first.what]}: ${reasons.map((one) => because[one]).join('; ')}` };
} // prettier-ignore

const said: Record<FirstDifference['what'], string> = {
  steps: 'only one of the runs has this step',
  status: 'it ended differently',
  error: 'it failed with another code',
  args: 'it was called with other arguments',
  result: 'it gave another result for the same arguments',
};

const because: Record<Reason, string> = {
  pattern: 'the patterns differ',
  inputs: 'the inputs differ',
  pricing_pack: 'the pricing packs differ',
  ledger_commit: 'the ledger commits differ',
  context: 'the portfolios, benchmarks, currencies or rights differ',
  capability_version: 'the capability has another version',
  other_step: 'a step that fed it gave something else',
  source: 'nothing that the engine knows of differs, so what it reads has changed, or it is not repeatable',
};

/** Everything that differs and could have made the step differ. */
function reasonsFor({ path, what }: FirstDifference, left: RunResult, right: RunResult): Reason[] {
  const [a, b] = [left.trace, right.trace];
  const version = (trace: Trace): string | undefined => trace.steps.find((step) => step.path === path)?.version;
  const pack = a.pricing_pack_id !== b.pricing_pack_id;
  const differs: [Reason, boolean][] = [
    ['pattern', a.pattern.id !== b.pattern.id || a.pattern.sha256 !== b.pattern.sha256],
    // What a step is told it is told by its arguments.
    ['inputs', what !== 'result' && !isSame(left.inputs, right.inputs)],
    ['pricing_pack', pack],
    ['ledger_commit', a.ledger_commit_hash !== b.ledger_commit_hash],
    ['context', !isSame(ownContext(left), ownContext(right))],
    ['capability_version', version(a) !== version(b)],
  ];
  const reasons = differs.flatMap(([reason, is]) => (is ? [reason] : []));
  if (reasons.length > 0) return reasons;
  return [what === 'args' ? 'other_step' : 'source'];
} // prettier-ignore

/** Without what the pack and the ledger say, and without what no step may read. */
function ownContext({ ctx }: RunResult): unknown {
  if (ctx === null) return null;
  const { portfolio_id, base_currency, benchmark_id, rights } = ctx;
  const sorted = Array.isArray(rights) ? [...(rights as unknown[])].sort() : rights;
  return { portfolio_id, base_currency, benchmark_id, rights: sorted };
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
