/** The daily history of each position of a portfolio over a window, with the names of the securities. */
import { withUser } from '../../src/db/pool';
import { type PositionFlowRow, positionFlows } from '../../src/db/position-history';
import { findSecurities, type SecurityRow } from '../../src/db/securities';
import {
  type PositionHistory,
  positionHistory,
  type PositionSeries,
} from '../../src/services/position-history';
import type { NoWindow, Window } from '../../src/services/window';
import type { Call } from '../agent';
import { ledgerCommitOf, type PortfolioHistory } from '../portfolio-history';
import type { AnalystServices } from './services';

export interface PositionsOfWindow {
  portfolio: PortfolioHistory;
  window: Window | NoWindow;
  /** Securities by symbol, then the cash, fees and taxes of each currency. */
  positions: PositionHistory | NoWindow;
  securities: ReadonlyMap<string, SecurityRow>;
  /** What went into them and came out of them, since the ledger began. */
  flows: readonly PositionFlowRow[];
}

export async function positionsOfWindow(
  { database, historyOf }: AnalystServices,
  args: { portfolio_id: string; pack_id: string; lookback_days?: number },
  call: Call<'user_id' | 'portfolio_id'>,
): Promise<PositionsOfWindow> {
  const portfolio = await historyOf(args, call);
  const { window, inputs, pack } = portfolio;
  if ('reason' in window) return { portfolio, window, positions: window, securities: new Map(), flows: [] };
  const { portfolio_id } = args;
  const span = {
    portfolio_id,
    ledger_commit_hash: ledgerCommitOf(call, portfolio_id),
    to: pack.date,
  };
  const { flows, securities } = await withUser(database, call.ctx.user_id, async (tx) => {
    const paid = await positionFlows(tx, span);
    const ids = new Set([...inputs.holding_changes, ...paid].flatMap(({ security_id }) => security_id ?? []));
    return {
      flows: paid,
      securities: new Map((await findSecurities(tx, [...ids])).map((row) => [row.id, row])),
    };
  });
  const positions = positionHistory(inputs, flows, window.values);
  const symbolOf = (id: string | null) => (id === null ? undefined : securities.get(id)?.symbol);
  positions.positions.sort((a, b) => compare(symbolOf(a.security_id), symbolOf(b.security_id)));
  return { portfolio, window, positions, securities, flows };
}

/** What has a symbol first; the rest stays in its order. */
function compare(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined || a < b ? -1 : 1;
}

/** What a row is called: a security as its master data say, anything else after its currency. */
export function namesOf(
  { kind, security_id, currency }: Pick<PositionSeries, 'kind' | 'security_id' | 'currency'>,
  securities: PositionsOfWindow['securities'],
): { symbol: string; name: string } {
  const security = security_id === null ? undefined : securities.get(security_id);
  return security
    ? { symbol: security.symbol, name: security.name }
    : { symbol: currency, name: `${currency} ${kind}` };
}
