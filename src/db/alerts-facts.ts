/** What is known of the portfolio and the security that an alert names. */
import type { AlertCondition } from '../contract/alert-condition';
import type { Tx } from './pool';
import { findPortfolio, type PortfolioRow } from './portfolios';
import { findSecurities, type SecurityRow } from './securities';

export async function alertFacts(
  tx: Tx,
  condition: AlertCondition,
  portfolioId: string | null,
): Promise<{ portfolio: PortfolioRow | null; security: SecurityRow | null }> {
  const portfolio = portfolioId === null ? null : await findPortfolio(tx, portfolioId);
  const [security] = 'security_id' in condition ? await findSecurities(tx, [condition.security_id]) : [];
  return { portfolio, security: security ?? null };
}
