/** `pricing.apply_pack`. */
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
import { Position, ValuedPosition } from '../holdings';
import { closed } from './window';

export const pricingApplyPack = capabilitiesOf('financial_analyst')({
  name: 'pricing.apply_pack',
  summary:
    'Values positions in the base currency with the prices and exchange rates of one pricing pack; says which quotes are ' +
    'missing and which are old.',
  args: Type.Object(
    {
      positions: Type.Array(Position),
      pack_id: PackId,
      stale_after_days: Type.Optional(
        Type.Integer({
          minimum: 0,
          description:
            'calendar days after which an exchange rate counts as stale; left out: 4, as long as the ECB is silent over Easter',
        }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      pricing_pack_id: PackId,
      asof_date: IsoDate,
      base_currency: Currency,
      positions: Type.Array(ValuedPosition),
      total_value: Type.Union([DecimalString, Type.Null()], {
        description: 'null when any position has no value',
      }),
      total_of_valued: Type.Unsafe<DecimalString>({
        ...DecimalString,
        description: 'of the positions that have a value; what it leaves out is in `missing`',
      }),
      missing: Type.Array(
        Type.Object(
          {
            symbol: Type.String(),
            security_id: Nullable(Uuid),
            currency: Currency,
            quote: StringEnum(['price', 'rate'] as const),
            reason: Type.String(),
          },
          closed,
        ),
        { description: 'quotes that the pack does not have, or not in the position’s currency' },
      ),
      stale: Type.Array(Type.String(), { description: 'symbols of the positions with a stale rate' }),
      stale_after_days: Type.Integer({ description: 'calendar days after which a rate counts as stale' }),
      reasons: Reasons,
    },
    closed,
  ),
  displayTtlSeconds: 300,
  reads: ['user_id', 'base_currency'],
  version: '2',
});
