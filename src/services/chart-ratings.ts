/** Scores as bars: Vega-Lite specifications with the day they are of in their titles. What has no score is named, not drawn as 0. */

type VegaLite = Record<string, unknown>;

const schema = 'https://vega.github.io/schema/vega-lite/v5.json';
const points = { type: 'quantitative', title: 'Points, 0 to 10', scale: { domain: [0, 10] } };

export interface DrawnRating {
  symbol: string;
  asof_date: string;
  components: readonly { label: string; score: number | null; weight: number; rule: string | null }[];
}

/** One bar for each component, in the order of the rubric. */
export function componentChart(name: string, { symbol, asof_date, components }: DrawnRating): VegaLite {
  const known = components.filter(({ score }) => score !== null);
  const unknown = components.filter(({ score }) => score === null).map(({ label }) => label);
  return {
    $schema: schema,
    title: title(`${symbol}: ${name}`, asof_date, unknown),
    data: {
      values: known.map(({ label, score, weight, rule }) => ({ component: label, score, weight, rule })),
    },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: { field: 'score', ...points },
      y: { field: 'component', type: 'nominal', title: null, sort: known.map(({ label }) => label) },
    },
  };
}

export interface DrawnHolding {
  symbol: string;
  overall: number | null;
  dividend_safety: number | null;
  moat_strength: number | null;
  resilience: number | null;
}

const parts = ['dividend_safety', 'moat_strength', 'resilience'] as const;

/** Three bars for each company, one for each part. */
export function ratingsChart(ratings: readonly DrawnHolding[], asofDate: string): VegaLite {
  const values = ratings.flatMap((rating) =>
    parts
      .filter((part) => rating[part] !== null)
      .map((part) => ({ symbol: rating.symbol, part: part.replace('_', ' '), score: rating[part] })),
  );
  const unknown = ratings.filter(({ overall }) => overall === null).map(({ symbol }) => symbol);
  return {
    $schema: schema,
    title: title('Ratings', asofDate, unknown),
    data: { values },
    mark: { type: 'bar', tooltip: true },
    encoding: {
      x: { field: 'score', ...points },
      y: { field: 'symbol', type: 'nominal', title: null },
      yOffset: { field: 'part' },
      color: {
        field: 'part',
        type: 'nominal',
        title: 'Part',
        scale: { domain: parts.map((part) => part.replace('_', ' ')) },
      },
    },
  };
}

function title(
  text: string,
  asofDate: string,
  unknown: readonly string[],
): { text: string; subtitle?: string } {
  const left = unknown.length > 0 ? { subtitle: `without a rating: ${unknown.join(', ')}` } : {};
  return { text: `${text}, as of ${asofDate}`, ...left };
}
