/** `metrics.currency_attribution`. */
import { Type } from '@sinclair/typebox';
import { Currency, IsoDate, Nullable, Reasons, StringEnum, Uuid } from '../../contract/scalars';
import { capabilitiesOf } from '../capability';
import { closed, Figure, historyCall, windowArgs, windowResult } from './window';

const effects = {
  local_return: Figure('what the assets did in their own currencies; a fraction of the portfolio’s return'),
  fx_return: Figure('what the exchange rates did to what was held; a fraction of the portfolio’s return'),
  interaction: Figure('local and currency together; 0 where the argument gives it to one of them'),
};
const total = Figure('local + fx + interaction');
const average_weight = Figure('mean of the weights at the beginning of each day');

export const metricsCurrencyAttribution = capabilitiesOf('financial_analyst')({
  name: 'metrics.currency_attribution',
  summary:
    'Splits the base-currency return into local, currency and interaction effects, at begin-of-day weights: by currency, by ' +
    'position and by month. Each list adds up to the return of the window.',
  args: Type.Object(
    {
      ...windowArgs.properties,
      interaction: Type.Optional(
        StringEnum(
          ['separate', 'currency', 'local'] as const,
          'whose the product of both returns is: shown apart (default), the currency’s (CFA Institute), the asset’s ' +
            '(Portfolio Performance)',
        ),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      value: Figure('total: local + fx + interaction, linked over the window'),
      ...effects,
      base_return_actual: Figure(
        'the same return computed independently, from the chain of daily base-currency values',
      ),
      error_bps: Figure('value minus base_return_actual, in basis points'),
      ...windowResult,
      by_currency: Type.Array(Type.Object({ currency: Currency, ...effects, total, average_weight }, closed)),
      by_position: Type.Array(
        Type.Object(
          {
            symbol: Type.String({ description: 'ticker; for cash the currency code' }),
            security_id: Nullable(Uuid),
            currency: Currency,
            ...effects,
            total,
            average_weight,
          },
          closed,
        ),
        {
          description:
            'every security that was held, traded or paid something in the window, by symbol, then the cash of each currency ' +
            'with its interest, fees and taxes; what conversions gained or lost against the day’s rates is in the base currency’s',
        },
      ),
      by_period: Type.Array(
        Type.Object(
          {
            period: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}$', description: 'calendar month' }),
            from: Type.Unsafe<IsoDate>({ ...IsoDate, description: 'exclusive: the last valued day before' }),
            to: IsoDate,
            ...effects,
            total,
            period_return: Figure(
              'the month’s own return: months multiply to the window’s return, their effects add up to it',
            ),
          },
          closed,
        ),
      ),
      convention: Type.Object(
        {
          name: Type.String(),
          weights: Type.String(),
          interaction: Type.String(),
          linking: Type.String(),
          fx_quotation: Type.String(),
          flow_timing: Type.String(),
        },
        closed,
      ),
      reasons: Reasons,
    },
    closed,
  ),
  ...historyCall,
  version: '3',
});
