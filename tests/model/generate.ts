/** Arbitrary programs: bounded trees of numbers, made into patterns by `build.ts`. */
import fc from 'fast-check';
import { buildProgram, type Limits, type Raw, type RawProgram } from './build';
import type { Program } from './program';
import { problemsOf } from './run-local';

const dice = fc.array(fc.nat(9999), { minLength: 40, maxLength: 40, size: 'max' });

const { raw } = fc.letrec<{ raw: Raw }>((tie) => ({
  raw: fc.record({
    kind: fc.nat(99),
    dice,
    inside: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant<Raw[]>([]),
      fc.array(tie('raw'), { minLength: 1, maxLength: 3 }),
    ),
  }),
}));

const rawProgram: fc.Arbitrary<RawProgram> = fc.record({
  steps: fc.array(raw, { minLength: 1, maxLength: 7, size: 'max' }),
  parts: fc.array(fc.array(raw, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
  dice,
});

export const localLimits: Limits = {
  ...{ steps: 12, depth: 3, approvals: true },
  ...{ timeouts: ['PT0.05S', 'PT0.02S', 'PT30S'], overdue: 'PT0.1S', patience: 'PT0.3S' },
};
/** Nobody answers approvals there; tests/integration/run-pattern-kinds.test.ts has a person. */
export const temporalLimits: Limits = {
  ...{ steps: 12, depth: 3, approvals: false },
  ...{ timeouts: ['PT30S'], overdue: 'PT1.5S', patience: 'PT1S' },
};

/** The builder knows little of types; a few programs compare what can never be equal, and the check says so. */
function isAccepted(program: Program): boolean {
  return problemsOf(program).length === 0;
}

/** Of programs that the check accepts. */
export function programs(limits: Limits): fc.Arbitrary<Program> {
  return rawProgram.map((tree) => buildProgram(tree, limits)).filter(isAccepted);
}

/** Of one map with more calls at once than a run has places for. */
export const crowds: fc.Arbitrary<Program> = fc
  .record({
    items: fc.array(fc.constantFrom([], [], [], ['fail:RATE_LIMITED'], ['fail:DATA_MISSING']), {
      minLength: 51,
      maxLength: 140,
      size: 'max',
    }),
    failures: fc.nat(60),
  })
  .map(({ items, failures }) => {
    const call = { capability: 'effects.read', args: { name: 's2', ms: 5, script: '{{item}}' }, as: 's2' };
    const map = {
      in: items,
      do: call,
      concurrency: 100,
      on_item_error: 'collect' as const,
      max_failures: failures,
    };
    const pattern = { id: 'p', name: 'P', steps: [{ map, as: 's1' }], outputs: ['s1'] };
    return { pattern, others: [], inputs: {}, answers: {} };
  });
