/** What a scenario does to a portfolio, on the wire: hedges, charts and playbooks take it as their argument. */
import { type Static, type TOptional, Type } from '@sinclair/typebox';
import {
  Currency,
  DecimalString,
  IsoDate,
  Nullable,
  PackId,
  Reasons,
  StringEnum,
  Uuid,
} from '../../contract/scalars';
import { type ScenarioEffect, scenarioEffects, scenarioSeverities } from '../../contract/scenario-names';

const closed = { additionalProperties: false } as const;
const Money = (description: string) => Type.Union([DecimalString, Type.Null()], { description });
const Fraction = (description: string) => Type.Union([Type.Number(), Type.Null()], { description });

/** Basis points and percent, as people state them; a member that is left out is not stated. */
export const Shocks = Type.Object(
  {
    rates_bps: Type.Optional(Type.Number({ description: 'change of real interest rates, basis points' })),
    inflation_bps: Type.Optional(Type.Number({ description: 'change of expected inflation, basis points' })),
    credit_bps: Type.Optional(
      Type.Number({
        description: 'change of the spread of investment-grade bonds, basis points; above 0 it widens',
      }),
    ),
    usd_pct: Type.Optional(
      Type.Number({ description: 'change of the US dollar against every other currency, percent' }),
    ),
    equity_pct: Type.Optional(Type.Number({ description: 'return of the broad share market, percent' })),
    commodity_pct: Type.Optional(Type.Number({ description: 'change of commodity prices, percent' })),
    volatility_pct: Type.Optional(
      Type.Number({ description: 'change of implied volatility, percent; no position answers to it' }),
    ),
  },
  { ...closed, title: 'ScenarioShocks' },
);

const ByEffect = Type.Object(
  Object.fromEntries(scenarioEffects.map((name) => [name, Type.Optional(DecimalString)])) as Record<
    ScenarioEffect,
    TOptional<typeof DecimalString>
  >,
  { ...closed, description: 'base currency, by what it comes from; adds up to `change`; without those of 0' },
);

export const ScenarioPosition = Type.Object(
  {
    security_id: Nullable(Uuid),
    symbol: Type.String({ description: 'ticker; for cash the currency code' }),
    currency: Currency,
    kind: Type.Union([Type.String(), Type.Null()], {
      description: 'row of the table of sensitivities that it answers by, `equity.financials` say',
    }),
    value: Money('at market, base currency; negative for a short one'),
    change: Money('base currency'),
    change_fraction: Fraction('change over value'),
    by_factor: ByEffect,
    reasons: Reasons,
  },
  { ...closed, title: 'ScenarioPosition' },
);

const Mover = Type.Object({ symbol: Type.String(), change: DecimalString }, closed);

export const ScenarioResult = Type.Object(
  {
    scenario: Type.Object(
      {
        id: Type.Union([Type.String(), Type.Null()], {
          description: 'of the library; null: own shocks alone',
        }),
        name: Type.String(),
        shocks: Shocks,
        severity: Type.Union([StringEnum(scenarioSeverities), Type.Null()]),
        probability: Fraction('0 to 1, a judgement of the library, not estimated from data'),
        probability_condition: Type.Union([Type.String(), Type.Null()], {
          description: 'what has to be so for the probability to hold; null: nothing, or no probability',
        }),
      },
      closed,
    ),
    asof_date: IsoDate,
    pricing_pack_id: PackId,
    base_currency: Currency,
    pre_value: Money('of all positions, at market'),
    post_value: Money('pre_value + change'),
    change: Money('null when any position has no change'),
    change_fraction: Fraction('change over pre_value'),
    value_of_known: Type.Unsafe<DecimalString>({
      ...DecimalString,
      description: 'of the positions that have a change, base currency',
    }),
    change_of_known: Type.Unsafe<DecimalString>({ ...DecimalString, description: 'their change' }),
    factor_contributions: Type.Array(
      Type.Object({ factor: StringEnum(scenarioEffects), change: DecimalString }, closed),
      { description: 'what the change of the known positions comes from, largest loss first; adds up to it' },
    ),
    positions: Type.Array(ScenarioPosition),
    winners: Type.Array(Mover, { description: 'largest gain first' }),
    losers: Type.Array(Mover, { description: 'largest loss first' }),
    cash: Type.Object(
      {
        value: Money('base currency'),
        change: Money('base currency, by exchange rates alone'),
        reasons: Reasons,
      },
      closed,
    ),
    unanswered: Type.Array(Type.String(), { description: 'shocks that no position answers to' }),
    without_change: Type.Array(Type.String(), {
      description: 'symbols without a price, a rate or a known kind; they are not in the sums of the known',
    }),
    convention: Type.Object(
      {
        name: Type.String(),
        library_version: Type.String(),
        sensitivities_version: Type.String(),
        equity: Type.String(),
        bonds: Type.String(),
        currency: Type.String(),
      },
      closed,
    ),
    reasons: Reasons,
  },
  { ...closed, title: 'ScenarioResult' },
);
export type ScenarioResult = Static<typeof ScenarioResult>;
