/** Answers in the shapes that the providers document; their figures are invented. */

export const polygonPrevious = {
  ticker: 'AAPL',
  queryCount: 1,
  resultsCount: 1,
  adjusted: false,
  results: [
    {
      T: 'AAPL',
      v: 41_872_310,
      vw: 270.1,
      o: 268.9,
      c: 270.25,
      h: 271.5,
      l: 268.1,
      t: 1_764_104_400_000,
      n: 512_004,
    },
  ],
  status: 'OK',
  request_id: 'a1',
};

const span = { realtime_start: '2013-02-28', realtime_end: '2013-02-28' };

export const fredSeries = {
  ...span,
  seriess: [
    {
      id: 'UNRATE',
      ...span,
      title: 'Unemployment Rate',
      observation_start: '1948-01-01',
      observation_end: '2013-01-01',
      frequency: 'Monthly',
      frequency_short: 'M',
      units: 'Percent',
      units_short: '%',
      seasonal_adjustment: 'Seasonally Adjusted',
      seasonal_adjustment_short: 'SA',
      last_updated: '2013-02-01 08:01:06-06',
      popularity: 90,
    },
  ],
};

export function fredObservations(
  rows: readonly { date: string; value: string; from?: string; to?: string }[],
): Record<string, unknown> {
  return {
    ...span,
    observation_start: '1600-01-01',
    observation_end: '9999-12-31',
    units: 'lin',
    output_type: 1,
    file_type: 'json',
    order_by: 'observation_date',
    sort_order: 'asc',
    count: rows.length,
    offset: 0,
    limit: 100_000,
    observations: rows.map(({ date, value, from = '2013-02-28', to = from }) => ({
      realtime_start: from,
      realtime_end: to,
      date,
      value,
    })),
  };
}

const fiscal = { symbol: 'AAPL', reportedCurrency: 'USD', period: 'FY', cik: '0000320193' };

export const fmpIncome = [
  {
    ...fiscal,
    ...{
      date: '2012-09-29',
      fiscalYear: '2012',
      filingDate: '2012-10-31',
      acceptedDate: '2012-10-31 17:07:19',
    },
    ...{ revenue: 156_508_000_000, costOfRevenue: 87_846_000_000, grossProfit: 68_662_000_000 },
    ...{ operatingIncome: 55_241_000_000, interestExpense: 0, netIncome: 41_733_000_000, eps: 44.64 },
  },
  {
    ...fiscal,
    ...{ date: '2011-09-24', fiscalYear: '2011', filingDate: '', acceptedDate: '' },
    ...{ revenue: 108_249_000_000, grossProfit: 43_818_000_000, netIncome: null },
  },
];

export const fmpRatios = [
  {
    ...fiscal,
    ...{ date: '2012-09-29', fiscalYear: '2012', grossProfitMargin: 0.4387, netProfitMargin: 0.2667 },
    ...{
      currentRatio: 1.4958,
      debtToEquityRatio: 0,
      dividendPayoutRatio: 0.0596,
      interestCoverageRatio: null,
    },
  },
];

export const fmpProfile = [
  {
    symbol: 'AAPL',
    companyName: 'Apple Inc.',
    currency: 'USD',
    sector: 'Technology',
    industry: 'Consumer Electronics',
    country: 'US',
    marketCap: 1,
  },
];

/** Filed in the middle of March of the next year: 2012's a fortnight after the run's day. */
const year = (fiscalYear: number, figures: object): object => ({
  symbol: 'AAPL',
  reportedCurrency: 'USD',
  period: 'FY',
  fiscalYear: String(fiscalYear),
  date: `${String(fiscalYear)}-12-31`,
  filingDate: `${String(fiscalYear + 1)}-03-15`,
  ...figures,
});
const years = [2012, 2011, 2010, 2009];
/** Of four years of an invented company under Apple's symbol, by path. */
export const fmpStatements: Record<string, object[]> = {
  '/stable/income-statement': years.map((fiscal) =>
    year(fiscal, {
      ...{ revenue: 1000, costOfRevenue: 600, grossProfit: 400, operatingIncome: 200, ebit: 200 },
      ...{ interestExpense: 20, netIncome: fiscal === 2012 ? 999 : 100 },
    }),
  ),
  '/stable/balance-sheet-statement': years.map((fiscal) =>
    year(fiscal, {
      ...{
        cashAndShortTermInvestments: 300,
        totalDebt: 100,
        totalAssets: 1000,
        goodwillAndIntangibleAssets: 150,
      },
      ...{ totalStockholdersEquity: 500, totalCurrentAssets: 400, totalCurrentLiabilities: 200 },
    }),
  ),
  '/stable/cash-flow-statement': years.map((fiscal, at) =>
    year(fiscal, {
      freeCashFlow: 90,
      netDividendsPaid: -30 + at,
      operatingCashFlow: 110,
      capitalExpenditure: -20,
    }),
  ),
};

/** Beside `dividend` it gives one that is adjusted for splits. */
export const fmpDividends = [
  {
    ...{ symbol: 'AAPL', date: '2013-05-09', recordDate: '2013-05-13', paymentDate: '2013-05-16' },
    ...{
      declarationDate: '2013-04-23',
      adjDividend: 0.10892,
      dividend: 3.05,
      yield: 2.4,
      frequency: 'Quarterly',
    },
  },
  {
    ...{ symbol: 'AAPL', date: '2013-02-07', recordDate: '2013-02-11', paymentDate: '2013-02-14' },
    ...{
      declarationDate: '2013-01-23',
      adjDividend: 0.09464,
      dividend: 2.65,
      yield: 2.3,
      frequency: 'Quarterly',
    },
  },
  {
    ...{ symbol: 'AAPL', date: '2012-11-07', recordDate: '', paymentDate: '', declarationDate: '' },
    ...{ adjDividend: 0, dividend: 0, yield: 0, frequency: '' },
  },
];

export const fmpSplits = [
  { symbol: 'AAPL', date: '2014-06-09', numerator: 7, denominator: 1 },
  { symbol: 'AAPL', date: '2005-02-28', numerator: 2, denominator: 1 },
];

export const fmpEarnings = [
  {
    ...{ symbol: 'AAPL', date: '2013-04-23', epsActual: null, epsEstimated: 9.97 },
    ...{ revenueActual: null, revenueEstimated: 42_590_000_000, lastUpdated: '2013-04-22' },
  },
  {
    ...{ symbol: 'AAPL', date: '2013-01-23', epsActual: 13.81, epsEstimated: 13.48 },
    ...{ revenueActual: 54_512_000_000, revenueEstimated: null, lastUpdated: '2013-01-24' },
  },
];

export interface PlayedArticle {
  title: string;
  description?: string | null;
  content?: string | null;
  url?: string;
  publishedAt?: string;
}

export function newsArticles(
  articles: readonly PlayedArticle[],
  totalResults = articles.length,
): Record<string, unknown> {
  return {
    status: 'ok',
    totalResults,
    articles: articles.map((article, at) => ({
      source: { id: null, name: 'Example Times' },
      author: 'A. Writer',
      description: null,
      url: `https://news.example/${String(at)}`,
      urlToImage: null,
      publishedAt: '2013-02-28T12:00:00Z',
      content: null,
      ...article,
    })),
  };
}

export const anthropicMessage = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-6',
  content: [{ type: 'text', text: 'AAPL is 37.8 % of the portfolio.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 412, output_tokens: 14, cache_read_input_tokens: 0 },
};
