/** Handler of `optimizer.propose_trades`. */
import type { ArgsOf, Catalogue, ResultOf } from '../../src/capabilities';
import { withUser } from '../../src/db/pool';
import { openLotsOf } from '../../src/db/position-lots';
import { findSecurities } from '../../src/db/securities';
import type { PositionLot } from '../../src/contract/ledger-rows';
import { Decimal, decimalText, roundMoney, sum } from '../../src/services/decimal';
import { refuseArgument } from '../../src/services/invalid-argument';
import { type Rules, rulesOf } from '../../src/services/policy-rules';
import { lotsToSell, type SaleMethod } from '../../src/services/trade-lots';
import { proposeTrades, type ProposalRequest } from '../../src/services/trade-proposal';
import { type TradableLine, type Universe, universeOf } from '../../src/services/trade-universe';
import type { Handler } from '../agent';
import { packSource } from '../analyst/pack-source';
import type { AnalystServices } from '../analyst/services';
import { ledgerCommitOf, requirePack, requirePortfolio } from '../portfolio-history';
import { covarianceOf } from './trades-risk';
import { rationaleOf } from './trades-rationale';

type Args = ArgsOf<Catalogue['optimizer.propose_trades']>;
type Result = ResultOf<Catalogue['optimizer.propose_trades']>;
type Trade = Result['trades'][number];

const convention = {
  objective: 'least Σ(weight − wanted weight)²; what no target names is wanted as it is',
  costs: 'commission of each trade and impact on its amount, paid from cash; turnover counts buys and sells',
  shares: 'sales rounded up, purchases down; limits hold for the rounded trades, of the value after costs',
  tracking_error:
    '√(d′Σd), d the change of weights, Σ 252 × sample covariance of daily returns in base, at most 252 days',
};

export function proposeTradesHandler(services: AnalystServices): Handler<'optimizer.propose_trades'> {
  return async (args, call) => {
    const { portfolio_id, pack_id, constraints = {}, lot_selection_method: method = 'fifo' } = args;
    const universe = universeOf(args.positions);
    checkSize(universe);
    const ids = universe.lines.map(({ security_id }) => security_id);
    const ledger_commit_hash = ledgerCommitOf(call, portfolio_id);
    const { base_currency, pack, sectors, lots } = await withUser(
      services.database,
      call.ctx.user_id,
      async (tx) => {
        const portfolio = await requirePortfolio(tx, portfolio_id);
        const found = await requirePack(tx, pack_id);
        const day = { portfolio_id, ledger_commit_hash, asof_date: found.date };
        const open = new Map<string, PositionLot[]>();
        for (const id of ids) open.set(id, await openLotsOf(tx, day, id));
        const rows = await findSecurities(tx, ids);
        return {
          base_currency: portfolio.base_currency,
          pack: found,
          sectors: new Map(rows.map(({ id, sector }) => [id, sector])),
          lots: open,
        };
      },
    );
    const rules = rulesFor(args, universe, sectors);
    const risk = await covarianceOf(services, args, call, ids);
    const head = { asof_date: pack.date, base_currency, lot_selection_method: method, convention };
    const covariance = 'covariance' in risk ? risk.covariance : undefined;
    const code = !universe.value.gt(0)
      ? 'ZERO_TOTAL'
      : 'reason' in risk && constraints.max_te_pct !== undefined
        ? risk.reason
        : undefined;
    const request = requestOf(args, universe, rules, covariance);
    const proposal = code === undefined ? proposeTrades(request) : null;
    const shared = { ...head, ...sharedOf(universe, rules) };
    const answer = (rest: Partial<Result>) => ({
      result: { ...shared, ...nothing(universe), ...rest },
      ...packSource(pack),
    });
    if (!proposal)
      return answer({ status: 'not_available', reasons: noFigures(code ?? 'MISSING_INPUT', true) });
    if ('conflicts' in proposal) {
      const conflicts = proposal.conflicts.map((constraint) => ({
        constraint,
        says: rules.limits.find(({ name }) => name === constraint)?.says ?? words(constraint, args),
      }));
      return answer({ status: 'infeasible', conflicts, reasons: noFigures('INFEASIBLE', true) });
    }
    const proposed = tradesOf(proposal.deltas, { universe, rules, request, lots, method });
    const costs = sum(proposed.map(({ cost_base }) => new Decimal(cost_base)));
    const traded = sum(proposed.map(({ value_base }) => new Decimal(value_base)));
    const net = sum(
      proposed.map(({ side, value_base }) => new Decimal(value_base).times(side === 'buy' ? 1 : -1)),
    );
    const gains = proposed.map(({ gain_base }) => gain_base);
    const noGain = proposed.find(({ gain_base }) => gain_base === null)?.reasons['gain_base'];
    const reasonTe = 'reason' in risk ? risk.reason : undefined;
    return answer({
      status: proposed.length > 0 ? 'proposed' : 'nothing_to_do',
      trades: proposed,
      trade_count: proposed.length,
      value_after: decimalText(roundMoney(universe.value).minus(costs)),
      cash_after: decimalText(roundMoney(universe.cash).minus(net).minus(costs)),
      turnover: traded.div(universe.value).toNumber(),
      costs: decimalText(costs),
      tracking_error: proposal.tracking_error,
      realised_gain_base:
        noGain !== undefined ? null : decimalText(sum(gains.map((gain) => new Decimal(gain ?? 0)))),
      reasons: {
        ...(reasonTe !== undefined && { tracking_error: reasonTe }),
        ...(noGain !== undefined && { realised_gain_base: noGain }),
      },
    });
  };
}

