/** Contracts of the calculator's scores: ratings by a rubric, macro regimes by rules. */
import { Type } from '@sinclair/typebox';
import { gapPolicies, probabilityMethods, rubricNames } from '../../contract/decision-names';
import { Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capability, closed, maxRows, Numeric } from './define';

const Name = Type.String({ minLength: 1, maxLength: 100 });

const Step = Type.Unsafe<[number, number]>({
  type: 'array',
  items: { type: 'number' },
  minItems: 2,
  maxItems: 2,
});

const Component = Type.Object(
  {
    name: Name,
    weight: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'all add up to 1' }),
    better: StringEnum(['higher', 'lower'] as const),
    steps: Type.Array(Step, {
      maxItems: 100,
      description: '[threshold, points] from best to worst; a threshold is met at its very value',
    }),
    otherwise: Type.Number({ minimum: 0, maximum: 10, description: 'points where no threshold is met' }),
  },
  closed,
);

export const rating = capability({
  name: 'calc.rating',
  summary: 'A company by a rubric: points for each component by thresholds, weighed to 0–10.',
  args: Type.Object(
    {
      inputs: Type.Record(Type.String(), Nullable(Numeric), {
        description:
          'By component. dividend_safety: fcf_coverage, payout_ratio, dividend_growth_streak, net_cash; moat_strength: return_on_equity, gross_margin, intangibles_to_assets, switching_costs; resilience: debt_to_equity, current_ratio, interest_coverage, operating_margin_deviation; quality: all of these. Ratios as fractions (0.4 = 40 %), net cash in money, streaks in years, switching costs 0 to 10. null or left out: missing.',
      }),
      rubric: Type.Optional(
        Type.Union([StringEnum(rubricNames), Type.Array(Component, { minItems: 1, maxItems: 100 })], {
          description: 'A rubric by name, or one of your own; default quality.',
        }),
      ),
      on_missing: Type.Optional(
        StringEnum(
          gapPolicies,
          'withhold (default): no rating; reweigh: the other components’ weights are scaled up to 1.',
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      overall: Nullable(Type.Number({ description: '0 to 10' })),
      rating_100: Nullable(Type.Number({ description: '0 to 100' })),
      grade: Nullable(
        Type.String({ description: 'A from 90 of 100, B from 80, C from 70, D from 60, else F' }),
      ),
      components: Type.Array(
        Type.Object(
          {
            name: Name,
            value: Nullable(Type.Number({ description: 'in the unit of the input' })),
            score: Nullable(Type.Number({ description: '0 to 10' })),
            weight: Type.Number({ description: 'parts of the whole; they are scaled to add up to 1' }),
            threshold: Nullable(Type.Number({ description: 'the one that was met; null: none' })),
            reason: Type.Optional(Type.String()),
          },
          closed,
        ),
      ),
      missing: Type.Array(Name),
      on_missing: StringEnum(gapPolicies),
      reasons: Reasons,
    },
    closed,
  ),
});

const ruleSets = ['five_phases', 'levels'] as const;
const Rule = Type.Object(
  {
    indicator: Name,
    low: Type.Optional(Type.Number({ description: 'z-score; left out: no lower end' })),
    high: Type.Optional(Type.Number({ description: 'z-score; left out: no upper end' })),
    weight: Type.Number({
      exclusiveMinimum: 0,
      description: 'against the other ranges of the regime',
    }),
  },
  closed,
);
const Scores = (description: string) => Nullable(Type.Record(Type.String(), Type.Number({ description })));

export const regime = capability({
  name: 'calc.regime',
  summary:
    'The macro regime by a set of rules, with every regime’s score. No single oracle: it says which rule spoke.',
  args: Type.Object(
    {
      rule_set: Type.Optional(
        Type.Union(
          [
            StringEnum(ruleSets),
            Type.Record(Type.String(), Type.Array(Rule, { minItems: 1, maxItems: 100 }), {
              maxProperties: 100,
              minProperties: 1,
            }),
          ],
          {
            description:
              'five_phases (default): z-scores of T10Y2Y, UNRATE, CPIAUCSL (change on the year), BAA10Y. levels: gdp_growth, unemployment, yield_curve, pmi in percent. Or your own: regime → ranges of z-scores.',
          },
        ),
      ),
      z_scores: Type.Optional(
        Type.Record(Type.String(), Nullable(Numeric), { maxProperties: 1_000, description: 'By indicator.' }),
      ),
      series: Type.Optional(
        Type.Record(Type.String(), Type.Array(Nullable(Numeric), { maxItems: maxRows }), {
          maxProperties: 1_000,
          description:
            'By indicator, oldest first, null a gap; the last value is scored, where z_scores does not give it. levels takes the last value as it is.',
        }),
      ),
      window: Type.Optional(
        Type.Integer({
          minimum: 2,
          maximum: 20_000,
          description: 'Last values of a series to score by; default all.',
        }),
      ),
      min_observations: Type.Optional(
        Type.Integer({
          minimum: 2,
          maximum: 20_000,
          default: 30,
          description: 'A shorter series has no z-score.',
        }),
      ),
      probability: Type.Optional(
        StringEnum(probabilityMethods, 'proportional (default): share of all scores; softmax of scores/10.'),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      regime: Nullable(Type.String()),
      scores: Scores('0 to 100, by regime'),
      probabilities: Scores('share of all scores, 0 to 1, by regime'),
      rule: Nullable(Type.String()),
      z_scores: Type.Record(Type.String(), Nullable(Type.Number()), {
        description: 'standard deviations from the mean, by indicator',
      }),
      probability: StringEnum(probabilityMethods),
      reasons: Reasons,
    },
    closed,
  ),
});
