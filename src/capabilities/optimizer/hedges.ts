/** `optimizer.suggest_hedges`. */
import { Type } from '@sinclair/typebox';
import { Currency, DecimalString, PackId, Reasons, StringEnum } from '../../contract/scalars';
import { closed, portfolioArgs, windowReads } from '../analyst/window';
import { capabilitiesOf } from '../capability';
import { ScenarioResult } from '../macro/scenarios-result';
import { optimizerSuggestDeleveragingHedges } from './hedges-deleveraging';

const Amount = (description: string) =>
  Type.Unsafe<DecimalString>({ ...DecimalString, description: `${description}, base currency` });
const Factor = StringEnum(['rates', 'inflation', 'credit', 'equity', 'commodity', 'currency'] as const);

const Hedge = Type.Object(
  {
    factor: Factor,
    instrument: Type.String({ description: 'kind of instrument' }),
    name: Type.String(),
    action: StringEnum(['buy', 'sell'] as const),
    examples: Type.Array(Type.String(), { description: 'symbols of that kind; no recommendation of one' }),
    loss: Amount('what the factor costs in the scenario, negative'),
    exposure: Amount('change of the portfolio for a shock of 1 of the factor'),
    notional: Amount(
      'exposure ÷ sensitivity of the instrument × hedge_ratio, less what the hedge of another factor takes up',
    ),
    notional_usd: Type.Union([DecimalString, Type.Null()], {
      description: 'the same in US dollars at the pack’s rate',
    }),
    hedge_ratio: Type.Number({ description: 'of the notional that is wanted; below 1 where costs bound it' }),
    expected_offset: Amount('what it gains in the whole scenario'),
    expected_offset_fraction: Type.Number({
      description: 'of the loss of the factor; above 1 where the instrument gains from other factors as well',
    }),
    cost: Amount('assumed'),
    cost_bps: Type.Number({ description: 'assumed, basis points of the notional' }),
    reasons: Reasons,
  },
  closed,
);

export const optimizerSuggestHedges = capabilitiesOf('optimizer')({
  name: 'optimizer.suggest_hedges',
  summary:
    'Hedges against what a scenario costs a portfolio: for each factor that loses the cheapest instrument that gains, sized by the ' +
    'exposure, within a limit on costs.',
  args: Type.Object(
    {
      ...portfolioArgs,
      scenario_result: ScenarioResult,
      max_cost_bps: Type.Optional(
        Type.Number({
          minimum: 0,
          maximum: 1000,
          description: 'of all hedges together, basis points of the portfolio’s value; default 20',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      pricing_pack_id: PackId,
      base_currency: Currency,
      hedges: Type.Array(Hedge, { description: 'largest loss first' }),
      left_out: Type.Array(
        Type.Object({ factor: Factor, loss: DecimalString, reason: Type.String() }, closed),
        { description: 'losses without a hedge' },
      ),
      total_cost: Amount('of all hedges, assumed'),
      cost_limit: Amount('max_cost_bps of the value'),
      expected_offset: Amount('of all hedges'),
      change_with_hedges: Amount('of the known positions, with hedges and their costs'),
      max_cost_bps: Type.Number({ description: 'of the portfolio’s value, basis points' }),
      convention: Type.Object(
        {
          name: Type.String(),
          costs: Type.String(),
          least_loss: Type.Number({ description: 'a smaller loss is not hedged; fraction of the value' }),
          instruments_version: Type.String(),
          sensitivities_version: Type.String(),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  reads: windowReads,
  version: '2',
});

export const hedgesCatalogue = {
  'optimizer.suggest_hedges': optimizerSuggestHedges,
  'optimizer.suggest_deleveraging_hedges': optimizerSuggestDeleveragingHedges,
} as const;
