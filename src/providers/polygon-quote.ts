/** Polygon's previous close of one US stock. https://polygon.io/docs/rest/stocks/aggregates/previous-day-bar */
import { Type } from '@sinclair/typebox';
import { EngineError } from '../contract/errors';
import { askJson, malformed, shapeOf } from './http-json';
import type { AskText } from './http-text';
import { plainNumber } from './plain-number';

const provider = 'Polygon';
const Price = Type.Number({ exclusiveMinimum: 0 });
const Volume = Type.Number({ minimum: 0 });
/** Milliseconds; a bar of after the year 2100 is none. */
const Time = Type.Integer({ minimum: 0, maximum: 4_102_444_800_000 });
const shape = shapeOf(
  Type.Object({
    status: Type.Union([Type.Literal('OK'), Type.Literal('DELAYED')]),
    ticker: Type.Optional(Type.String()),
    results: Type.Optional(
      Type.Array(Type.Object({ o: Price, h: Price, l: Price, c: Price, v: Volume, t: Time }), {
        maxItems: 1,
      }),
    ),
  }),
);

/** The bar of the latest trading day that has ended, as traded: not adjusted for splits. */
export interface Quote {
  symbol: string;
  date: string;
  /** In US dollars. */
  open: string;
  high: string;
  low: string;
  close: string;
  /** Shares. */
  volume: string;
}

/** @throws EngineError DATA_MISSING where it knows no such stock; what httpText and shapeOf throw */
export async function polygonQuote(ask: AskText, symbol: string, signal?: AbortSignal): Promise<Quote> {
  const { results = [], ticker } = await askJson(
    ask,
    {
      path: `/v2/aggs/ticker/${encodeURIComponent(symbol)}/prev`,
      query: { adjusted: 'false' },
      ...(signal && { signal }),
    },
    { shape, provider },
  );
  const [bar] = results;
  if (!bar) {
    const message = `${provider} has no previous close of ${symbol}; check the symbol.`;
    throw new EngineError('DATA_MISSING', message, { provider, symbol });
  }
  if (ticker !== symbol) throw malformed(provider, 'another symbol');
  return {
    symbol,
    // The bar's time is that of its end, in the afternoon of New York: the same day there and in UTC.
    date: new Date(bar.t).toISOString().slice(0, 10),
    open: plainNumber(bar.o),
    high: plainNumber(bar.h),
    low: plainNumber(bar.l),
    close: plainNumber(bar.c),
    volume: plainNumber(bar.v),
  };
}
