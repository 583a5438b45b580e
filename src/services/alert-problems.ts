/** What is wrong with an alert beyond its schema: units that do not fit, and portfolios and securities that are not there. */
import { type AlertCondition, alertMetrics, portfolioTypes } from '../contract/alert-condition';
import type { Problem } from '../contract/errors';

/** What is known of what an alert names; `null`: it is not there, or nothing is named. */
export interface AlertFacts {
  portfolio: { base_currency: string } | null;
  security: { symbol: string; currency: string } | null;
}

/** Pointers are those of the alert's own members. */
export function alertProblems(
  condition: AlertCondition,
  portfolioId: string | null,
  { portfolio, security }: AlertFacts,
): Problem[] {
  const problems: Problem[] = [];
  const add = (pointer: string, message: string): void => {
    problems.push({ code: 'REQUEST_INVALID', pointer, message });
  };
  const addUnit = (what: string, unit: string): void => {
    if (condition.unit !== unit) add('/condition/unit', `has to be ${unit}: ${what}`);
  };
  if (portfolioTypes.includes(condition.type) && portfolioId === null)
    add('/portfolio_id', `is missing: a condition of the type ${condition.type} is about a portfolio`);
  if (condition.type === 'metric') {
    if (condition.metric !== 'value')
      addUnit(`${condition.metric} is a ${alertMetrics[condition.metric]}`, alertMetrics[condition.metric]);
    else if (portfolio) addUnit('it is the portfolio’s base currency', portfolio.base_currency);
  }
  if (condition.type === 'price' || condition.type === 'rating') {
    if (!security) add('/condition/security_id', 'is no known security; see `dawsos securities`');
    else if (condition.type === 'price') addUnit(`${security.symbol} trades in it`, security.currency);
  }
  return problems;
}
