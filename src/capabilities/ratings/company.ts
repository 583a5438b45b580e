/** `ratings.dividend_safety`, `ratings.moat_strength` and `ratings.resilience`: a company by one rubric each. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, Reasons, Uuid } from '../../contract/scalars';
import { Fundamentals } from '../harvester/fundamentals';
import { Chart, closed, Component, define, Method, score, SwitchingCosts } from './define';

const args = { security_id: Uuid, fundamentals: Fundamentals };

const result = Type.Object(
  {
    security_id: Uuid,
    symbol: Type.String(),
    asof_date: IsoDate,
    currency: Nullable(Currency),
    ...score,
    covered_weight: Type.Number({ description: 'weights of the components that are known, from 0 to 1' }),
    components: Type.Array(Component),
    method: Method,
    chart: Chart,
    reasons: Reasons,
  },
  { ...closed, title: 'CompanyRating' },
);

const shared = { result, displayTtlSeconds: 86_400 } as const;

export const ratingsDividendSafety = define({
  name: 'ratings.dividend_safety',
  summary:
    'How safe a company’s dividend is, from 0 to 10: payout, cover by free cash flow, streak of rises, net cash. Of a company that pays none it is withheld.',
  args: Type.Object(args, closed),
  ...shared,
});

export const ratingsMoatStrength = define({
  name: 'ratings.moat_strength',
  summary:
    'How well a company keeps competitors away, from 0 to 10: return on equity, gross margin, intangibles, switching costs.',
  args: Type.Object({ ...args, switching_costs: Type.Optional(SwitchingCosts) }, closed),
  ...shared,
});

export const ratingsResilience = define({
  name: 'ratings.resilience',
  summary:
    'How well a company can bear a bad time, from 0 to 10: debt to equity, current ratio, interest cover, steadiness of margins. No interest expense is a case of its own, not a cover.',
  args: Type.Object(args, closed),
  ...shared,
});
