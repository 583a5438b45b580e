/** `provider.fetch_quote`. */
import { Type } from '@sinclair/typebox';
import { Currency, DecimalString, IsoDate } from '../../contract/scalars';
import { closed, define, fetched, fromProvider, Ticker } from './define';

const price = (what: string) =>
  Type.Unsafe<string>({ ...DecimalString, description: `${what}, in \`currency\`, as traded` });

export const providerFetchQuote = define({
  name: 'provider.fetch_quote',
  summary:
    'The bar of a US stock’s latest trading day that has ended, from Polygon. It is today’s, whatever the run’s day: for values of a portfolio take the pricing pack. Fails with PROVIDER_REFUSED (KEY_MISSING) without a key.',
  args: Type.Object({ symbol: Ticker }, closed),
  result: Type.Object(
    {
      symbol: Type.String(),
      date: Type.Unsafe<string>({ ...IsoDate, description: 'the trading day' }),
      open: price('first price'),
      high: price('highest price'),
      low: price('lowest price'),
      close: price('last price'),
      volume: Type.Unsafe<string>({ ...DecimalString, description: 'shares traded' }),
      currency: Currency,
      ...fetched,
    },
    closed,
  ),
  ...fromProvider,
  displayTtlSeconds: 300,
});
