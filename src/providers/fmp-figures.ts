/** What is taken of FMP's statements and ratios: our name, and theirs. */

export const incomeFigures = {
  revenue: 'revenue',
  cost_of_revenue: 'costOfRevenue',
  gross_profit: 'grossProfit',
  operating_income: 'operatingIncome',
  ebit: 'ebit',
  ebitda: 'ebitda',
  interest_expense: 'interestExpense',
  income_before_tax: 'incomeBeforeTax',
  income_tax: 'incomeTaxExpense',
  net_income: 'netIncome',
  eps: 'eps',
  eps_diluted: 'epsDiluted',
  shares: 'weightedAverageShsOut',
  shares_diluted: 'weightedAverageShsOutDil',
} as const;

export const balanceFigures = {
  cash_and_equivalents: 'cashAndCashEquivalents',
  short_term_investments: 'shortTermInvestments',
  cash_and_short_term_investments: 'cashAndShortTermInvestments',
  current_assets: 'totalCurrentAssets',
  goodwill: 'goodwill',
  intangible_assets: 'intangibleAssets',
  goodwill_and_intangible_assets: 'goodwillAndIntangibleAssets',
  total_assets: 'totalAssets',
  current_liabilities: 'totalCurrentLiabilities',
  long_term_debt: 'longTermDebt',
  total_debt: 'totalDebt',
  net_debt: 'netDebt',
  total_liabilities: 'totalLiabilities',
  shareholders_equity: 'totalStockholdersEquity',
  total_equity: 'totalEquity',
} as const;

export const cashFlowFigures = {
  net_income: 'netIncome',
  operating_cash_flow: 'operatingCashFlow',
  capital_expenditure: 'capitalExpenditure',
  free_cash_flow: 'freeCashFlow',
  dividends_paid: 'netDividendsPaid',
  common_dividends_paid: 'commonDividendsPaid',
  shares_repurchased: 'commonStockRepurchased',
} as const;

export const ratioFigures = {
  gross_profit_margin: 'grossProfitMargin',
  operating_profit_margin: 'operatingProfitMargin',
  net_profit_margin: 'netProfitMargin',
  current_ratio: 'currentRatio',
  quick_ratio: 'quickRatio',
  cash_ratio: 'cashRatio',
  debt_to_equity: 'debtToEquityRatio',
  debt_to_assets: 'debtToAssetsRatio',
  interest_coverage: 'interestCoverageRatio',
  price_to_earnings: 'priceToEarningsRatio',
  price_to_book: 'priceToBookRatio',
  price_to_sales: 'priceToSalesRatio',
  price_to_free_cash_flow: 'priceToFreeCashFlowRatio',
  dividend_payout: 'dividendPayoutRatio',
  dividend_yield: 'dividendYield',
  asset_turnover: 'assetTurnover',
  effective_tax_rate: 'effectiveTaxRate',
} as const;
