/** The calculator's decisions: optimiser, rebalancing, ratings, regimes. */
import { Type } from '@sinclair/typebox';
import { exactnesses, marketConditions } from '../../contract/decision-names';
import { DecimalString, IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capability, closed, maxRows, Numeric } from './define';
import { optimise } from './optimise';
import { rating, regime } from './scores';

const most = { maxItems: maxRows } as const;
const Id = Type.String({ minLength: 1, maxLength: 200 });

const rebalance = capability({
  name: 'calc.rebalance',
  summary:
    'Trades from holdings to target weights, after costs, tickets and turnover, with cash never below 0.',
  args: Type.Object(
    {
      current: Type.Array(
        Type.Object(
          {
            id: Id,
            quantity: Type.Union(Numeric.anyOf, { description: 'shares; negative: short' }),
            price: Type.Union(Numeric.anyOf, { description: 'of one share, in its own currency' }),
            fx: Type.Optional(Type.Union(Numeric.anyOf, { description: 'base per 1 local; default 1' })),
          },
          closed,
        ),
        most,
      ),
      targets: Type.Record(Type.String(), Numeric, {
        description:
          'Weights by id, shares of holdings and cash before costs. Ids not named are sold; what is left of 1 stays in cash (also as `cash`).',
        maxProperties: 20_001,
      }),
      cash: Type.Union(Numeric.anyOf, { description: 'base currency; negative: a debt that sales pay' }),
      whole_shares: Type.Optional(
        Type.Boolean({
          description: 'Round down, then buy single shares of the most underweight line that is affordable.',
        }),
      ),
      min_ticket: Type.Optional(
        Type.Union(Numeric.anyOf, { description: 'Trades of a smaller amount are left out; base currency.' }),
      ),
      max_turnover: Type.Optional(
        Type.Union(Numeric.anyOf, {
          description: 'Largest turnover, a fraction; above it all trades are scaled down alike.',
        }),
      ),
      cost_per_trade: Type.Optional(Type.Union(Numeric.anyOf, { description: 'base currency, each trade' })),
      cost_rate: Type.Optional(Type.Union(Numeric.anyOf, { description: 'fraction of each trade’s amount' })),
    },
    closed,
  ),
  result: Type.Object(
    {
      trades: Nullable(
        Type.Array(Type.Object({ id: Id, quantity: DecimalString, amount: DecimalString }, closed), {
          description: 'In the order of `current`; positive: buy; amount in base, costs apart.',
        }),
      ),
      post_weights: Nullable(
        Type.Record(Type.String(), Type.Number(), {
          description: 'by id, fractions of the value after the trades',
        }),
      ),
      cash_weight: Nullable(Type.Number({ description: 'a fraction of the value after the trades' })),
      cash_left: Nullable(DecimalString),
      turnover: Nullable(
        Type.Number({ description: 'buys and sells over holdings and cash before the trades, a fraction' }),
      ),
      costs: Nullable(DecimalString),
      reasons: Reasons,
    },
    closed,
  ),
});

const allocate = capability({
  name: 'calc.allocate',
  summary: 'Amounts of unknowns that give target classes their amounts: least squares of minimum norm.',
  args: Type.Object(
    {
      unknowns: Type.Array(Id, { maxItems: 200, uniqueItems: true }),
      exposures: Type.Array(Type.Array(Numeric, { maxItems: 200 }), {
        maxItems: 1_000,
        description: 'A row for each target class: the share of each unknown that counts for it.',
      }),
      targets: Type.Array(Numeric, { maxItems: 1_000, description: 'Amount of each class.' }),
      total: Type.Optional(
        Type.Union(Numeric.anyOf, {
          description: 'The unknowns add up to it, exactly, whatever the classes lose.',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      solution: Type.Record(Type.String(), DecimalString),
      exactness: StringEnum(exactnesses),
      exactness_of: Type.Record(Type.String(), StringEnum(exactnesses)),
      residuals: Type.Array(Type.Number(), { description: 'What each class gets beyond its target.' }),
    },
    closed,
  ),
});

const Value = Type.Union(Numeric.anyOf, { description: 'real GDP in any unit; unemployment in percent' });
const Series = Type.Array(Type.Object({ date: IsoDate, value: Value }, closed), most);
const Spells = Nullable(Type.Array(Type.Object({ on: IsoDate, off: Nullable(IsoDate) }, closed)));

const recessionRules = capability({
  name: 'calc.recession_rules',
  summary: 'When the technical-recession rule and the Sahm rule were on. Signals, not the NBER’s dates.',
  args: Type.Object(
    {
      real_gdp: Type.Optional(
        Type.Array(Series.items, {
          ...most,
          description: 'Levels, one for each period, dated by its first day.',
        }),
      ),
      unemployment: Type.Optional(
        Type.Array(Series.items, {
          ...most,
          description: 'Rates in percent, dated by the period’s first day.',
        }),
      ),
      thresholds: Type.Optional(
        Type.Object(
          {
            negative_quarters: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: 1_000,
                default: 2,
                description: 'falling periods in a row',
              }),
            ),
            sahm_points: Type.Optional(
              Type.Union(Numeric.anyOf, {
                default: 0.5,
                description: 'percentage points above the lowest average',
              }),
            ),
            sahm_lookback: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: 20_000,
                default: 12,
                description: 'periods before the current one; all have to be there',
              }),
            ),
            sahm_average: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 1_000, default: 3, description: 'periods averaged' }),
            ),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      rules: Type.Object({ technical_recession: Spells, sahm: Spells }, closed),
      thresholds: Type.Object(
        {
          negative_quarters: Type.Integer({ description: 'quarters in a row with falling GDP' }),
          sahm_points: Type.Number({ description: 'percentage points' }),
          sahm_lookback: Type.Integer({ description: 'periods before the current one' }),
          sahm_average: Type.Integer({ description: 'periods averaged' }),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
});

const marketCondition = capability({
  name: 'calc.market_condition',
  summary:
    'A price’s distance from its highest as a word: all-time high, bear market (−20 % or worse), or neither.',
  args: Type.Object(
    {
      distance_from_high: Type.Union(Numeric.anyOf, {
        description: 'price / highest price − 1, a fraction; rounded to 2 decimals, halves away from 0',
      }),
    },
    closed,
  ),
  result: Type.Object(
    { condition: StringEnum(marketConditions), distance: Type.Number({ description: 'as rounded' }) },
    closed,
  ),
});

export const decisionsCatalogue = {
  'calc.optimise': optimise,
  'calc.rebalance': rebalance,
  'calc.allocate': allocate,
  'calc.rating': rating,
  'calc.regime': regime,
  'calc.recession_rules': recessionRules,
  'calc.market_condition': marketCondition,
} as const;
