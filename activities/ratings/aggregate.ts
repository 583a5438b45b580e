/** Handler of `ratings.aggregate`. */
import type { ArgsOf, Catalogue } from '../../src/capabilities';
import { ratingsChart } from '../../src/services/chart-ratings';
import { refuseArgument } from '../../src/services/invalid-argument';
import {
  aggregateMethod,
  type CompanyFigures,
  partWeights,
  scoreCompanies,
} from '../../src/services/rubric-aggregate';
import type { Handler } from '../agent';
import { inputsOf } from './inputs';

type Args = ArgsOf<Catalogue['ratings.aggregate']>;

export const aggregateRatings: Handler<'ratings.aggregate'> = async (args, { ctx: { asof_date } }) => {
  const scored = scoreCompanies(companiesOf(args), args.positions ? 'NO_QUOTE' : 'NO_WEIGHTS');
  const chart = ratingsChart(scored.ratings, asof_date);
  return {
    result: { ...scored, part_weights: partWeights, method: aggregateMethod, chart },
    asof_date,
  };
};

/** What is held; without positions the companies that figures are given of: one of them has all the weight. */
function companiesOf({ positions, fundamentals = [], switching_costs = [] }: Args): CompanyFigures[] {
  const known = fundamentals.filter((one) => one !== null);
  const byId = new Map(known.map((one) => [one.security_id, one]));
  if (byId.size < known.length) refuseArgument('/fundamentals', 'has a company twice');
  const judged = new Map(switching_costs.map(({ security_id, value }) => [security_id, value]));
  const company = (security_id: string | null, symbol: string, value: string | null): CompanyFigures => {
    const figures = byId.get(security_id ?? '');
    return {
      ...{ security_id, symbol, value, currency: figures?.currency ?? null },
      inputs: figures ? inputsOf(figures, judged.get(figures.security_id) ?? undefined) : null,
    };
  };
  if (positions)
    return positions
      .filter(({ asset_class }) => asset_class !== 'cash')
      .map(({ security_id, symbol, value }) => company(security_id, symbol, value));
  return known.map(({ security_id, symbol }) =>
    company(security_id, symbol, known.length === 1 ? '1' : null),
  );
}
