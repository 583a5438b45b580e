/** Measures of a portfolio: its value, its returns and their risk. */
import { ledgerPositions } from '../../src/capabilities/financial-analyst';
import { metricsComputeRisk } from '../../src/capabilities/analyst/performance-risk';
import { metricsComputeTwr } from '../../src/capabilities/analyst/performance-twr';
import { pricingApplyPack } from '../../src/capabilities/analyst/positions-valuation';
import { macroComputeDar } from '../../src/capabilities/macro/dar';
import { type AlertMetric, alertMetrics } from '../../src/contract/alert-condition';
import type { Observed } from '../../src/services/alert-evaluation';
import { portfolioOf, type World } from './world';

const words: Readonly<Record<AlertMetric, string>> = {
  twr: 'time-weighted return',
  annual_return: 'annual return',
  volatility: 'volatility',
  max_drawdown: 'maximum drawdown',
  sharpe_ratio: 'Sharpe ratio',
  sortino_ratio: 'Sortino ratio',
};

export async function observeValue(world: World): Promise<Observed> {
  const { portfolio_id, pack_id } = portfolioOf(world);
  const { positions } = await world.ask(ledgerPositions, { portfolio_id });
  const { total_value, base_currency, reasons } = await world.ask(pricingApplyPack, { positions, pack_id });
  return {
    subject: `The value of “${world.portfolioName}”`,
    value: total_value,
    unit: base_currency,
    asof_date: world.ctx.asof_date,
    reason: reasons['total_value'] ?? null,
  };
}

export async function observeMetric(
  metric: AlertMetric,
  lookback_days: number | undefined,
  world: World,
): Promise<Observed> {
  const args = { ...portfolioOf(world), ...(lookback_days !== undefined && { lookback_days }) };
  const common = {
    subject: `The ${words[metric]} of “${world.portfolioName}” ${windowWords(lookback_days)}`,
    unit: alertMetrics[metric],
    asof_date: world.ctx.asof_date,
  };
  if (metric === 'twr') {
    const { value, reasons } = await world.ask(metricsComputeTwr, args);
    return { ...common, value, reason: reasons['value'] ?? null };
  }
  const result = await world.ask(metricsComputeRisk, args);
  return { ...common, value: result[metric], reason: result.reasons[metric] ?? null };
}

/** The present fall as a positive size, as the limit is stated. */
export async function observeDrawdown(lookback_days: number | undefined, world: World): Promise<Observed> {
  const args = { ...portfolioOf(world), ...(lookback_days !== undefined && { lookback_days }) };
  const { current_drawdown, current_peak, reasons } = await world.ask(metricsComputeRisk, args);
  return {
    subject: `The present drawdown of “${world.portfolioName}” ${windowWords(lookback_days)}`,
    value: current_drawdown === null ? null : Math.abs(current_drawdown),
    unit: 'fraction',
    asof_date: world.ctx.asof_date,
    reason: reasons['current_drawdown'] ?? null,
    ...(current_peak !== null && { note: `Its highest was on ${current_peak}.` }),
  };
}

export async function observeDrawdownAtRisk(
  { confidence, horizon_days }: { confidence?: number | undefined; horizon_days?: number | undefined },
  world: World,
): Promise<Observed> {
  const result = await world.ask(macroComputeDar, {
    ...portfolioOf(world),
    ...(confidence !== undefined && { confidence }),
    ...(horizon_days !== undefined && { horizon_days }),
  });
  const horizon = `${String(result.horizon_days)} trading days`;
  return {
    subject: `The drawdown at risk of “${world.portfolioName}” over ${horizon} at ${String(result.confidence)} confidence`,
    value: result.drawdown_at_risk,
    unit: 'fraction',
    asof_date: world.ctx.asof_date,
    reason: result.reasons['drawdown_at_risk'] ?? null,
  };
}

function windowWords(days: number | undefined): string {
  return days === undefined ? 'since inception' : `over ${String(days)} trading days`;
}
