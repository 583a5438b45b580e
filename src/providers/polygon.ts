/** Polygon's grouped daily bars: the closes of all US stocks of one day in one answer. https://polygon.io/docs/rest/stocks/aggregates/daily-market-summary */
import { Type } from '@sinclair/typebox';
import type { NamedSecurity } from '../packs/price-files';
import type { PackPrice } from '../packs/pack-content';
import { malformed, shapeOf } from './http-json';
import type { GetText } from './http-text';
import { plainNumber } from './plain-number';

const provider = 'Polygon';
const shape = shapeOf(
  Type.Object({
    status: Type.Union([Type.Literal('OK'), Type.Literal('DELAYED')]),
    resultsCount: Type.Optional(Type.Integer({ minimum: 0 })),
    /** A day without trading has none at all. `T`: the symbol; `c`: the close, in US dollars. */
    results: Type.Optional(Type.Array(Type.Object({ T: Type.String(), c: Type.Unknown() }))),
  }),
);

/**
 * As traded: not adjusted for later splits. What the answer says of other securities is left alone.
 * @throws EngineError SOURCE_INVALID when the answer is not what the provider documents
 */
export async function polygonCloses(
  get: GetText,
  date: string,
  securities: readonly NamedSecurity[],
): Promise<PackPrice[]> {
  const text = await get(`/v2/aggs/grouped/locale/us/market/stocks/${date}?adjusted=false`);
  const { results: bars = [], resultsCount } = shape(text, provider);
  if (resultsCount !== undefined && resultsCount !== bars.length) {
    const counted = `${String(bars.length)} results where it counts ${String(resultsCount)}`;
    throw malformed(provider, counted);
  }
  // An index may have the symbol of a stock.
  const stocks = securities.filter(
    ({ currency, asset_class }) => currency === 'USD' && asset_class !== 'index',
  );
  const bySymbol = new Map(stocks.map((security) => [security.symbol, security]));
  const seen = new Set<string>();
  return bars.flatMap(({ T: symbol, c: close }) => {
    const security = bySymbol.get(symbol);
    if (!security) return [];
    // JSON has no Infinity, but 1e999 is read as one.
    if (typeof close !== 'number' || !Number.isFinite(close) || close <= 0)
      throw malformed(provider, `${symbol}: its close is no positive number`);
    if (seen.has(symbol)) throw malformed(provider, `${symbol} twice`);
    seen.add(symbol);
    return [{ security_id: security.id, close: plainNumber(close), currency: 'USD' }];
  });
}
