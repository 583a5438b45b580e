/** Handlers of the pure part of tax harvesting: losses worth taking, the tax they put off, their order. */
import type { Catalogue, ResultOf } from '../../src/capabilities';
import { EngineError } from '../../src/contract/errors';
import { harvestChart } from '../../src/services/chart-tax';
import { Decimal, decimalText } from '../../src/services/decimal';
import { benefitOf } from '../../src/services/tax-benefit';
import { identifyLosses as findLosses } from '../../src/services/tax-losses';
import { rankBenefits } from '../../src/services/tax-rank';
import type { Handler } from '../agent';

export const identifyLosses: Handler<'tax.identify_losses'> = ({ unrealized, min_loss_threshold = 1000 }) => {
  const { asof_date, base_currency, lots } = unrealized;
  const threshold = new Decimal(min_loss_threshold);
  if (threshold.isNegative() && !threshold.isZero())
    throw new EngineError(
      'ARGS_INVALID',
      `/min_loss_threshold is ${threshold.toFixed()}: a loss is given as an amount above 0.`,
      { pointer: '/min_loss_threshold' },
    );
  const found = findLosses(lots, threshold);
  const result = { asof_date, base_currency, min_loss_threshold: decimalText(threshold), ...found };
  return Promise.resolve({ result, asof_date });
};

export const calculateBenefit: Handler<'tax.calculate_benefit'> = ({
  losses,
  wash_sale_check: checks,
  avoid_wash_sales = true,
  tax_rate,
  long_term_tax_rate,
}) => {
  const { asof_date, base_currency } = losses;
  if (checks.asof_date !== asof_date)
    throw new EngineError(
      'ARGS_INVALID',
      `/wash_sale_check is of ${checks.asof_date}, /losses of ${asof_date}. Ask both at the same pack.`,
      { pointer: '/wash_sale_check' },
    );
  const longRate = long_term_tax_rate ?? tax_rate;
  const benefits = losses.candidates.map((loss) => {
    const known = checks.securities.find(({ security_id }) => security_id === loss.security_id) ?? null;
    return benefitOf(loss, checks.not_known.includes(loss.symbol) ? null : known, {
      ...{ asof: asof_date, windowDays: checks.window_days, avoidWashSales: avoid_wash_sales },
      ...{ shortRate: new Decimal(tax_rate), longRate: new Decimal(longRate) },
    });
  });
  const result: ResultOf<Catalogue['tax.calculate_benefit']> = {
    ...{ asof_date, base_currency, avoid_wash_sales, tax_rate, long_term_tax_rate: longRate, benefits },
    convention: {
      benefit:
        'tax put off: what the loss saves now is due when shares bought back at the lower cost are sold',
      rates:
        long_term_tax_rate == null
          ? 'one rate for both terms, for no other was given; enough gains to offset are assumed'
          : 'each term offsets gains of its own rate; enough gains to offset are assumed',
      wash_sales: checks.rule,
    },
  };
  return Promise.resolve({ result, asof_date });
};

export const rankOpportunities: Handler<'tax.rank_opportunities'> = ({ benefits: given }) => {
  const { asof_date, base_currency, benefits, convention } = given;
  const result = {
    ...{ asof_date, base_currency, ...rankBenefits(benefits) },
    chart: harvestChart(benefits, asof_date, base_currency),
    note: `${convention.benefit}. ${convention.rates}. ${convention.wash_sales}`,
  };
  return Promise.resolve({ result, asof_date });
};
