/** What is wrong with an alert beyond its schema: a measure's unit, and a portfolio where one is needed. */
import { type AlertCondition, alertMetrics, portfolioTypes } from '../contract/alert-condition';
import type { Problem } from '../contract/errors';

/** @param pointer of the alert in what was sent; members are named below it */
export function alertProblems(
  condition: AlertCondition,
  portfolioId: string | null | undefined,
  pointer = '',
): Problem[] {
  const problems: Problem[] = [];
  const add = (at: string, message: string): void => {
    problems.push({ code: 'REQUEST_INVALID', pointer: `${pointer}${at}`, message });
  };
  if (condition.type === 'metric' && condition.metric !== 'value') {
    const unit = alertMetrics[condition.metric];
    if (condition.unit !== unit)
      add('/condition/unit', `${condition.metric} is a ${unit}, so its threshold has to be one: "${unit}"`);
  }
  if (portfolioTypes.includes(condition.type) && portfolioId == null)
    add('/portfolio_id', `a condition of the type ${condition.type} needs the portfolio that is meant`);
  return problems;
}
