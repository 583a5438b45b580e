/** Polygon's grouped daily bars: the closes of all US stocks of one day in one answer. https://polygon.io/docs/rest/stocks/aggregates/daily-market-summary */
import { EngineError } from '../contract/errors';
import type { NamedSecurity } from '../packs/price-files';
import type { PackPrice } from '../packs/pack-content';
import type { GetText } from './http-text';
import { plainNumber } from './plain-number';

interface Bar {
  /** The symbol. */
  T: string;
  /** The close, in US dollars. */
  c: unknown;
}

/**
 * As traded: not adjusted for later splits. What the answer says of other securities is left alone.
 * @throws EngineError SOURCE_INVALID when the answer is not what the provider documents
 */
export async function polygonCloses(
  get: GetText,
  date: string,
  securities: readonly NamedSecurity[],
): Promise<PackPrice[]> {
  const bars = barsOf(await get(`/v2/aggs/grouped/locale/us/market/stocks/${date}?adjusted=false`));
  // An index may have the symbol of a stock.
  const stocks = securities.filter(
    ({ currency, asset_class }) => currency === 'USD' && asset_class !== 'index',
  );
  const bySymbol = new Map(stocks.map((security) => [security.symbol, security]));
  const seen = new Set<string>();
  return bars.flatMap(({ T: symbol, c: close }) => {
    const security = bySymbol.get(symbol);
    if (!security) return [];
    if (typeof close !== 'number' || !(close > 0))
      throw malformed(`${symbol} with the close ${JSON.stringify(close)}`);
    if (seen.has(symbol)) throw malformed(`${symbol} twice`);
    seen.add(symbol);
    return [{ security_id: security.id, close: plainNumber(close), currency: 'USD' }];
  });
}

function barsOf(text: string): Bar[] {
  const answer = parse(text);
  if (!isObject(answer)) throw malformed('no JSON object');
  const { status, resultsCount, results = [] } = answer;
  if (status !== 'OK' && status !== 'DELAYED') throw malformed(`the status ${JSON.stringify(status)}`);
  // A day without trading has no results at all.
  if (!Array.isArray(results)) throw malformed('results that are no list');
  if (typeof resultsCount === 'number' && resultsCount !== results.length) {
    throw malformed(`${String(results.length)} results where it counts ${String(resultsCount)}`);
  }
  return results.map((bar: unknown, at) => {
    if (!isObject(bar) || typeof bar['T'] !== 'string')
      throw malformed(`result ${String(at)} without a symbol`);
    return { T: bar['T'], c: bar['c'] };
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('no JSON');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(what: string): EngineError {
  return new EngineError('SOURCE_INVALID', `The answer of Polygon has ${what}; nothing of it is used.`, {
    provider: 'Polygon',
  });
}
