/** Handler of `fundamentals.load`. */
import type { Pool } from 'pg';
import { withUser } from '../../src/db/pool';
import { isKeyMissing } from '../../src/providers/require-key';
import {
  deriveFundamentals,
  type DerivedFundamentals,
  withoutFundamentals,
} from '../../src/services/fundamentals-derive';
import type { SecurityRow } from '../../src/db/securities';
import type { HandlersOf } from '../agent';
import { requireSecurity } from '../analyst/positions-held';
import { fetchedFrom, type HarvesterServices } from './services';

/** As many fiscal years as it gives: a run of long ago needs old ones, and a streak is as long as it is. */
const mostYears = 40;

export function fundamentalHandlers({
  database,
  providers: { fmp },
}: HarvesterServices & { database: Pool }): HandlersOf<'fundamentals.load'> {
  const derive = async (
    symbol: string,
    asofDate: string,
    signal: AbortSignal,
  ): Promise<DerivedFundamentals> => {
    const asked = { symbol, limit: mostYears, signal };
    try {
      const [income, balance_sheet, cash_flow] = await Promise.all([
        fmp.incomeStatements(asked),
        fmp.balanceSheets(asked),
        fmp.cashFlows(asked),
      ]);
      return deriveFundamentals({ income, balance_sheet, cash_flow }, asofDate);
    } catch (error) {
      if (!isKeyMissing(error)) throw error;
      return withoutFundamentals('KEY_MISSING');
    }
  };

  return {
    'fundamentals.load': async ({ security_id }, { ctx: { user_id, asof_date }, signal }) => {
      const security = await withUser(database, user_id, (tx) => requireSecurity(tx, security_id));
      const { symbol, name } = security;
      const why = whyNotAsked(security);
      const found = why === null ? await derive(symbol, asof_date, signal) : withoutFundamentals(why);
      return {
        result: { security_id, symbol, name, asof_date, ...found, ...fetchedFrom('fmp') },
        // Where it told of no statement, nothing is the provider's.
        ...((found.latest_filing !== null || found.left_out.length > 0) && { source: 'provider:fmp' }),
        asof_date: found.latest_filing,
      };
    },
  };
}

/** Either would be answered with the figures of another company that has the same ticker. */
function whyNotAsked({ asset_class, currency, symbol }: SecurityRow): string | null {
  if (asset_class !== 'equity') return 'NOT_A_COMPANY';
  // FMP writes the exchange behind a point: RY.TO is what RY is not.
  return currency === 'USD' || symbol.includes('.') ? null : 'NOT_A_US_TICKER';
}
