/** `provider.fetch_macro`. */
import { Type } from '@sinclair/typebox';
import { DecimalString, IsoDate, Nullable, Reasons } from '../../contract/scalars';
import { closed, define, fetched, fromProvider } from './define';

export const providerFetchMacro = define({
  name: 'provider.fetch_macro',
  summary:
    'Values of an economic series as FRED knew them on the run’s day: its vintage, without later revisions. Fails with PROVIDER_REFUSED (KEY_MISSING) without a key.',
  args: Type.Object(
    {
      series_id: Type.String({ pattern: '^[A-Z0-9_]{1,25}$', description: 'FRED’s id, such as UNRATE' }),
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 10_000, description: 'the latest so many; left out: 100' }),
      ),
    },
    closed,
  ),
  result: Type.Object(
    {
      series_id: Type.String(),
      title: Type.String(),
      units: Type.String({ description: 'of the values, in FRED’s words' }),
      frequency: Type.String({ description: 'FRED’s: D, W, BW, M, Q, SA, A' }),
      seasonal_adjustment: Type.String(),
      last_updated: Type.String({ description: 'FRED’s text' }),
      known_on: Type.Unsafe<string>({ ...IsoDate, description: 'the day of the vintage' }),
      observations: Type.Array(
        Type.Object(
          {
            period_end: Type.Unsafe<string>({ ...IsoDate, description: 'last day of the period' }),
            value: Type.Union([DecimalString, Type.Null()], { description: 'as published, in `units`' }),
            reasons: Reasons,
          },
          closed,
        ),
        { description: 'in the order of periods' },
      ),
      latest_period: Nullable(IsoDate),
      ...fetched,
      reasons: Reasons,
    },
    closed,
  ),
  ...fromProvider,
  reads: ['asof_date'],
  displayTtlSeconds: 3600,
});
