/** `portfolio.sector_allocation`. */
import { Type } from '@sinclair/typebox';
import { Currency, DecimalString, IsoDate, Nullable, Reasons, StringEnum } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import { ValuedPosition } from '../holdings';
import { closed, Figure } from './window';

export const portfolioSectorAllocation = capabilitiesOf('financial_analyst')({
  name: 'portfolio.sector_allocation',
  summary:
    'Market value and weight by sector of the security master; cash and securities without a sector in rows of their own.',
  args: Type.Object({ positions: Type.Array(ValuedPosition) }, closed),
  result: Type.Object(
    {
      asof_date: IsoDate,
      base_currency: Nullable(Currency),
      sectors: Type.Array(
        Type.Object(
          {
            kind: StringEnum(['sector', 'not_classified', 'cash'] as const),
            sector: Nullable(Type.String()),
            symbols: Type.Array(Type.String()),
            value: Type.Union([DecimalString, Type.Null()], {
              description: 'market value in the base currency',
            }),
            weight: Figure('fraction of the total value'),
            reasons: Reasons,
          },
          closed,
        ),
        { description: 'sectors by value, the largest first; then what is not classified, then cash' },
      ),
      total_value: Type.Union([DecimalString, Type.Null()], {
        description: 'null when any position has no value',
      }),
      total_of_valued: DecimalString,
      missing: Type.Array(Type.String(), { description: 'symbols of the positions without a value' }),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 300,
  reads: ['user_id', 'base_currency', 'asof_date'],
});
