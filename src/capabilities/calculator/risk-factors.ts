/** `calc.factor_regression`, `calc.component_risk`, `calc.scenario`. */
import { Type } from '@sinclair/typebox';
import { DecimalString, Reasons } from '../../contract/scalars';
import { capability, closed, maxRows, Numeric } from './define';
import { Count, Figure, PerPeriod, Returns, SeriesOf, Share, Warnings } from './risk-define';

const ByName = <S extends Parameters<typeof Type.Record>[1]>(schema: S, options: object = {}) =>
  Type.Record(Type.String(), schema, options);

export const factorRegression = capability({
  name: 'calc.factor_regression',
  summary: 'Exposures to factors by ordinary least squares with intercept: r − rf = α + Σ β·f + e.',
  args: Type.Object(
    {
      returns: Returns,
      factors: ByName(SeriesOf('values of the factor, one for each return'), {
        minProperties: 1,
        maxProperties: 50,
      }),
      risk_free: PerPeriod('risk-free rate, default 0'),
    },
    closed,
  ),
  result: Type.Object(
    {
      alpha: Figure('per period'),
      alpha_t_stat: Figure('coefficient over standard error'),
      betas: ByName(Figure('by factor')),
      t_stats: ByName(Figure('by factor, n − k − 1 degrees of freedom')),
      r_squared: Figure('1 − SSE/SST'),
      condition_number: Figure('of the factors with a column of ones'),
      observations: Count,
      dropped: Type.Integer({ minimum: 0, description: 'rows with a gap' }),
      warnings: Warnings,
      reasons: Reasons,
    },
    closed,
  ),
});

export const componentRisk = capability({
  name: 'calc.component_risk',
  summary: 'Gaussian value at risk of a portfolio per period, and each asset’s part; the parts add up to it.',
  args: Type.Object(
    {
      returns: ByName(Returns, { minProperties: 1, maxProperties: 500 }),
      weights: ByName(Numeric, { description: 'of the same assets; the rest to 1 is cash without return' }),
      confidence: Share('default 0.95'),
    },
    closed,
  ),
  result: Type.Object(
    {
      value_at_risk: Figure('μ + z·σ, moments of the population; a loss is negative'),
      components: ByName(
        Type.Object({ value_at_risk: Figure('weight × (μ + z × covariance with the portfolio/σ)') }, closed),
      ),
      observations: Count,
      dropped: Type.Integer({ minimum: 0, description: 'rows with a gap' }),
      confidence: Type.Number({ description: '0.95: exceeded in 5 % of the periods' }),
      reasons: Reasons,
    },
    closed,
  ),
});

const Position = Type.Object(
  {
    id: Type.String(),
    value: Type.Union([Numeric], { description: 'base currency; negative for a short position' }),
    betas: Type.Optional(ByName(Numeric, { description: 'return for a shock of 1, by factor' })),
    duration: Type.Optional(Type.Union([Numeric], { description: 'modified, years' })),
    convexity: Type.Optional(Type.Union(Numeric.anyOf, { description: 'years squared' })),
    r_fx: Type.Optional(
      Type.Union([Numeric], { description: 'return of its currency against base, a fraction; multiplies' }),
    ),
  },
  closed,
);

export const scenario = capability({
  name: 'calc.scenario',
  summary:
    'Shocks on positions: (1 + Σ β·shock − D·Δy + ½·C·Δy²)(1 + r_fx) − 1. Duration and convexity answer to the shock named `yield`.',
  args: Type.Object(
    {
      positions: Type.Array(Position, { maxItems: maxRows }),
      shocks: ByName(Numeric, { description: 'by factor, fractions (0.01 = 1 % or 100 bp)' }),
    },
    closed,
  ),
  result: Type.Object(
    {
      positions: Type.Array(
        Type.Object(
          {
            id: Type.String(),
            delta: DecimalString,
            return: Type.Number({ description: 'of the position in base currency, a fraction' }),
          },
          closed,
        ),
        { description: 'in the order given; delta in base currency' },
      ),
      total: Type.Object({ delta: DecimalString, return: Figure('total delta over total value') }, closed),
      unanswered: Type.Array(Type.String(), { description: 'shocks that no position answers to' }),
      reasons: Reasons,
    },
    closed,
  ),
});
