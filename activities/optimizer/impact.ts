/** Handler of `optimizer.analyze_impact`. */
import type { ArgsOf, Catalogue } from '../../src/capabilities';
import { EngineError } from '../../src/contract/errors';
import { withUser } from '../../src/db/pool';
import { findSecurities } from '../../src/db/securities';
import { Decimal, decimalText, sum } from '../../src/services/decimal';
import { beforeAndAfter, sideFigures } from '../../src/services/trade-impact';
import { type TradableLine, universeOf } from '../../src/services/trade-universe';
import type { Handler } from '../agent';
import { packSource } from '../analyst/pack-source';
import type { AnalystServices } from '../analyst/services';
import { requirePack, requirePortfolio } from '../portfolio-history';
import { covarianceOf } from './trades-risk';

const unclassified = 'not classified';
type Trade = ArgsOf<Catalogue['optimizer.analyze_impact']>['trades'][number];

/** @param upTo the trade and those before it */
function problemOf(
  { security_id, symbol }: Trade,
  upTo: readonly Trade[],
  lines: readonly TradableLine[],
): string | null {
  const line = lines.find((one) => one.security_id === security_id);
  if (!line) return `is of ${symbol}, which is not among the valued positions`;
  const own = upTo.filter((one) => one.security_id === security_id);
  const change = sum(own.map(({ side, quantity }) => new Decimal(quantity).times(side === 'buy' ? 1 : -1)));
  return line.quantity.plus(change).isNegative() ? `sells more of ${symbol} than is held` : null;
}

export function analyzeImpactHandler(services: AnalystServices): Handler<'optimizer.analyze_impact'> {
  return async (args, call) => {
    const universe = universeOf(args.positions);
    const ids = universe.lines.map(({ security_id }) => security_id);
    args.trades.forEach((trade, index) => {
      const problem = problemOf(trade, args.trades.slice(0, index + 1), universe.lines);
      if (problem === null) return;
      const message = `/trades/${String(index)} ${problem}. Give the positions that the trades were proposed for.`;
      throw new EngineError('ARGS_INVALID', message, { pointer: `/trades/${String(index)}` });
    });
    const { base_currency, pack, sectors } = await withUser(
      services.database,
      call.ctx.user_id,
      async (tx) => ({
        base_currency: (await requirePortfolio(tx, args.portfolio_id)).base_currency,
        pack: await requirePack(tx, args.pack_id),
        sectors: new Map((await findSecurities(tx, ids)).map(({ id, sector }) => [id, sector])),
      }),
    );
    const risk = await covarianceOf(services, args, call, ids);
    const covariance = 'covariance' in risk ? risk.covariance : undefined;
    const sides = beforeAndAfter(universe, args.trades);
    const [before, after] = [sideFigures(sides.before, covariance), sideFigures(sides.after, covariance)];
    const less = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
    const money = (a: string, b: string) => decimalText(new Decimal(a).minus(b));
    const delta = {
      value: money(after.value, before.value),
      cash: money(after.cash, before.cash),
      hhi: less(after.hhi, before.hhi),
      top_10: less(after.top_10, before.top_10),
      volatility: less(after.volatility, before.volatility),
    };
    const share = (indices: number[]) => {
      const of = (weights: number[]) => indices.reduce((sum, i) => sum + (weights[i] as number), 0);
      const [was, is] = [of(sides.before.weights), of(sides.after.weights)];
      return { before: was, after: is, delta: is - was };
    };
    const sectorOf = (id: string) => sectors.get(id) ?? unclassified;
    const names = [...new Set(ids.map(sectorOf))].sort();
    const code = 'reason' in risk ? risk.reason : undefined;
    const lacking = { ...(before.hhi === null && { hhi: 'ZERO_TOTAL', top_10: 'ZERO_TOTAL' }) };
    const why = {
      ...lacking,
      ...(before.volatility === null && { volatility: code ?? 'ZERO_TOTAL' }),
    };
    return {
      result: {
        ...{ asof_date: pack.date, base_currency, before, after, delta },
        weights: universe.lines.map(({ symbol }, i) => ({ symbol, ...share([i]) })),
        sectors: names.map((sector) => ({
          sector,
          ...share(ids.flatMap((id, i) => (sectorOf(id) === sector ? [i] : []))),
        })),
        not_valued: Object.keys(universe.not_valued).sort(),
        reasons: why,
      },
      ...packSource(pack),
    };
  };
}
