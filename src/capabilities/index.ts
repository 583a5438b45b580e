/** The catalogue: every capability that an agent of this project answers, by name. */
import { alertsCatalogue } from './alerts';
import { analystCatalogue } from './analyst';
import { claudeCatalogue } from './claude';
import { harvesterCatalogue } from './harvester';
import { macroCatalogue } from './macro';
import { optimizerCatalogue } from './optimizer';
import { ratingsCatalogue } from './ratings';
import { reportsCatalogue } from './reports';
import type { Capability } from './capability';
import { calculatorCatalogue } from './calculator';
import * as analyst from './financial-analyst';

export * from './capability';
export { memoKey } from './memo-key';

/** Keyed by name, so that `ArgsOf<Catalogue['metrics.compute_twr']>` is a type. */
export const catalogue = {
  'ledger.positions': analyst.ledgerPositions,
  'charts.overview': analyst.chartsOverview,
  'portfolio.historical_nav': analyst.portfolioHistoricalNav,
  ...analystCatalogue,
  ...calculatorCatalogue,
  ...macroCatalogue,
  ...harvesterCatalogue,
  ...claudeCatalogue,
  ...ratingsCatalogue,
  ...optimizerCatalogue,
  ...alertsCatalogue,
  ...reportsCatalogue,
} as const satisfies { [N in string]: Capability<N> };

export type Catalogue = typeof catalogue;
export type CapabilityName = keyof Catalogue;

/** Second names, for patterns written against an older catalogue. */
export const aliases = analyst.financialAnalystAliases;
