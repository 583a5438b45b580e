/** Handler of `fundamentals.load`. */
import type { Pool } from 'pg';
import { withUser } from '../../src/db/pool';
import { isKeyMissing } from '../../src/providers/require-key';
import {
  deriveFundamentals,
  type DerivedFundamentals,
  withoutFundamentals,
} from '../../src/services/fundamentals-derive';
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
      const { symbol, name, asset_class } = security;
      // Funds and indices file no such statements; a company of the same ticker might.
      const found =
        asset_class === 'equity'
          ? await derive(symbol, asof_date, signal)
          : withoutFundamentals('NOT_A_COMPANY');
      return {
        result: { security_id, symbol, name, asof_date, ...found, ...fetchedFrom('fmp') },
        source: 'provider:fmp',
        asof_date: found.latest_filing,
      };
    },
  };
}
