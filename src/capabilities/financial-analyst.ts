/** What can be asked of the agent `financial_analyst`: holdings, values, returns, charts. */
import { Type } from '@sinclair/typebox';
import { Currency, DecimalString, IsoDate, Reasons, Uuid } from '../contract/scalars';
import { metricsComputeTwr } from './analyst/performance-twr';
import { metricsCurrencyAttribution } from './analyst/positions-attribution';
import { closed, historyCall, windowArgs, windowResult } from './analyst/window';
import { capabilitiesOf, type CapabilityAlias } from './capability';
import { Position, ValuedPosition } from './holdings';

const capability = capabilitiesOf('financial_analyst');
export const ledgerPositions = capability({
  name: 'ledger.positions',
  summary:
    'Holdings of a portfolio at the context’s as-of date and ledger commit: securities from open lots, and cash.',
  args: Type.Object({ portfolio_id: Uuid }, closed),
  result: Type.Object(
    {
      portfolio_id: Uuid,
      asof_date: IsoDate,
      ledger_commit_hash: Type.String(),
      base_currency: Currency,
      positions: Type.Array(Position),
      total_positions: Type.Integer({ description: 'securities and currencies' }),
    },
    closed,
  ),
  displayTtlSeconds: 300,
  reads: ['user_id', 'portfolio_id', 'base_currency', 'asof_date'],
});

export const chartsOverview = capability({
  name: 'charts.overview',
  summary: 'Vega-Lite specifications of the overview: allocation and currency attribution.',
  args: Type.Object(
    {
      positions: Type.Array(ValuedPosition),
      metrics: metricsComputeTwr.result,
      currency_attr: metricsCurrencyAttribution.result,
    },
    closed,
  ),
  result: Type.Object(
    {
      allocation: Type.Record(Type.String(), Type.Unknown()),
      currency_attribution: Type.Record(Type.String(), Type.Unknown()),
    },
    closed,
  ),
  reads: ['asof_date'],
});

export const portfolioHistoricalNav = capability({
  name: 'portfolio.historical_nav',
  summary: 'Daily market value of a portfolio in its base currency, with the external flows of each day.',
  args: windowArgs,
  result: Type.Object(
    {
      ...windowResult,
      points: Type.Array(
        Type.Object({ date: IsoDate, value: DecimalString, external_flow: DecimalString }, closed),
      ),
      chart: Type.Record(Type.String(), Type.Unknown(), {
        description: 'a Vega-Lite line chart that takes `points` as its data `nav`',
      }),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});

export const financialAnalystAliases: CapabilityAlias[] = [
  {
    name: 'attribution.currency',
    alias_of: 'metrics.currency_attribution',
    summary: 'Older name of metrics.currency_attribution.',
  },
];
