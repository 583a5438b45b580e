/** What can be asked of the agent `data_harvester`: data of providers: fundamentals, news, corporate actions. */
import {
  corporateActionsDividends,
  corporateActionsEarnings,
  corporateActionsSplits,
} from './corporate-actions';
import { providerFetchMacro } from './economy';
import { fundamentalsLoad } from './fundamentals';
import { newsSearch, providerFetchNews } from './news';
import { newsComputePortfolioImpact } from './news-impact';
import { providerFetchQuote } from './quote';
import { providerFetchRatios } from './ratios';

export const harvesterCatalogue = {
  'provider.fetch_quote': providerFetchQuote,
  'provider.fetch_macro': providerFetchMacro,
  'provider.fetch_news': providerFetchNews,
  'provider.fetch_ratios': providerFetchRatios,
  'fundamentals.load': fundamentalsLoad,
  'corporate_actions.dividends': corporateActionsDividends,
  'corporate_actions.splits': corporateActionsSplits,
  'corporate_actions.earnings': corporateActionsEarnings,
  'news.search': newsSearch,
  'news.compute_portfolio_impact': newsComputePortfolioImpact,
} as const;
