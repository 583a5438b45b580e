/** What an alert may watch, and what has to be so for it to fire: a closed set of types, each with the unit of its threshold. */
import { type Static, Type } from '@sinclair/typebox';
import { indicatorIds, indicatorUnits } from './macro-names';
import { Currency, DecimalString, StringEnum, Uuid } from './scalars';

const closed = { additionalProperties: false } as const;

export const alertOperators = ['>', '<', '>=', '<=', '==', '!='] as const;
export type AlertOperator = (typeof alertOperators)[number];
const Op = StringEnum(alertOperators, 'how the value that is found has to stand to the threshold');

/** Measures of a portfolio that are plain numbers, with the unit of each. */
export const alertMetrics = {
  twr: 'fraction',
  annual_return: 'fraction',
  volatility: 'fraction',
  max_drawdown: 'fraction',
  sharpe_ratio: 'ratio',
  sortino_ratio: 'ratio',
} as const;
export type AlertMetric = keyof typeof alertMetrics;
const metricNames = Object.keys(alertMetrics) as AlertMetric[];

const LookbackDays = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 100_000, description: 'trading days; left out: since inception' }),
);

export const MacroLevelCondition = Type.Object(
  {
    type: Type.Literal('macro'),
    measure: Type.Literal('level'),
    indicator: StringEnum(indicatorIds),
    op: Op,
    threshold: Type.Number({ description: 'in `unit`' }),
    unit: StringEnum(indicatorUnits, 'of the indicator; another one is refused'),
  },
  { ...closed, title: 'MacroLevelCondition', description: 'the latest value of an economic indicator' },
);

export const MacroChangeCondition = Type.Object(
  {
    type: Type.Literal('macro'),
    measure: Type.Literal('change'),
    indicator: StringEnum(indicatorIds),
    over_days: Type.Integer({
      minimum: 1,
      maximum: 3660,
      description: 'calendar days back to the earlier pack',
    }),
    op: Op,
    threshold: Type.Number({ description: 'in `unit`' }),
    unit: StringEnum(
      indicatorUnits,
      'of the difference: percentage_points where the indicator is in percent, else the indicator’s own',
    ),
  },
  {
    ...closed,
    title: 'MacroChangeCondition',
    description: 'the indicator as known at the pack less the same as known at the earlier pack',
  },
);

export const MetricCondition = Type.Object(
  {
    type: Type.Literal('metric'),
    metric: StringEnum(
      metricNames,
      'twr, annual_return, volatility, max_drawdown (−1 to 0): fractions; sharpe_ratio, sortino_ratio: ratios',
    ),
    lookback_days: LookbackDays,
    op: Op,
    threshold: Type.Number({ description: 'in `unit`: 0.2 is 20 %' }),
    unit: StringEnum(['fraction', 'ratio'], 'of the measure; another one is refused'),
  },
  { ...closed, title: 'MetricCondition', description: 'a measure of the portfolio' },
);

export const ValueCondition = Type.Object(
  {
    type: Type.Literal('metric'),
    metric: Type.Literal('value'),
    op: Op,
    threshold: Type.Unsafe<DecimalString>({ ...DecimalString, description: 'amount of money' }),
    unit: Type.Unsafe<string>({ ...Currency, description: 'the portfolio’s base currency' }),
  },
  { ...closed, title: 'ValueCondition', description: 'market value of the portfolio at the pack' },
);

export const PriceCondition = Type.Object(
  {
    type: Type.Literal('price'),
    security_id: Uuid,
    op: Op,
    threshold: Type.Unsafe<DecimalString>({ ...DecimalString, description: 'price of one share' }),
    unit: Type.Unsafe<string>({ ...Currency, description: 'currency that the security trades in' }),
  },
  { ...closed, title: 'PriceCondition', description: 'close of a security in the pack, unadjusted' },
);

export const RatingCondition = Type.Object(
  {
    type: Type.Literal('rating'),
    security_id: Uuid,
    op: Op,
    threshold: Type.Number({ minimum: 0, maximum: 10, description: 'in `unit`' }),
    unit: Type.Literal('points'),
  },
  {
    ...closed,
    title: 'RatingCondition',
    description: 'overall quality rating of a company, 0 to 10',
  },
);

