/** The agent `financial_analyst`: holdings from the ledger, their value by the pack, returns and charts. */
import type { Pool } from 'pg';
import { withUser } from '../src/db/pool';
import { allocationChart, currencyAttributionChart, navChart } from '../src/services/charts';
import { analystCatalogue } from '../src/capabilities/analyst';
import { defineAgent } from './agent';
import { activityHandlers } from './analyst/activity';
import { packSource } from './analyst/pack-source';
import { performanceHandlers } from './analyst/performance';
import { positionsHandlers } from './analyst/positions';
import { holdingsAt } from './analyst/positions-held';
import { taxHandlers } from './analyst/tax';
import { upcomingActionsHandlers } from './analyst/upcoming-actions';
import { ledgerCommitOf, portfolioHistories, requirePortfolio } from './portfolio-history';
import { historicalNavResult } from './window-results';

export const financialAnalyst = defineAgent(
  'financial_analyst',
  [
    'ledger.positions',
    'charts.overview',
    'portfolio.historical_nav',
    ...(Object.keys(analystCatalogue) as (keyof typeof analystCatalogue)[]),
  ],
  ({ database }: { database: Pool }) => {
    const historyOf = portfolioHistories(database);
    const services = { database, historyOf };
    return {
      ...positionsHandlers(services),
      ...performanceHandlers(services),
      ...activityHandlers(services),
      ...taxHandlers(services),
      ...upcomingActionsHandlers(services),

      'ledger.positions': async ({ portfolio_id }, call) => {
        const { asof_date, user_id } = call.ctx;
        const ledger_commit_hash = ledgerCommitOf(call, portfolio_id);
        const day = { portfolio_id, ledger_commit_hash, asof_date };
        const { positions, base_currency } = await withUser(database, user_id, async (tx) => ({
          base_currency: (await requirePortfolio(tx, portfolio_id)).base_currency,
          positions: await holdingsAt(tx, day),
        }));
        return {
          result: { ...day, base_currency, positions, total_positions: positions.length },
          source: `ledger:${ledger_commit_hash}`,
          asof_date,
        };
      },

      'portfolio.historical_nav': async (args, call) => {
        const history = await historyOf(args, call);
        const result = historicalNavResult(history);
        return {
          result: { ...result, chart: navChart(result.from, result.to, result.currency) },
          ...packSource(history.pack),
        };
      },

      'charts.overview': async ({ positions, metrics, currency_attr }, call) => {
        const asof_date = metrics.to ?? currency_attr.to ?? call.ctx.asof_date;
        return {
          result: {
            allocation: allocationChart(positions, asof_date),
            currency_attribution: currencyAttributionChart(currency_attr, metrics.value),
          },
          asof_date,
        };
      },
    };
  },
);
