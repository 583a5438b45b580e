/** Prices of US stocks from Polygon and euro reference rates from the ECB, as a source of packs. */
import { EngineError } from '../contract/errors';
import { ecbRates } from './ecb';
import { type HttpSettings, httpText } from './http-text';
import type { PackSource } from './pack-source';
import { polygonCloses } from './polygon';

export interface HttpSourceSettings {
  /** POLYGON_API_KEY; `null`: prices are not available. */
  polygonKey: string | null;
  /** For tests: another host, other limits. */
  polygon?: Partial<HttpSettings>;
  ecb?: Partial<HttpSettings>;
}

/** Five requests a minute are what Polygon's free plan allows. */
const polygonEveryMs = 12_000;

export function httpSource({ polygonKey, polygon = {}, ecb = {} }: HttpSourceSettings): PackSource {
  const getPrices = httpText({
    provider: 'Polygon',
    baseUrl: 'https://api.polygon.io',
    everyMs: polygonEveryMs,
    // In a header: an address ends up in logs.
    headers: { Authorization: `Bearer ${polygonKey ?? ''}` },
    ...polygon,
  });
  const getRates = httpText({ provider: 'The ECB', baseUrl: 'https://www.ecb.europa.eu', ...ecb });
  return {
    names: { prices: 'Polygon daily closes', fx: 'ECB euro reference rates' },
    prices: async (date, securities) => {
      if (polygonKey === null) {
        const message =
          'Prices from Polygon are not available: POLYGON_API_KEY is not set where the worker runs. Set it, or build from files.';
        throw new EngineError('PROVIDER_REFUSED', message, { provider: 'Polygon', reason: 'KEY_MISSING' });
      }
      return polygonCloses(getPrices, date, securities);
    },
    fx: (date) => ecbRates(getRates, date),
  };
}
