/** `corporate_actions.upcoming` and `corporate_actions.calculate_impact`: what is known to come, and what it brings. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, PackId, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { Position } from '../holdings';
import { amount, capability, closed, decimal } from './activity-define';
import { historyCall, portfolioArgs } from './window';

const actionMembers = {
  security_id: Uuid,
  symbol: Type.String(),
  type: StringEnum(['dividend', 'split'] as const),
  ex_date: IsoDate,
  pay_date: Nullable(IsoDate),
  amount: amount('cash per share before tax, in `currency`; null for a split'),
  currency: Nullable(Currency),
  ratio: amount('new shares for one old; null for a dividend'),
  known_on: Type.Unsafe<string>({ ...IsoDate, description: 'day of the pack that told of it' }),
  next_event: StringEnum(['ex', 'pay'] as const, 'which of its two days comes next'),
  next_date: IsoDate,
  days_until: Type.Integer({ minimum: 1, description: 'calendar days from the pack’s day to `next_date`' }),
  entitled_quantity: amount(
    'shares held on the evening before the ex-date, where that day has come; null: NOT_YET_DUE',
  ),
  reasons: Reasons,
};

export const UpcomingAction = Type.Object(actionMembers, { ...closed, title: 'UpcomingAction' });

export const corporateActionsUpcoming = capability({
  name: 'corporate_actions.upcoming',
  summary:
    'Dividends and splits known at the pack whose ex-date or pay date lies after its day, for what is held or was held ' +
    'before the ex-date. What nobody has announced yet is not in it.',
  args: Type.Object(
    {
      ...portfolioArgs,
      days_ahead: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 366,
          description: 'calendar days after the pack’s day; default 90',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      until: Type.Unsafe<string>({ ...IsoDate, description: 'last day, inclusive' }),
      actions: Type.Array(UpcomingAction, { description: 'by `next_date`, then symbol' }),
      summary: Type.Object(
        {
          total_actions: Type.Integer({ minimum: 0, description: 'dividends and splits' }),
          dividends: Type.Integer({ minimum: 0, description: 'how many of them' }),
          splits: Type.Integer({ minimum: 0, description: 'how many of them' }),
        },
        closed,
      ),
      convention: Type.Object({ known: Type.String(), entitlement: Type.String() }, closed),
    },
    closed,
  ),
  ...historyCall,
});

export const corporateActionsCalculateImpact = capability({
  name: 'corporate_actions.calculate_impact',
  summary:
    'What upcoming actions bring to positions: cash by position and currency, shares after a split, and totals in money. ' +
    'The amount in base is an estimate at the pack’s exchange rates: the real rate is that of the pay date.',
  args: Type.Object(
    {
      pack_id: PackId,
      actions: Type.Array(UpcomingAction, { maxItems: 10_000 }),
      positions: Type.Array(Position, { maxItems: 10_000, description: 'rows of one security are added up' }),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Currency,
      actions: Type.Array(
        Type.Object(
          {
            security_id: Uuid,
            symbol: Type.String(),
            type: StringEnum(['dividend', 'split'] as const),
            ex_date: IsoDate,
            pay_date: Nullable(IsoDate),
            next_event: StringEnum(['ex', 'pay'] as const),
            next_date: IsoDate,
            days_until: Type.Integer({
              minimum: 1,
              description: 'calendar days from the as-of day to `next_date`',
            }),
            urgent: Type.Boolean({ description: '`next_date` is at most 7 days away' }),
            quantity: decimal(
              'shares it counts for: those entitled, else those held, multiplied by splits whose ex-date comes before its own',
            ),
            amount: amount('cash per share, in `currency`'),
            currency: Nullable(Currency),
            cash_local: amount('quantity × amount, before tax; null for a split'),
            rate_base_per_local: amount('of the pack'),
            cash_base_estimate: amount('cash_local at the pack’s rate'),
            shares_after: amount('quantity × ratio; null for a dividend'),
            reasons: Reasons,
          },
          { ...closed, title: 'ActionImpact' },
        ),
      ),
      totals_by_currency: Type.Array(
        Type.Object({ currency: Currency, cash: decimal('Σ cash_local of the dividends in it') }, closed),
        { description: 'by currency' },
      ),
      total_cash_base_estimate: amount('of all dividends; null where one of them has no rate'),
      urgent: Type.Array(Type.String(), { description: 'symbols, each once' }),
      urgent_days: Type.Integer({ description: 'calendar days within which an action is urgent' }),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '2',
});

export const upcomingActionsCatalogue = {
  'corporate_actions.upcoming': corporateActionsUpcoming,
  'corporate_actions.calculate_impact': corporateActionsCalculateImpact,
} as const;
