/** Compiled by `npm run typecheck`: what must not compile stands behind `@ts-expect-error`. */
import { defineAgent } from '../../activities/agent';

const answer = { annualised: 0.1, convention: 'c', reasons: {} };

export const good = defineAgent('calculator', ['calc.annualise'], () => ({
  'calc.annualise': ({ total_return, days }) =>
    Promise.resolve({ result: { ...answer, annualised: Number(total_return) * Number(days ?? 1) } }),
}));

// @ts-expect-error a handler is missing
export const missing = defineAgent('calculator', ['calc.annualise'], () => ({}));

// @ts-expect-error no capability has this name
export const unknown = defineAgent('calculator', ['calc.nothing'], () => ({}));

export const wrongResult = defineAgent('calculator', ['calc.annualise'], () => ({
  // @ts-expect-error a result's member has another type
  'calc.annualise': () => Promise.resolve({ result: { ...answer, annualised: 'ten' } }),
}));

export const wrongArgument = defineAgent('calculator', ['calc.annualise'], () => ({
  // @ts-expect-error there is no such argument
  'calc.annualise': ({ total }) => Promise.resolve({ result: { ...answer, annualised: Number(total) } }),
}));

// `calc.annualise` declares that it reads nothing of the context but pack and ledger commit.
export const undeclaredContext = defineAgent('calculator', ['calc.annualise'], () => ({
  'calc.annualise': (_args, { ctx }) =>
    Promise.resolve({
      result: answer,
      source: ctx.pricing_pack_id,
      // @ts-expect-error its contract does not declare this member
      asof_date: ctx.asof_date as string,
    }),
}));
