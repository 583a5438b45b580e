/** Finds the value that a condition watches, as of a pack, with what it is called in the alert's sentence. */
import type { AlertCondition } from '../../src/contract/alert-condition';
import type { Observed } from '../../src/services/alert-evaluation';
import { observeChange, observeLevel, observeRegimeShift } from './observe-economy';
import { observeNews } from './observe-news';
import { observeDrawdown, observeDrawdownAtRisk, observeMetric, observeValue } from './observe-portfolio';
import { observePrice, observeRating } from './observe-security';
import type { World } from './world';

/** A condition that is about a portfolio is only ever asked with one. @throws EngineError of a call that failed */
export function observe(condition: AlertCondition, world: World): Promise<Observed> {
  switch (condition.type) {
    case 'macro':
      return condition.measure === 'level'
        ? observeLevel(condition.indicator, world)
        : observeChange(condition.indicator, condition.over_days, world);
    case 'metric':
      return condition.metric === 'value'
        ? observeValue(world)
        : observeMetric(condition.metric, condition.lookback_days, world);
    case 'price':
      return observePrice(condition, world);
    case 'rating':
      return observeRating(condition.security_id, world);
    case 'drawdown_limit':
      return observeDrawdown(condition.lookback_days, world);
    case 'dar_breach':
      return observeDrawdownAtRisk(condition, world);
    case 'regime_shift':
      return observeRegimeShift(condition.over_days, world);
    case 'news_sentiment':
      return observeNews(condition, world);
  }
}
