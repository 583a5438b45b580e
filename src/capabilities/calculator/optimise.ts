/** Contract of the calculator's optimiser. */
import { Type } from '@sinclair/typebox';
import { objectives } from '../../contract/decision-names';
import { Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capability, closed, Numeric } from './define';

/** The solver's time grows with the cube of this. */
const most = { maxItems: 200 } as const;
const Bound = Nullable(Numeric);
const Pair = Type.Array(Bound, { minItems: 2, maxItems: 2 });

export const optimise = capability({
  name: 'calc.optimise',
  version: '2',
  summary:
    'Weights adding up to 1 for an objective: a point of the efficient frontier, or weights from risk alone.',
  args: Type.Object(
    {
      expected_returns: Type.Optional(
        Type.Array(Numeric, {
          ...most,
          description:
            'Fractions per period, in the order of the covariance. Needed by max_sharpe, target_return, target_volatility.',
        }),
      ),
      covariance: Type.Array(Type.Array(Numeric, most), {
        ...most,
        minItems: 1,
        description: 'Of the same period; symmetric and positive semidefinite.',
      }),
      objective: StringEnum(objectives),
      target: Type.Optional(
        Type.Union(Numeric.anyOf, {
          description:
            'target_return: at least this, with least volatility; target_volatility: at most this, with most return.',
        }),
      ),
      risk_free: Type.Optional(
        Type.Union(Numeric.anyOf, { default: 0, description: 'per period; default 0' }),
      ),
      bounds: Type.Optional(
        Type.Union([Pair, Type.Array(Pair, most)], {
          description:
            '[lower, upper] for all or a pair for each asset; null: no bound; default [0, 1]. risk_parity and inverse_volatility have one answer each: bounds and constraints can only make it INFEASIBLE.',
        }),
      ),
      constraints: Type.Optional(
        Type.Array(
          Type.Object(
            {
              weights: Type.Array(Numeric, { ...most, description: 'A coefficient for each asset.' }),
              at_least: Type.Optional(
                Type.Union(Numeric.anyOf, { description: 'of Σ coefficient · weight' }),
              ),
              at_most: Type.Optional(Type.Union(Numeric.anyOf, { description: 'of Σ coefficient · weight' })),
              equals: Type.Optional(Type.Union(Numeric.anyOf, { description: 'of Σ coefficient · weight' })),
            },
            closed,
          ),
          {
            maxItems: 300,
            description:
              'Linear: Σ coefficient · weight is at_least, at_most or equals; e.g. a sector’s share.',
          },
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      weights: Nullable(
        Type.Array(Type.Number(), { description: 'of the assets in their order; they add up to 1' }),
      ),
      expected_return: Nullable(
        Type.Number({ description: 'of the weights, a fraction in the period of the arguments' }),
      ),
      volatility: Nullable(
        Type.Number({ description: 'of the weights, a fraction in the period of the arguments' }),
      ),
      sharpe_ratio: Nullable(Type.Number({ description: '(expected_return − risk_free) / volatility' })),
      risk_contributions: Nullable(
        Type.Array(Type.Number(), { description: 'Share of each asset in the variance; they add up to 1.' }),
      ),
      objective: StringEnum(objectives),
      risk_free: Type.Number({ description: 'in the period of the arguments, a fraction' }),
      reason: Type.Optional(
        Type.String({ description: 'Why there are no weights: INFEASIBLE, SINGULAR, MISSING_INPUT.' }),
      ),
      reasons: Reasons,
    },
    closed,
  ),
});
