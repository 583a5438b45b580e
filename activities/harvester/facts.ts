/** Handlers of `provider.fetch_quote`, `provider.fetch_macro` and `provider.fetch_ratios`. */
import { periodEnd } from '../../src/providers/fred-periods';
import type { HandlersOf } from '../agent';
import { fetchedFrom, type HarvesterServices } from './services';

const usualObservations = 100;
const usualYears = 5;

export function factHandlers({
  providers,
}: HarvesterServices): HandlersOf<'provider.fetch_quote' | 'provider.fetch_macro' | 'provider.fetch_ratios'> {
  return {
    'provider.fetch_quote': async ({ symbol }, { signal }) => {
      const quote = await providers.polygon.quote(symbol, signal);
      return {
        result: { ...quote, currency: 'USD', ...fetchedFrom('polygon') },
        source: 'provider:polygon',
        asof_date: quote.date,
      };
    },

    'provider.fetch_macro': async ({ series_id, limit = usualObservations }, { ctx, signal }) => {
      const asof = vintageOf(ctx.asof_date);
      const series = await providers.fred.series({ series_id, asof, signal });
      const known = { from: asof, to: asof };
      const values = await providers.fred.observations({ series_id, known, latest: limit, signal });
      const observations = values.map(({ date, value }) => ({
        period_end: periodEnd(date, series.frequency),
        value,
        reasons: value === null ? { value: 'MISSING_INPUT' } : {},
      }));
      const latest_period = observations.at(-1)?.period_end ?? null;
      const { title, units, frequency, seasonal_adjustment, last_updated } = series;
      return {
        result: {
          ...{ series_id, title, units, frequency, seasonal_adjustment, last_updated },
          ...{ known_on: asof, observations, latest_period },
          ...fetchedFrom('fred'),
          reasons: latest_period === null ? { latest_period: 'TOO_FEW_OBSERVATIONS' } : {},
        },
        source: 'provider:fred',
        asof_date: asof,
      };
    },

    'provider.fetch_ratios': async ({ symbol, limit = usualYears }, { ctx, signal }) => {
      const rows = await providers.fmp.ratios({ symbol, limit, signal });
      const years = rows
        .filter(({ period_end }) => period_end <= ctx.asof_date)
        .map(({ period_end, fiscal_year, currency, ratios }) => ({
          ...{ period_end, fiscal_year, currency, ratios },
          reasons: missingOf({ currency, ...ratios }),
        }));
      return {
        result: { symbol, years, ...fetchedFrom('fmp') },
        source: 'provider:fmp',
        asof_date: years[0]?.period_end ?? null,
      };
    },
  };
}

/** FRED knows no vintage of tomorrow. */
function vintageOf(asofDate: string): string {
  const today = new Date().toISOString().slice(0, 10);
  return asofDate < today ? asofDate : today;
}

function missingOf(figures: Readonly<Record<string, unknown>>): Record<string, string> {
  const missing = Object.entries(figures).filter(([, value]) => value === null);
  return Object.fromEntries(missing.map(([name]) => [name, 'MISSING_INPUT']));
}
