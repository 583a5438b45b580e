/** `portfolio.comparable_positions`: securities of the same sector, and how their prices did. */
import { Type } from '@sinclair/typebox';
import {
  Currency,
  DecimalString,
  IsoDate,
  Nullable,
  PackId,
  Reasons,
  StringEnum,
  Uuid,
} from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import { closed, Figure } from './window';

const Row = Type.Object(
  {
    security_id: Uuid,
    symbol: Type.String(),
    name: Type.String(),
    asset_class: StringEnum(['equity', 'fund', 'index'] as const),
    sector: Type.Union([Type.String(), Type.Null()], { description: 'null: not classified' }),
    currency: Type.Unsafe<string>({ ...Currency, description: 'of its prices' }),
    price: Type.Union([DecimalString, Type.Null()], {
      description: 'close of the pack’s day, in `currency`',
    }),
    price_return: Figure(
      'change of the price over the window in `currency`, splits taken out, dividends left out; a fraction',
    ),
    volatility: Figure('standard deviation of its daily price returns (n − 1) × √252'),
    observations: Type.Integer({ minimum: 0, description: 'daily returns of the window that are known' }),
    reasons: Reasons,
  },
  closed,
);

export const portfolioComparablePositions = capabilitiesOf('financial_analyst')({
  name: 'portfolio.comparable_positions',
  summary:
    'Securities of the security master in the same sector, with price return and volatility over the same window, each in its own currency.',
  args: Type.Object(
    {
      security_id: Uuid,
      pack_id: PackId,
      sector: Type.Optional(
        Type.Union([Type.String(), Type.Null()], { description: 'left out: that of the security' }),
      ),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'at most; default 5' })),
      lookback_days: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 100_000,
          description: 'trading days of the pack calendar; default 252',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      asof_date: IsoDate,
      from: Type.Union([IsoDate, Type.Null()], { description: 'start of the window, exclusive' }),
      to: IsoDate,
      sector: Nullable(Type.String()),
      security: Row,
      comparables: Type.Array(Row, { description: 'by symbol' }),
      total: Type.Integer({ minimum: 0, description: 'how many there are, shown or not' }),
      convention: Type.Object({ returns: Type.String(), volatility: Type.String() }, closed),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 300,
  reads: ['user_id'],
});
