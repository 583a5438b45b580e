/** `optimizer.propose_trades` and `optimizer.analyze_impact`. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { amount, decimal } from '../analyst/activity-define';
import { closed, Figure, historyCall, portfolioArgs } from '../analyst/window';
import { capabilitiesOf } from '../capability';
import { ValuedPosition } from '../holdings';
import { Constraints, Costs, Policy, RatedHolding } from './policies';

const capability = capabilitiesOf('optimizer');
export const lotMethods = ['fifo', 'lifo', 'hifo', 'average'] as const;
const Symbols = (description: string) =>
  Type.Array(Type.Object({ symbol: Type.String(), reason: Type.String() }, closed), { description });

const LotToSell = Type.Object(
  {
    lot_id: Type.String(),
    acquired_on: IsoDate,
    quantity: decimal('shares of it that are sold'),
    cost_base: amount('of these, at the purchase’s exchange rate, before fees'),
    gain_base: amount('value at the pack less cost_base, before costs'),
    reasons: Reasons,
  },
  closed,
);

export const ProposedTrade = Type.Object(
  {
    security_id: Uuid,
    symbol: Type.String(),
    side: StringEnum(['buy', 'sell'] as const),
    quantity: decimal('shares, above 0'),
    currency: Currency,
    price: amount('close of the pack, in `currency`'),
    rate_base_per_local: amount('of the pack'),
    value_local: amount('quantity × price'),
    value_base: decimal('the same in base, above 0'),
    cost_base: decimal('commission and impact'),
    weight_before: Type.Number({ description: 'fraction of the value before' }),
    weight_after: Type.Number({ description: 'fraction of the value after trades and costs' }),
    lots: Type.Array(LotToSell, { description: 'of a sale, by `lot_selection_method`; none of a purchase' }),
    gain_base: amount('Σ of the lots; 0 for a purchase'),
    rationale: Type.Array(Type.Object({ rule: Type.String(), says: Type.String() }, closed)),
    reasons: Reasons,
  },
  { ...closed, title: 'ProposedTrade' },
);

export const optimizerProposeTrades = capability({
  name: 'optimizer.propose_trades',
  summary:
    'Trades that bring a portfolio within policies and constraints with the least change of weights: self-financing with ' +
    'costs, nothing scaled afterwards. Where the rules cannot all be met it names those that conflict, and proposes nothing.',
  args: Type.Object(
    {
      ...portfolioArgs,
      positions: Type.Array(ValuedPosition, { maxItems: 500, description: 'of at most 150 securities' }),
      ratings: Type.Optional(Nullable(Type.Array(RatedHolding))),
      policies: Type.Optional(Type.Array(Policy, { maxItems: 50 })),
      constraints: Type.Optional(Constraints),
      costs: Type.Optional(Costs),
      lot_selection_method: Type.Optional(
        StringEnum(
          lotMethods,
          'which lots a sale uses up; default fifo; name what the ledger’s account books by',
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Currency,
      status: StringEnum(
        ['proposed', 'nothing_to_do', 'infeasible', 'not_available'] as const,
        'infeasible: see `conflicts`; not_available: see `reasons.trades`',
      ),
      trades: Type.Array(ProposedTrade, {
        description: 'by symbol; sales and purchases; none unless proposed',
      }),
      trade_count: Type.Integer({ minimum: 0, description: 'sales and purchases' }),
      value_before: decimal('of all that has a value, cash included'),
      value_after: decimal('the same less costs'),
      cash_before: decimal('all currencies in base'),
      cash_after: decimal('after trades and costs'),
      turnover: Figure('Σ of all trades over value_before, a fraction'),
      costs: decimal('of all trades'),
      tracking_error: Figure('against the portfolio as it is, fraction per year'),
      realised_gain_base: amount('Σ of the sales’ gains'),
      conflicts: Type.Array(Type.Object({ constraint: Type.String(), says: Type.String() }, closed), {
        description: 'a set of rules that cannot be met together; without any one of them the rest can',
      }),
      kept: Symbols('holdings that no rule may move: without a price or rate, or a rating that a rule needs'),
      unclassified: Type.Array(Type.String(), { description: 'symbols that no limit on sectors counts' }),
      lot_selection_method: StringEnum(lotMethods),
      convention: Type.Object(
        {
          objective: Type.String(),
          costs: Type.String(),
          shares: Type.String(),
          tracking_error: Type.String(),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '2',
  policy: { startToCloseTimeout: '60s' },
});

const side = {
  value: decimal('of all that has a value, cash included'),
  cash: decimal('all currencies in base'),
  hhi: Figure('Herfindahl index of securities and cash: Σ weight², 0 to 1'),
  top_10: Figure('weight of the ten largest securities, a fraction'),
  volatility: Figure('of today’s weights by past daily returns, fraction per year'),
};
const Share = (name: 'symbol' | 'sector') =>
  Type.Array(
    Type.Object(
      {
        [name]: Type.String(),
        before: Type.Number({ description: 'weight, a fraction of the value' }),
        after: Type.Number({ description: 'weight, a fraction of the value' }),
        delta: Type.Number({ description: 'after − before' }),
      },
      closed,
    ),
    { description: 'fractions of the value' },
  );

export const optimizerAnalyzeImpact = capability({
  name: 'optimizer.analyze_impact',
  summary:
    'What proposed trades change: value (by their costs alone), cash, weights, concentration, sectors, volatility.',
  args: Type.Object(
    { ...portfolioArgs, positions: Type.Array(ValuedPosition), trades: Type.Array(ProposedTrade) },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Currency,
      before: Type.Object(side, closed),
      after: Type.Object(side, closed),
      delta: Type.Object(side, closed),
      weights: Share('symbol'),
      sectors: Share('sector'),
      not_valued: Type.Array(Type.String(), { description: 'symbols without a value, in no figure' }),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});

export const tradesCatalogue = {
  'optimizer.propose_trades': optimizerProposeTrades,
  'optimizer.analyze_impact': optimizerAnalyzeImpact,
} as const;