/** The solver's time grows with the cube of it: ten seconds here, minutes at twice as many. */
const mostSecurities = 150;

function checkSize({ lines }: Universe): void {
  if (lines.length > mostSecurities)
    refuseArgument(
      '/positions',
      `has ${String(lines.length)} securities; trades are proposed for at most ${String(mostSecurities)}`,
    );
}

function rulesFor(
  { policies = [], ratings, constraints = {} }: Args,
  { lines, value }: Universe,
  sectors: ReadonlyMap<string, string | null>,
): Rules {
  const rated = new Map((ratings ?? []).map((row) => [row.symbol, row]));
  const holdings = lines.map(({ symbol, security_id, quantity, unit }) => ({
    symbol,
    weight: value.gt(0) ? quantity.times(unit).div(value).toNumber() : 0,
    sector: sectors.get(security_id) ?? null,
    ratings: rated.get(symbol) ?? {},
  }));
  return rulesOf(holdings, policies, constraints);
}

function requestOf(
  { constraints = {}, costs = {} }: Args,
  { lines, cash }: Universe,
  { limits, targets, kept }: Rules,
  covariance: number[][] | undefined,
): ProposalRequest {
  const fraction = (pct: number | undefined): number | undefined =>
    pct === undefined ? undefined : pct / 100;
  return {
    holdings: lines,
    ...{ cash, limits, targets, covariance },
    places: constraints.share_places ?? 0,
    min_lot: new Decimal(constraints.min_lot_value ?? 0),
    commission: new Decimal(costs.commission ?? 0),
    cost_rate: new Decimal(costs.impact_bps ?? 0).div(10_000),
    least_cash: (constraints.cash_pct ?? 0) / 100,
    max_turnover: fraction(constraints.max_turnover_pct),
    max_tracking_error: fraction(constraints.max_te_pct),
    still: new Set(lines.flatMap(({ symbol }, i) => (Object.hasOwn(kept, symbol) ? [i] : []))),
  };
}

interface Proposed {
  universe: Universe;
  rules: Rules;
  request: ProposalRequest;
  lots: ReadonlyMap<string, PositionLot[]>;
  method: SaleMethod;
}

function tradesOf(deltas: readonly Decimal[], proposed: Proposed): Trade[] {
  const { universe, rules, request } = proposed;
  const { lines, value } = universe;
  const amountOf = (i: number): Decimal =>
    (deltas[i] as Decimal).abs().times((lines[i] as TradableLine).unit);
  const costOf = (i: number): Decimal => amountOf(i).times(request.cost_rate).plus(request.commission);
  const traded = lines.flatMap((_, i) => ((deltas[i] as Decimal).isZero() ? [] : [i]));
  const after = value.minus(sum(traded.map(costOf)));
  return traded.map((i): Trade => {
    const line = lines[i] as TradableLine;
    const delta = deltas[i] as Decimal;
    const isSale = delta.isNegative();
    const sold = isSale
      ? lotsToSell(proposed.lots.get(line.security_id) ?? [], delta.abs(), line.unit, proposed.method)
      : { lots: [], gain_base: '0', reason: null };
    const { lots, gain_base, reason } = sold;
    const weight = (shares: Decimal, of: Decimal): number => shares.times(line.unit).div(of).toNumber();
    return {
      ...{ security_id: line.security_id, symbol: line.symbol, side: isSale ? 'sell' : 'buy' },
      quantity: decimalText(delta.abs()),
      ...{ currency: line.currency, price: line.price, rate_base_per_local: line.rate },
      value_local: line.price && decimalText(delta.abs().times(line.price)),
      value_base: decimalText(roundMoney(amountOf(i))),
      cost_base: decimalText(roundMoney(costOf(i))),
      weight_before: weight(line.quantity, value),
      weight_after: weight(line.quantity.plus(delta), after),
      ...{ lots, gain_base },
      rationale: rationaleOf(i, isSale, rules, lines, value),
      reasons: {
        ...(line.price === null && {
          price: line.reasons['price'] ?? 'PRICE_CURRENCY_MISMATCH',
          value_local: line.reasons['price'] ?? 'PRICE_CURRENCY_MISMATCH',
        }),
        ...(reason !== null && { gain_base: reason }),
      },
    };
  });
}

function sharedOf({ not_valued }: Universe, { kept, unclassified }: Rules) {
  const all = Object.entries({ ...kept, ...not_valued }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { kept: all.map(([symbol, reason]) => ({ symbol, reason })), unclassified };
}

function nothing({ value, cash }: Universe) {
  const [worth, money] = [decimalText(roundMoney(value)), decimalText(roundMoney(cash))];
  return {
    status: 'nothing_to_do' as const,
    ...{ trades: [], trade_count: 0, conflicts: [] },
    ...{ value_before: worth, value_after: worth, cash_before: money, cash_after: money },
    ...{ turnover: null, costs: '0', tracking_error: null, realised_gain_base: null },
    reasons: {},
  };
}

function noFigures(code: string, hasNoTrades: boolean) {
  const fields = ['turnover', 'tracking_error', 'realised_gain_base', ...(hasNoTrades ? ['trades'] : [])];
  return Object.fromEntries(fields.map((field) => [field, code]));
}

function words(constraint: string, { constraints = {} }: Args): string {
  const figure = (constraints as Record<string, number | undefined>)[constraint];
  if (figure !== undefined) return `${constraint} is ${String(figure)}`;
  return constraint === 'rounding_and_costs'
    ? 'what rounding to shares and costs take away, beside the rules named here'
    : 'cash may not end below 0';
}
