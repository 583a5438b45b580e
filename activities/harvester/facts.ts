/** Handlers of `provider.fetch_quote`, `provider.fetch_macro` and `provider.fetch_ratios`. */
import type { Statement } from '../../src/providers/fmp';
import { latestVintage, periodEnd } from '../../src/providers/fred-periods';
import type { HandlersOf } from '../agent';
import { fetchedFrom, type HarvesterServices, missingOf } from './services';

const usualObservations = 100;
const usualYears = 5;
/** As many as it gives: a run of long ago needs old ones. */
const mostYears = 40;

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
        // Whose the series is, is another question than who delivered it.
        source: `provider:fred ${series_id}`,
        asof_date: asof,
      };
    },

    'provider.fetch_ratios': async ({ symbol, limit = usualYears }, { ctx, signal }) => {
      const asked = { symbol, limit: mostYears, signal };
      const { fmp } = providers;
      const [rows, statements] = await Promise.all([fmp.ratios(asked), fmp.incomeStatements(asked)]);
      const filedOn = filingDates(statements);
      const judged = rows.map((row) => ({ row, ...knownBy(ctx.asof_date, filedOn.get(row.period_end)) }));
      const years = judged.flatMap(({ row, filed_on }) => {
        const { period_end, fiscal_year, currency, ratios } = row;
        if (filed_on === null) return [];
        const reasons = missingOf({ currency, ...ratios }, 'MISSING_INPUT');
        return [{ period_end, fiscal_year, filed_on, currency, ratios, reasons }];
      });
      const left_out = judged.flatMap(({ row: { period_end }, reason }) =>
        reason === null ? [] : [{ period_end, reason }],
      );
      return {
        result: { symbol, years: years.slice(0, limit), left_out, ...fetchedFrom('fmp') },
        source: 'provider:fmp',
        asof_date: years[0]?.filed_on ?? null,
      };
    },
  };
}

function vintageOf(asofDate: string): string {
  const latest = latestVintage(new Date());
  return asofDate < latest ? asofDate : latest;
}

/** By the end of the fiscal year; a ratio is known when the statement that it is computed from is. */
function filingDates(statements: readonly Statement<string>[]): Map<string, string | null> {
  return new Map(statements.map(({ period_end, filing_date }) => [period_end, filing_date]));
}

type Known =
  { filed_on: string; reason: null } | { filed_on: null; reason: 'FILED_LATER' | 'FILING_DATE_NOT_GIVEN' };

function knownBy(asofDate: string, filedOn: string | null = null): Known {
  if (filedOn === null) return { filed_on: null, reason: 'FILING_DATE_NOT_GIVEN' };
  return filedOn > asofDate ? { filed_on: null, reason: 'FILED_LATER' } : { filed_on: filedOn, reason: null };
}
