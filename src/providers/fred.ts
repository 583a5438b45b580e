/** Economic series from FRED, with the vintages of ALFRED: what was known on which day. https://fred.stlouisfed.org/docs/api/fred/ */
import { Type } from '@sinclair/typebox';
import { EngineError } from '../contract/errors';
import { isDay } from '../services/dates';
import { askJson, malformed, shapeOf } from './http-json';
import type { AskText } from './http-text';
import { requireKey } from './require-key';

const provider = 'FRED';
const seriesShape = shapeOf(
  Type.Object({
    seriess: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        units: Type.String(),
        frequency_short: Type.String(),
        seasonal_adjustment: Type.String(),
        last_updated: Type.String(),
      }),
      { maxItems: 1 },
    ),
  }),
);
const observationsShape = shapeOf(
  Type.Object({
    count: Type.Integer({ minimum: 0 }),
    observations: Type.Array(
      Type.Object({
        realtime_start: Type.String(),
        realtime_end: Type.String(),
        date: Type.String(),
        value: Type.String(),
      }),
    ),
  }),
);

export interface FredSeries {
  id: string;
  title: string;
  units: string;
  /** FRED's: D, W, BW, M, Q, SA, A. */
  frequency: string;
  seasonal_adjustment: string;
  /** FRED's own text, with its offset from UTC. */
  last_updated: string;
}

/** A value and the days on which it was the latest known, within the span that was asked for. */
export interface FredObservation {
  known_from: string;
  known_to: string;
  /** The first day of the period; of a week its last. */
  date: string;
  /** As published; `null`: FRED has none for the period. */
  value: string | null;
}

export interface ObservationsAsked {
  series_id: string;
  /** Both days inclusive. */
  known: { from: string; to: string };
  /** Periods that begin in these days. */
  from?: string;
  to?: string;
  /** The latest so many; left out: all. */
  latest?: number;
  signal?: AbortSignal;
}

export interface Fred {
  /** What the series is, as of a day. @throws EngineError DATA_MISSING */
  series(asked: { series_id: string; asof: string; signal?: AbortSignal }): Promise<FredSeries>;
  /** In the order of periods. */
  observations(asked: ObservationsAsked): Promise<FredObservation[]>;
  readonly hasKey: boolean;
}

/** FRED's own limit of one answer. */
const mostObservations = 100_000;
const decimal = /^-?\d+(\.\d+)?$/;

export function fred(ask: AskText, key: string | null): Fred {
  // FRED takes its key in the address alone, so no address is ever told.
  const fixed = (): Record<string, string> => ({
    api_key: requireKey(provider, 'FRED_API_KEY', key),
    file_type: 'json',
  });
  return {
    hasKey: key !== null,
    async series({ series_id, asof, signal }) {
      const query = { ...fixed(), series_id, realtime_start: asof, realtime_end: asof };
      const request = { path: '/fred/series', query, ...(signal && { signal }) };
      const { seriess } = await askJson(ask, request, { shape: seriesShape, provider });
      const [series] = seriess;
      if (!series) {
        const message = `${provider} has no series ${series_id}; check its id.`;
        throw new EngineError('DATA_MISSING', message, { provider, series_id });
      }
      if (series.id !== series_id) throw malformed(provider, 'another series');
      const { id, title, units, frequency_short, seasonal_adjustment, last_updated } = series;
      return { id, title, units, frequency: frequency_short, seasonal_adjustment, last_updated };
    },
    async observations({ series_id, known, from, to, latest, signal }) {
      const query = {
        ...fixed(),
        ...{ series_id, realtime_start: known.from, realtime_end: known.to },
        ...(from !== undefined && { observation_start: from }),
        ...(to !== undefined && { observation_end: to }),
        ...{ sort_order: latest === undefined ? 'asc' : 'desc', limit: String(latest ?? mostObservations) },
      };
      const request = { path: '/fred/series/observations', query, ...(signal && { signal }) };
      const answer = await askJson(ask, request, { shape: observationsShape, provider });
      if (latest === undefined && answer.observations.length < answer.count) {
        throw malformed(
          provider,
          `${String(answer.observations.length)} of ${String(answer.count)} observations of ${series_id}`,
        );
      }
      const rows = answer.observations.map(readObservation);
      requireKnown(rows, known);
      return latest === undefined ? rows : rows.reverse();
    },
  };
}

/** Values of another time, or two of one period that were the latest at once, would be worse than none. */
function requireKnown(rows: readonly FredObservation[], known: ObservationsAsked['known']): void {
  const seen = new Set<string>();
  for (const [at, { known_from, known_to, date }] of rows.entries()) {
    if (known_from > known.to || known_to < known.from)
      throw malformed(provider, `observation ${String(at)}: of another time than asked for`);
    const key = `${date} ${known_from}`;
    if (seen.has(key)) throw malformed(provider, `observation ${String(at)}: a period twice`);
    seen.add(key);
  }
}

interface Written {
  realtime_start: string;
  realtime_end: string;
  date: string;
  value: string;
}

function readObservation(
  { realtime_start, realtime_end, date, value }: Written,
  at: number,
): FredObservation {
  const wrong = [realtime_start, realtime_end, date].find((day) => !isDay(day));
  if (wrong !== undefined) throw malformed(provider, `observation ${String(at)}: no day`);
  if (value !== '.' && !decimal.test(value))
    throw malformed(provider, `observation ${String(at)}: no number`);
  return {
    known_from: realtime_start,
    known_to: realtime_end,
    date,
    value: value === '.' ? null : value,
  };
}
