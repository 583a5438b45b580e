/** Prices of US stocks from Polygon, euro reference rates from the ECB and FRED's series, as a source of packs. */
import { ecbRates } from './ecb';
import { fredVintages } from './fred-vintages';
import type { PackSource } from './pack-source';
import type { Providers } from './providers';

/** Without FRED's key its series are left out; without Polygon's there are no prices and so no pack. */
export function httpSource({ polygon, ecb, fred }: Pick<Providers, 'polygon' | 'ecb' | 'fred'>): PackSource {
  return {
    names: { prices: 'Polygon daily closes', fx: 'ECB euro reference rates' },
    prices: (date, securities) => polygon.closes(date, securities),
    fx: (date) => ecbRates(ecb, date),
    ...(fred.hasKey && { observations: (days, series) => fredVintages(fred, days, series) }),
  };
}