export const DrawdownLimitCondition = Type.Object(
  {
    type: Type.Literal('drawdown_limit'),
    threshold: Type.Number({
      minimum: 0.01,
      maximum: 0.99,
      description: 'positive size: 0.2 fires at a fall by 20 % or more',
    }),
    unit: Type.Literal('fraction'),
    lookback_days: LookbackDays,
  },
  {
    ...closed,
    title: 'DrawdownLimitCondition',
    description: 'present fall of the portfolio’s chained returns from their highest',
  },
);

export const DarBreachCondition = Type.Object(
  {
    type: Type.Literal('dar_breach'),
    threshold: Type.Number({
      minimum: 0.01,
      maximum: 0.99,
      description: 'positive size: 0.15 fires when the drawdown at risk exceeds 15 %',
    }),
    unit: Type.Literal('fraction'),
    confidence: Type.Optional(Type.Number({ minimum: 0.5, maximum: 0.999, description: 'default 0.95' })),
    horizon_days: Type.Optional(
      Type.Integer({ minimum: 2, maximum: 252, description: 'trading days, default 21' }),
    ),
  },
  { ...closed, title: 'DarBreachCondition', description: 'drawdown at risk of the portfolio' },
);

export const RegimeShiftCondition = Type.Object(
  {
    type: Type.Literal('regime_shift'),
    over_days: Type.Integer({
      minimum: 1,
      maximum: 3660,
      description: 'calendar days back to the pack that is compared with',
    }),
    threshold: Type.Integer({
      minimum: 1,
      maximum: 2,
      description:
        'fires when the regimes are so many phases apart or more, in the circle of the five, whose first follows the last',
    }),
    unit: Type.Literal('phases'),
    least_margin: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 100,
        description:
          'score of the present regime less that of the runner-up, in points of the score; default 0. Below it the shift is ' +
          'too unsure to fire.',
      }),
    ),
  },
  { ...closed, title: 'RegimeShiftCondition', description: 'the economy’s regime is another than it was' },
);

export const newsMeasures = ['overall_sentiment', 'total_impact_score', 'weighted_impact'] as const;

export const NewsSentimentCondition = Type.Object(
  {
    type: Type.Literal('news_sentiment'),
    measure: StringEnum(
      newsMeasures,
      'of news.compute_portfolio_impact: the mean sentiment, −1 to 1; the impact without signs; the impact with signs',
    ),
    lookback_hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 720, description: 'default 24' })),
    op: Op,
    threshold: Type.Number({ description: 'in `unit`' }),
    unit: Type.Literal('score'),
  },
  {
    ...closed,
    title: 'NewsSentimentCondition',
    description: 'what the news about its holdings could mean for the portfolio',
  },
);

/** By type, and by the member that tells two forms of a type apart. */
export const conditionForms = {
  'macro/level': MacroLevelCondition,
  'macro/change': MacroChangeCondition,
  metric: MetricCondition,
  'metric/value': ValueCondition,
  price: PriceCondition,
  rating: RatingCondition,
  drawdown_limit: DrawdownLimitCondition,
  dar_breach: DarBreachCondition,
  regime_shift: RegimeShiftCondition,
  news_sentiment: NewsSentimentCondition,
} as const;

export const AlertCondition = Type.Union(
  [
    MacroLevelCondition,
    MacroChangeCondition,
    MetricCondition,
    ValueCondition,
    PriceCondition,
    RatingCondition,
    DrawdownLimitCondition,
    DarBreachCondition,
    RegimeShiftCondition,
    NewsSentimentCondition,
  ],
  { title: 'AlertCondition' },
);
export type AlertCondition = Static<typeof AlertCondition>;
export type AlertType = AlertCondition['type'];

export const alertTypes = [
  'macro',
  'metric',
  'price',
  'rating',
  'drawdown_limit',
  'dar_breach',
  'regime_shift',
  'news_sentiment',
] as const satisfies readonly AlertType[];

/** Those that say nothing without a portfolio. */
export const portfolioTypes: readonly AlertType[] = [
  'metric',
  'drawdown_limit',
  'dar_breach',
  'news_sentiment',
];
