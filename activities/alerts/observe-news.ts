/** What the news could mean for a portfolio. */
import { newsSearch } from '../../src/capabilities/harvester/news';
import { newsComputePortfolioImpact } from '../../src/capabilities/harvester/news-impact';
import { ledgerPositions } from '../../src/capabilities/financial-analyst';
import { pricingApplyPack } from '../../src/capabilities/analyst/positions-valuation';
import type { newsMeasures } from '../../src/contract/alert-condition';
import type { Observed } from '../../src/services/alert-evaluation';
import { portfolioOf, type World } from './world';

type Measure = (typeof newsMeasures)[number];

const words: Readonly<Record<Measure, string>> = {
  overall_sentiment: 'sentiment of the news about',
  total_impact_score: 'impact of the news on',
  weighted_impact: 'impact, with signs, of the news on',
};

export async function observeNews(
  { measure, lookback_hours }: { measure: Measure; lookback_hours?: number | undefined },
  world: World,
): Promise<Observed> {
  const { portfolio_id, pack_id } = portfolioOf(world);
  const held = await world.ask(ledgerPositions, { portfolio_id });
  const { positions } = await world.ask(pricingApplyPack, { positions: held.positions, pack_id });
  const found = await world.ask(newsSearch, {
    entities: positions,
    ...(lookback_hours !== undefined && { lookback_hours }),
  });
  const { news_items } = found;
  const impact = await world.ask(newsComputePortfolioImpact, { news_items, positions });
  return {
    subject: `The ${words[measure]} “${world.portfolioName}”`,
    value: impact[measure],
    unit: 'score',
    asof_date: world.ctx.asof_date,
    // Without articles it is the search that knows why.
    reason: (news_items === null ? found.reasons['news_items'] : impact.reasons[measure]) ?? null,
  };
}
