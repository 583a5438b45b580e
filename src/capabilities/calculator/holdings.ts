/** The calculator's holdings and money: lots, statement, exchange rates, prices, reconciliation. */
import { lots } from './lots';
import { fxRate, price } from './market-data';
import { reconcile } from './reconcile';
import { performanceStatement } from './statement';

export const holdingsCatalogue = {
  'calc.lots': lots,
  'calc.fx_rate': fxRate,
  'calc.price': price,
  'calc.performance_statement': performanceStatement,
  'calc.reconcile': reconcile,
} as const;
