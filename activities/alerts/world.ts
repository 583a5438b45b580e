/** What an observation may ask, and of which portfolio. */
import type { RequestContext } from '../../src/contract/request-context';
import type { Ask } from './calls';

export interface World {
  ask: Ask;
  ctx: RequestContext;
  /** Of the portfolio in the context. */
  portfolioName: string;
  /** The newest fresh pack so many calendar days before the pack's day or earlier; `null`: there is none. */
  packBefore(days: number): Promise<{ id: string; date: string } | null>;
  securityOf(id: string): Promise<{ symbol: string; name: string } | null>;
}

/** The portfolio that the context names. */
export function portfolioOf({ ctx }: World): { portfolio_id: string; pack_id: string } {
  if (ctx.portfolio_id === null) throw new Error('a condition about a portfolio was asked without one');
  return { portfolio_id: ctx.portfolio_id, pack_id: ctx.pricing_pack_id };
}
