/** Handlers of the calculator's holdings and money: lots, statement, exchange rates, prices, reconciliation. */
import type { holdingsCatalogue } from '../../src/capabilities/calculator/holdings';
import { EngineError } from '../../src/contract/errors';
import { ledgerBalances } from '../../src/ledger/balance-series';
import { ledgerCommitHash } from '../../src/ledger/parse-ledger';
import { lookUpRates } from '../../src/services/fx-lookup';
import { summariseLots } from '../../src/services/lot-summary';
import { performanceStatement } from '../../src/services/performance-statement';
import { lookUpPrices } from '../../src/services/price-lookup';
import { lastBalances, reconcile } from '../../src/services/reconcile';
import type { HandlersOf } from '../agent';

export const holdingsHandlers: HandlersOf<keyof typeof holdingsCatalogue> = {
  'calc.lots': async ({ transactions, ...options }) => ({ result: summariseLots(transactions, options) }),
  'calc.fx_rate': async (args) => ({
    result: { rates: lookUpRates(args), before_first: args.before_first ?? 'not_available' },
  }),
  'calc.price': async ({ quotes, trades = [], dates }) => ({
    result: { prices: lookUpPrices(quotes, trades, dates) },
  }),
  'calc.performance_statement': async (args) => ({ result: performanceStatement(args) }),
  'calc.reconcile': async ({ ledger, balances, database }) => {
    if ((ledger === undefined) === (balances === undefined))
      throw new EngineError('ARGS_INVALID', 'Give either `ledger` (Beancount text) or `balances`.', {
        pointer: '/ledger',
      });
    const read = ledger === undefined ? null : ledgerBalances(ledger);
    const expected = read?.changes ?? balances ?? [];
    return {
      result: {
        balances: lastBalances(expected),
        differences: database === undefined ? [] : reconcile(expected, database, read !== null),
        failed_assertions: read?.failed_assertions ?? [],
        problems: read?.problems ?? [],
        ledger_commit_hash: ledger === undefined ? null : ledgerCommitHash(ledger),
      },
    };
  },
};
