/** The handler of portfolio.realised_gains. */
import { totalGains, type GainTotals } from '../../src/services/realised-totals';
import type { Handler } from '../agent';
import { readOnPack } from './activity-ledger';
import { gainConvention, textsOf } from './activity-texts';
import { packSource } from './pack-source';
import type { AnalystServices } from './services';

export function realisedGainsHandler({ database }: AnalystServices): Handler<'portfolio.realised_gains'> {
  return async ({ from = null, long_term_days = 365, ...args }, call) =>
    readOnPack(
      database,
      { ...args, since: from },
      call,
      async (_tx, { activity, base_currency, pack, span }) => {
        const sales = activity.transactions
          .filter(({ type }) => type === 'SELL')
          .map((sale) => ({ sale, realised: activity.realise(sale) }));
        const { total, by_security, by_year } = totalGains(sales, long_term_days);
        return {
          result: {
            base_currency,
            from,
            to: span.to,
            total: totalsText(total),
            by_security: by_security.map(({ security_id, symbol, quantity, ...rest }) => ({
              security_id,
              symbol,
              ...textsOf({ quantity }),
              ...totalsText(rest),
            })),
            by_year: by_year.map(({ year, ...rest }) => ({ year, ...totalsText(rest) })),
            convention: { ...gainConvention, long_term_days },
          },
          ...packSource(pack),
        };
      },
    );
}

function totalsText({ sales, reasons, ...amounts }: GainTotals) {
  return { sales, ...textsOf(amounts), reasons };
}
