/** The calculator's attributions: of a return to assets and currencies, of an active return to segments. */
import { Type } from '@sinclair/typebox';
import { DecimalString, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capability, closed, maxRows, Numeric } from './define';

const numeric = (description: string) => Type.Union([Type.Number(), DecimalString], { description });
const fraction = (description: string) => Nullable(Type.Number({ description }));

const position = Type.Object(
  {
    id: Type.String(),
    weight: Type.Optional(numeric('at the beginning; a fraction of the portfolio. It wins over a value')),
    begin_value_base: Type.Optional(numeric('at the beginning, in base currency; where no weight is given')),
    r_local: Type.Optional(numeric('return in the local currency; a fraction')),
    price_begin: Type.Optional(numeric('in the local currency')),
    price_end: Type.Optional(numeric('in the local currency')),
    r_fx: Type.Optional(numeric('return of the exchange rate; a fraction')),
    fx_begin: Type.Optional(numeric('base per 1 local')),
    fx_end: Type.Optional(numeric('base per 1 local')),
  },
  closed,
);

const effects = {
  local: fraction('weight × return in the local currency, a fraction'),
  fx: fraction('weight × return of the exchange rate, a fraction'),
  interaction: fraction('weight × product of both, a fraction'),
  base: fraction('weight × return in base currency: the sum of the three'),
};

const currencyAttribution = capability({
  name: 'calc.currency_attribution',
  summary:
    'Splits the base-currency return of positions into local, currency and interaction: 1 + r_base = (1 + r_local)(1 + r_fx).',
  args: Type.Object(
    {
      positions: Type.Array(position, { maxItems: maxRows }),
      interaction: Type.Optional(StringEnum(['separate', 'currency', 'local'] as const)),
    },
    closed,
  ),
  result: Type.Object(
    {
      positions: Type.Array(
        Type.Object({ id: Type.String(), ...effects, reason: Type.Optional(Type.String()) }, closed),
        { description: 'contributions to the portfolio’s return: weight × effect; fractions' },
      ),
      total: Type.Object(effects, closed),
      base_independent: Nullable(
        Type.Number({ description: 'from prices and rates alone, (price₁·fx₁)/(price₀·fx₀) − 1 by weight' }),
      ),
      error_bps: Nullable(Type.Number({ description: 'total less `base_independent`, in basis points' })),
      interaction: Type.String(),
      reasons: Reasons,
    },
    closed,
  ),
});

const periodOf = <T extends Parameters<typeof Type.Array>[0]>(item: T, description: string) =>
  Type.Union(
    [
      Type.Array(item, { maxItems: maxRows }),
      Type.Array(Type.Array(item, { maxItems: maxRows }), { maxItems: maxRows }),
    ],
    {
      description: `${description}; a list in segment order, or a list of such lists for several periods`,
    },
  );

const perPeriod = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Union([item, Type.Array(item)]);
const bySegment = Type.Array(Type.Number({ description: 'a fraction' }), {
  description: 'in segment order, fractions',
});

const brinsonAttribution = capability({
  name: 'calc.brinson_attribution',
  summary:
    'Brinson-Fachler attribution of the return against a benchmark: allocation, selection, interaction by segment; Carino linking.',
  args: Type.Object(
    {
      weights_portfolio: periodOf(Numeric, 'fractions that add up to 1'),
      weights_benchmark: periodOf(Numeric, 'fractions that add up to 1'),
      returns_portfolio: periodOf(Nullable(Numeric), 'fractions; null where the weight is 0'),
      returns_benchmark: periodOf(Nullable(Numeric), 'fractions; null where the weight is 0'),
      interaction: Type.Optional(StringEnum(['separate', 'selection'] as const)),
      linking: Type.Optional(StringEnum(['none', 'carino'] as const)),
    },
    closed,
  ),
  result: Type.Object(
    {
      allocation: perPeriod(bySegment),
      selection: perPeriod(bySegment),
      interaction: perPeriod(bySegment),
      total: perPeriod(Type.Number({ description: 'all effects of all segments: the active return' })),
      portfolio_return: perPeriod(Type.Number({ description: 'Σ weight × return, a fraction' })),
      benchmark_return: perPeriod(Type.Number({ description: 'Σ weight × return, a fraction' })),
      linked: Nullable(
        Type.Object(
          {
            allocation: bySegment,
            selection: bySegment,
            interaction: bySegment,
            total: Type.Number({ description: 'difference of the compounded returns' }),
            sums: Type.Object(
              {
                allocation: Type.Number({ description: 'of all segments, a fraction' }),
                selection: Type.Number({ description: 'of all segments, a fraction' }),
                interaction: Type.Number({ description: 'of all segments, a fraction' }),
              },
              closed,
            ),
            portfolio_return: Type.Number({ description: 'compounded over the periods' }),
            benchmark_return: Type.Number({ description: 'compounded over the periods' }),
          },
          { ...closed, description: 'over all periods, in segment order; null without linking' },
        ),
      ),
      conventions: Type.Object(
        { model: Type.String(), interaction: Type.String(), linking: Type.String() },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
});

export const attributionCatalogue = {
  'calc.currency_attribution': currencyAttribution,
  'calc.brinson_attribution': brinsonAttribution,
} as const;
